package dev.sluice.postgres;

import dev.sluice.catalog.OtherObject;
import dev.sluice.db.Row;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads the kinds of objects that only a comparison looks at. Each branch of the query gives a kind, an identity and
 * {@code name=value} attributes; columns that exist in some versions only are reached through {@code to_jsonb}.
 */
final class OtherObjectQuery {

    /** {@code FirstNormalObjectId}: what initdb made has a smaller object id. */
    static final int FIRST_USER_OID = 16_384;

    private static final String IN_SCHEMAS = """
            SELECT 'pg_operator'::regclass AS class, o.oid AS oid, 'operator' AS kind, o.oid::regoperator::text AS identity,
                   o.oprnamespace AS namespace, ARRAY[
                     'owner=' || pg_get_userbyid(o.oprowner), 'function=' || o.oprcode::regprocedure,
                     'commutator=' || o.oprcom::regoperator, 'negator=' || o.oprnegate::regoperator,
                     'restrict=' || o.oprrest, 'join=' || o.oprjoin, 'hashes=' || o.oprcanhash,
                     'merges=' || o.oprcanmerge, 'result=' || format_type(o.oprresult, NULL)] AS attributes
            FROM pg_operator o
            UNION ALL
            SELECT 'pg_opfamily'::regclass, f.oid, 'operator family',
                   format('%I.%I USING %I', f.opfnamespace::regnamespace, f.opfname, a.amname), f.opfnamespace, ARRAY[
                     'owner=' || pg_get_userbyid(f.opfowner),
                     'operators=' || (SELECT string_agg(concat_ws(' ', p.amopstrategy, p.amopopr::regoperator,
                                         p.amoppurpose, p.amopsortfamily), ', ' ORDER BY p.amopstrategy, p.amopopr::regoperator::text)
                                      FROM pg_amop p WHERE p.amopfamily = f.oid),
                     'functions=' || (SELECT string_agg(concat_ws(' ', p.amprocnum, p.amproclefttype::regtype,
                                         p.amprocrighttype::regtype, p.amproc::regprocedure), ', '
                                         ORDER BY p.amprocnum, p.amproc::regprocedure::text)
                                      FROM pg_amproc p WHERE p.amprocfamily = f.oid)]
            FROM pg_opfamily f JOIN pg_am a ON a.oid = f.opfmethod
            UNION ALL
            SELECT 'pg_opclass'::regclass, c.oid, 'operator class',
                   format('%I.%I USING %I', c.opcnamespace::regnamespace, c.opcname, a.amname), c.opcnamespace, ARRAY[
                     'owner=' || pg_get_userbyid(c.opcowner), 'default=' || c.opcdefault,
                     'family=' || (SELECT format('%I.%I', f.opfnamespace::regnamespace, f.opfname)
                                   FROM pg_opfamily f WHERE f.oid = c.opcfamily),
                     'type=' || c.opcintype::regtype, 'storage=' || nullif(c.opckeytype, 0)::regtype]
            FROM pg_opclass c JOIN pg_am a ON a.oid = c.opcmethod
            UNION ALL
            SELECT 'pg_collation'::regclass, c.oid, 'collation', format('%I.%I', c.collnamespace::regnamespace, c.collname),
                   c.collnamespace, ARRAY[
                     'owner=' || pg_get_userbyid(c.collowner), 'provider=' || c.collprovider::text,
                     'deterministic=' || c.collisdeterministic, 'collate=' || c.collcollate, 'ctype=' || c.collctype,
                     'locale=' || coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale'),
                     'rules=' || (to_jsonb(c) ->> 'collicurules')]
            FROM pg_collation c
            UNION ALL
            SELECT 'pg_conversion'::regclass, c.oid, 'conversion', format('%I.%I', c.connamespace::regnamespace, c.conname),
                   c.connamespace, ARRAY[
                     'owner=' || pg_get_userbyid(c.conowner), 'from=' || pg_encoding_to_char(c.conforencoding),
                     'to=' || pg_encoding_to_char(c.contoencoding), 'function=' || c.conproc, 'default=' || c.condefault]
            FROM pg_conversion c
            UNION ALL
            SELECT 'pg_ts_config'::regclass, c.oid, 'text search configuration',
                   format('%I.%I', c.cfgnamespace::regnamespace, c.cfgname), c.cfgnamespace, ARRAY[
                     'owner=' || pg_get_userbyid(c.cfgowner),
                     'parser=' || (SELECT format('%I.%I', p.prsnamespace::regnamespace, p.prsname)
                                   FROM pg_ts_parser p WHERE p.oid = c.cfgparser),
                     'mappings=' || (SELECT string_agg(concat_ws(' ', m.maptokentype, m.mapseqno, m.mapdict::regdictionary), ', '
                                         ORDER BY m.maptokentype, m.mapseqno)
                                     FROM pg_ts_config_map m WHERE m.mapcfg = c.oid)]
            FROM pg_ts_config c
            UNION ALL
            SELECT 'pg_ts_dict'::regclass, d.oid, 'text search dictionary',
                   format('%I.%I', d.dictnamespace::regnamespace, d.dictname), d.dictnamespace, ARRAY[
                     'owner=' || pg_get_userbyid(d.dictowner), 'options=' || d.dictinitoption,
                     'template=' || (SELECT format('%I.%I', t.tmplnamespace::regnamespace, t.tmplname)
                                     FROM pg_ts_template t WHERE t.oid = d.dicttemplate)]
            FROM pg_ts_dict d
            UNION ALL
            SELECT 'pg_ts_template'::regclass, t.oid, 'text search template',
                   format('%I.%I', t.tmplnamespace::regnamespace, t.tmplname), t.tmplnamespace, ARRAY[
                     'init=' || t.tmplinit, 'lexize=' || t.tmpllexize]
            FROM pg_ts_template t
            UNION ALL
            SELECT 'pg_ts_parser'::regclass, p.oid, 'text search parser',
                   format('%I.%I', p.prsnamespace::regnamespace, p.prsname), p.prsnamespace, ARRAY[
                     'start=' || p.prsstart, 'token=' || p.prstoken, 'end=' || p.prsend, 'headline=' || p.prsheadline,
                     'types=' || p.prslextype]
            FROM pg_ts_parser p""";

