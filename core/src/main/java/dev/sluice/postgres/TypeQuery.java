package dev.sluice.postgres;

import dev.sluice.catalog.TypeRef;
import dev.sluice.catalog.UserType;
import dev.sluice.catalog.UserType.Kind;
import dev.sluice.db.Row;
import dev.sluice.sql.QualifiedName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads {@code pg_type}: enums, domains, composite, range and base types; not the row types of tables, not arrays. */
final class TypeQuery {

    private static final String SQL = """
            SELECT t.oid, n.nspname, t.typname, t.typtype, pg_get_userbyid(t.typowner),
                   CASE WHEN t.typtype = 'e' THEN
                       ARRAY(SELECT e.enumlabel FROM pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder) END,
                   t.typrelid, coalesce(nullif(t.typbasetype, 0), r.rngsubtype), t.typtypmod,
                   format_type(coalesce(nullif(t.typbasetype, 0), r.rngsubtype), t.typtypmod), t.typnotnull,
                   CASE WHEN t.typtype = 'd' THEN coalesce(pg_get_expr(t.typdefaultbin, 0), t.typdefault) END,
                   cn.nspname, co.collname,
                   CASE t.typtype
                     WHEN 'r' THEN array_remove(ARRAY[
                         'subtype_opclass=' || (SELECT oc.opcname FROM pg_opclass oc WHERE oc.oid = r.rngsubopc),
                         'canonical=' || nullif(r.rngcanonical::regproc::text, '-'),
                         'subtype_diff=' || nullif(r.rngsubdiff::regproc::text, '-'),
                         'multirange=' || format_type(r.rngmultitypid, NULL)], NULL)
                     WHEN 'b' THEN array_remove(ARRAY[
                         'input=' || t.typinput::text, 'output=' || t.typoutput::text, 'receive=' || t.typreceive::text,
                         'send=' || t.typsend::text, 'typmod_in=' || t.typmodin::text, 'typmod_out=' || t.typmodout::text,
                         'analyze=' || t.typanalyze::text, 'length=' || t.typlen, 'by value=' || t.typbyval,
                         'alignment=' || t.typalign::text, 'storage=' || t.typstorage::text,
                         'category=' || t.typcategory::text, 'preferred=' || t.typispreferred, 'default=' || t.typdefault,
                         'element=' || format_type(nullif(t.typelem, 0), NULL), 'delimiter=' || t.typdelim::text], NULL)
                   END,
                   d.description, coalesce(t.typacl, acldefault('T', t.typowner))::text[]
            FROM pg_type t
            JOIN pg_namespace n ON n.oid = t.typnamespace
            LEFT JOIN pg_class c ON c.oid = t.typrelid
            LEFT JOIN pg_range r ON r.rngtypid = t.oid
            LEFT JOIN pg_type b ON b.oid = coalesce(nullif(t.typbasetype, 0), r.rngsubtype)
            LEFT JOIN pg_collation co ON co.oid = CASE t.typtype WHEN 'd' THEN t.typcollation WHEN 'r' THEN r.rngcollation END
                 AND co.oid <> b.typcollation
            LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace
            LEFT JOIN pg_description d ON d.classoid = 'pg_type'::regclass AND d.objoid = t.oid AND d.objsubid = 0
            WHERE n.nspname = ANY (?) AND t.typisdefined
              AND (t.typtype IN ('e', 'd', 'r') OR (t.typtype = 'c' AND c.relkind = 'c')
                   OR (t.typtype = 'b' AND NOT (t.typelem <> 0 AND t.typlen = -1 AND t.typcategory = 'A')))
              AND NOT EXISTS (SELECT FROM pg_depend e
                              WHERE e.classid = 'pg_type'::regclass AND e.objid = t.oid AND e.deptype = 'e')
            ORDER BY n.nspname, t.typname""";

    private TypeQuery() {}

    static Map<QualifiedName, UserType> read(Reading reading, ColumnQuery columns, ConstraintQuery constraints) {
        Map<QualifiedName, UserType> types = new HashMap<>();
        reading.session()
                .query(
                        SQL,
                        row -> {
                            UserType type = type(reading, row, columns, constraints);
                            return types.put(type.name(), type) == null;
                        },
                        reading.schemas());
        return types;
    }

    private static UserType type(Reading reading, Row row, ColumnQuery columns, ConstraintQuery constraints) {
        Optional<TypeRef> base =
                row.numberIfAny(8).map(oid -> reading.types().reference(oid, row.integer(9), row.text(10)));
        return new UserType(
                Reading.name(row, 2),
                row.number(1),
                kind(row.text(4)),
                row.text(5),
                row.texts(6),
                columns.of(row.number(7)),
                base,
                row.bool(11),
                row.textIfAny(12),
                Reading.nameIfAny(row, 13),
                constraints.ofType(row.number(1)),
                row.texts(15),
                row.textIfAny(16),
                reading.grants(row, 17));
    }

    private static Kind kind(String letter) {
        return switch (letter) {
            case "e" -> Kind.ENUM;
            case "d" -> Kind.DOMAIN;
            case "c" -> Kind.COMPOSITE;
            case "r" -> Kind.RANGE;
            default -> Kind.BASE;
        };
    }
}
