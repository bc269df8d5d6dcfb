package dev.sluice.postgres;

import dev.sluice.catalog.DefaultPrivileges;
import dev.sluice.catalog.EventTrigger;
import dev.sluice.catalog.ExtendedStatistics;
import dev.sluice.catalog.Extension;
import dev.sluice.catalog.Schema;
import dev.sluice.db.Row;
import java.util.List;

/** Reads the small things of a database: schemas, extensions, extended statistics, event triggers, default privileges. */
final class DatabaseQuery {

    private static final String SCHEMAS = """
            SELECT n.nspname, pg_get_userbyid(n.nspowner), d.description,
                   coalesce(n.nspacl, acldefault('n', n.nspowner))::text[]
            FROM pg_namespace n
            LEFT JOIN pg_description d ON d.classoid = 'pg_namespace'::regclass AND d.objoid = n.oid AND d.objsubid = 0
            WHERE n.nspname = ANY (?)
            ORDER BY n.nspname""";

    private static final String EXTENSIONS = """
            SELECT e.extname, n.nspname, e.extversion, pg_get_userbyid(e.extowner), d.description
            FROM pg_extension e
            JOIN pg_namespace n ON n.oid = e.extnamespace
            LEFT JOIN pg_description d ON d.classoid = 'pg_extension'::regclass AND d.objoid = e.oid AND d.objsubid = 0
            ORDER BY e.extname""";

    private static final String STATISTICS = """
            SELECT n.nspname, s.stxname, tn.nspname, t.relname, pg_get_userbyid(s.stxowner),
                   pg_get_statisticsobjdef(s.oid),
                   ARRAY(SELECT CASE k WHEN 'd' THEN 'ndistinct' WHEN 'f' THEN 'dependencies' WHEN 'm' THEN 'mcv'
                                WHEN 'e' THEN 'expressions' ELSE k::text END FROM unnest(s.stxkind) k ORDER BY 1),
                   ARRAY(SELECT a.attname FROM unnest(s.stxkeys::int2[]) k
                         JOIN pg_attribute a ON a.attrelid = s.stxrelid AND a.attnum = k ORDER BY 1),
                   pg_get_statisticsobjdef_expressions(s.oid),
                   CASE WHEN s.stxstattarget >= 0 THEN s.stxstattarget END, d.description, s.oid
            FROM pg_statistic_ext s
            JOIN pg_namespace n ON n.oid = s.stxnamespace
            JOIN pg_class t ON t.oid = s.stxrelid
            JOIN pg_namespace tn ON tn.oid = t.relnamespace
            LEFT JOIN pg_description d ON d.classoid = 'pg_statistic_ext'::regclass AND d.objoid = s.oid AND d.objsubid = 0
            WHERE n.nspname = ANY (?)
            ORDER BY n.nspname, s.stxname""";

    private static final String EVENT_TRIGGERS = """
            SELECT t.evtname, t.evtevent, ARRAY(SELECT g FROM unnest(t.evttags) g ORDER BY 1), n.nspname, f.proname,
                   pg_get_userbyid(t.evtowner), t.evtenabled, d.description
            FROM pg_event_trigger t
            JOIN pg_proc f ON f.oid = t.evtfoid
            JOIN pg_namespace n ON n.oid = f.pronamespace
            LEFT JOIN pg_description d ON d.classoid = 'pg_event_trigger'::regclass AND d.objoid = t.oid AND d.objsubid = 0
            WHERE NOT EXISTS (SELECT FROM pg_depend e
                              WHERE e.classid = 'pg_event_trigger'::regclass AND e.objid = t.oid AND e.deptype = 'e')
            ORDER BY t.evtname""";

    private static final String DEFAULT_PRIVILEGES = """
            SELECT pg_get_userbyid(a.defaclrole), n.nspname,
                   CASE a.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS'
                        WHEN 'T' THEN 'TYPES' WHEN 'n' THEN 'SCHEMAS' WHEN 'L' THEN 'LARGE OBJECTS'
                        ELSE a.defaclobjtype::text END,
                   a.defaclacl::text[]
            FROM pg_default_acl a
            LEFT JOIN pg_namespace n ON n.oid = a.defaclnamespace
            WHERE a.defaclnamespace = 0 OR n.nspname = ANY (?)
            ORDER BY 1, 2 NULLS FIRST, 3""";

    private DatabaseQuery() {}

    static List<Schema> schemas(Reading reading) {
        return reading.session()
                .query(
                        SCHEMAS,
                        row -> new Schema(row.text(1), row.text(2), row.textIfAny(3), reading.grants(row, 4)),
                        reading.schemas());
    }

    static List<Extension> extensions(Reading reading) {
        return reading.session()
                .query(
                        EXTENSIONS,
                        row -> new Extension(row.text(1), row.text(2), row.text(3), row.text(4), row.textIfAny(5)));
    }

    static List<AttachedQuery.Part<ExtendedStatistics>> statistics(Reading reading) {
        return reading.ofRelations(
                STATISTICS,
                row -> new AttachedQuery.Part<>(row.number(12), 0L, extendedStatistics(row)),
                reading.schemas());
    }

    static List<EventTrigger> eventTriggers(Reading reading) {
        return reading.session()
                .query(
                        EVENT_TRIGGERS,
                        row -> new EventTrigger(
                                row.text(1),
                                row.text(2),
                                row.texts(3),
                                Reading.name(row, 4),
                                row.text(6),
                                Reading.firing(row.text(7)),
                                row.textIfAny(8)));
    }

    static List<DefaultPrivileges> defaultPrivileges(Reading reading) {
        return reading.session()
                .query(
                        DEFAULT_PRIVILEGES,
                        row -> new DefaultPrivileges(
                                row.text(1), row.textIfAny(2), row.text(3), reading.grants(row, 4)),
                        reading.schemas());
    }

    private static ExtendedStatistics extendedStatistics(Row row) {
        return new ExtendedStatistics(
                Reading.name(row, 1),
                Reading.name(row, 3),
                row.text(5),
                row.text(6),
                row.texts(7),
                row.texts(8),
                row.texts(9),
                row.numberIfAny(10).map(Math::toIntExact),
                row.textIfAny(11));
    }
}