    private static final String WITHOUT_SCHEMA = """
            SELECT 'pg_cast'::regclass AS class, c.oid AS oid, 'cast' AS kind,
                   format_type(c.castsource, NULL) || ' AS ' || format_type(c.casttarget, NULL) AS identity,
                   NULL::oid AS namespace, ARRAY[
                     'function=' || nullif(c.castfunc, 0)::regprocedure, 'context=' || c.castcontext::text,
                     'method=' || c.castmethod::text] AS attributes
            FROM pg_cast c
            UNION ALL
            SELECT 'pg_transform'::regclass, t.oid, 'transform',
                   format_type(t.trftype, NULL) || ' LANGUAGE ' || l.lanname, NULL, ARRAY[
                     'from sql=' || nullif(t.trffromsql, 0)::regprocedure, 'to sql=' || nullif(t.trftosql, 0)::regprocedure]
            FROM pg_transform t JOIN pg_language l ON l.oid = t.trflang
            UNION ALL
            SELECT 'pg_language'::regclass, l.oid, 'language', l.lanname, NULL, ARRAY[
                     'owner=' || pg_get_userbyid(l.lanowner), 'trusted=' || l.lanpltrusted,
                     'handler=' || nullif(l.lanplcallfoid, 0)::regprocedure,
                     'inline=' || nullif(l.laninline, 0)::regprocedure,
                     'validator=' || nullif(l.lanvalidator, 0)::regprocedure,
                     'privileges=' || (SELECT string_agg(i::text, ' ' ORDER BY i::text)
                                       FROM unnest(coalesce(l.lanacl, acldefault('l', l.lanowner))) i)]
            FROM pg_language l
            UNION ALL
            SELECT 'pg_am'::regclass, a.oid, 'access method', a.amname, NULL, ARRAY[
                     'handler=' || a.amhandler, 'type=' || a.amtype::text]
            FROM pg_am a
            UNION ALL
            SELECT 'pg_foreign_data_wrapper'::regclass, w.oid, 'foreign data wrapper', w.fdwname, NULL, ARRAY[
                     'owner=' || pg_get_userbyid(w.fdwowner), 'handler=' || nullif(w.fdwhandler, 0)::regprocedure,
                     'validator=' || nullif(w.fdwvalidator, 0)::regprocedure,
                     'options=' || (SELECT string_agg(o, ', ' ORDER BY o) FROM unnest(w.fdwoptions) o),
                     'privileges=' || (SELECT string_agg(i::text, ' ' ORDER BY i::text)
                                       FROM unnest(coalesce(w.fdwacl, acldefault('F', w.fdwowner))) i)]
            FROM pg_foreign_data_wrapper w
            UNION ALL
            SELECT 'pg_foreign_server'::regclass, s.oid, 'foreign server', s.srvname, NULL, ARRAY[
                     'owner=' || pg_get_userbyid(s.srvowner), 'type=' || s.srvtype, 'version=' || s.srvversion,
                     'wrapper=' || (SELECT w.fdwname FROM pg_foreign_data_wrapper w WHERE w.oid = s.srvfdw),
                     'options=' || (SELECT string_agg(o, ', ' ORDER BY o) FROM unnest(s.srvoptions) o),
                     'privileges=' || (SELECT string_agg(i::text, ' ' ORDER BY i::text)
                                       FROM unnest(coalesce(s.srvacl, acldefault('S', s.srvowner))) i)]
            FROM pg_foreign_server s
            UNION ALL
            SELECT 'pg_user_mapping'::regclass, m.umid, 'user mapping', m.usename || ' on ' || m.srvname, NULL, ARRAY[
                     'options=' || (SELECT string_agg(o, ', ' ORDER BY o) FROM unnest(m.umoptions) o)]
            FROM pg_user_mappings m
            UNION ALL
            SELECT 'pg_subscription'::regclass, s.oid, 'subscription', s.subname, NULL, ARRAY[
                     'owner=' || pg_get_userbyid(s.subowner), 'enabled=' || s.subenabled, 'slot=' || s.subslotname,
                     'publications=' || s.subpublications::text]
            FROM pg_subscription s JOIN pg_database b ON b.oid = s.subdbid AND b.datname = current_database()""";

    private static final String SQL = """
            SELECT x.kind, x.identity, array_remove(x.attributes || ARRAY['comment=' || d.description], NULL)
            FROM (%s) x
            LEFT JOIN pg_description d ON d.classoid = x.class AND d.objoid = x.oid AND d.objsubid = 0
            WHERE x.oid >= %d
              AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = x.class AND e.objid = x.oid AND e.deptype = 'e')
            """;

    private static final String SETTINGS = """
            SELECT 'database setting', coalesce(pg_get_userbyid(nullif(s.setrole, 0)), 'all roles'), s.setconfig
            FROM pg_db_role_setting s JOIN pg_database b ON b.oid = s.setdatabase AND b.datname = current_database()
            UNION ALL
            SELECT 'database', 'current', ARRAY['privileges=' || string_agg(i::text, ' ' ORDER BY i::text)]
            FROM pg_database b, unnest(coalesce(b.datacl, acldefault('d', b.datdba))) i
            WHERE b.datname = current_database()
            UNION ALL
            SELECT 'security label', l.provider || ' on ' || o.type || ' ' || o.identity, ARRAY['label=' || l.label]
            FROM pg_seclabel l, pg_identify_object(l.classoid, l.objoid, l.objsubid) o
            ORDER BY 1, 2""";

    private OtherObjectQuery() {}

    static List<OtherObject> read(Reading reading) {
        String inSchemas = SQL.formatted(IN_SCHEMAS, FIRST_USER_OID)
                + "AND x.namespace IN (SELECT n.oid FROM pg_namespace n WHERE n.nspname = ANY (?)) ORDER BY 1, 2";
        String withoutSchema = SQL.formatted(WITHOUT_SCHEMA, FIRST_USER_OID) + "ORDER BY 1, 2";
        return Stream.of(
                        reading.session().query(inSchemas, OtherObjectQuery::object, reading.schemas()),
                        reading.session().query(withoutSchema, OtherObjectQuery::object),
                        reading.session().query(SETTINGS, OtherObjectQuery::object))
                .flatMap(List::stream)
                .toList();
    }

    private static OtherObject object(Row row) {
        Map<String, String> attributes = new TreeMap<>();
        for (String attribute : row.texts(3)) {
            int equals = attribute.indexOf('=');
            attributes.put(attribute.substring(0, equals), attribute.substring(equals + 1));
        }
        return new OtherObject(row.text(1), row.text(2), attributes);
    }
}
