package dev.sluice.run;

import dev.sluice.db.Session;
import dev.sluice.doctor.Evidence.Found;
import dev.sluice.doctor.Thing;
import dev.sluice.doctor.Thing.Kind;
import dev.sluice.sql.QualifiedName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what the doctor looks at from the catalog. Parts that a table has from its parent are the parent's, and indexes of
 * constraints are the constraint's.
 */
final class InventoryReader {

    /** Kind, schema, relation, part, whether it works, DROP. System schemas and the journal's own tables are left out. */
    private static final String ALL = """
            WITH relation AS (
                SELECT c.oid, c.relkind, c.relname, n.nspname, c.relispartition
                FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
                    AND NOT (n.nspname = 'sluice' AND c.relname = ANY (?::text[])))
            SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE' WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'VIEW' ELSE 'TABLE' END,
                nspname, relname, '', true, CASE WHEN relkind = 'v' THEN format('DROP VIEW IF EXISTS %I.%I', nspname, relname) END
            FROM relation r WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
                AND NOT (relkind = 'S' AND nspname = 'sluice' AND EXISTS (SELECT FROM pg_catalog.pg_depend d
                    WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = r.oid AND d.deptype IN ('a', 'i')))
            UNION ALL
            SELECT 'INDEX', r.nspname, r.relname, '', i.indisvalid,
                CASE WHEN r.relkind = 'i' THEN format('DROP INDEX IF EXISTS %I.%I', r.nspname, r.relname) END
            FROM relation r JOIN pg_catalog.pg_index i ON i.indexrelid = r.oid JOIN relation t ON t.oid = i.indrelid
            WHERE NOT r.relispartition AND (NOT i.indisvalid OR NOT EXISTS (
                SELECT FROM pg_catalog.pg_constraint c WHERE c.conindid = r.oid AND c.contype IN ('p', 'u', 'x')))
            UNION ALL
            SELECT 'COLUMN', r.nspname, r.relname, a.attname, true, NULL
            FROM relation r JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid
            WHERE r.relkind IN ('r', 'p', 'f') AND a.attnum > 0 AND NOT a.attisdropped
            UNION ALL
            SELECT 'CONSTRAINT', r.nspname, r.relname, c.conname, c.convalidated,
                CASE WHEN c.coninhcount = 0
                    THEN format('ALTER TABLE %I.%I DROP CONSTRAINT IF EXISTS %I', r.nspname, r.relname, c.conname) END
            FROM relation r JOIN pg_catalog.pg_constraint c ON c.conrelid = r.oid
            WHERE c.conparentid = 0
            UNION ALL
            SELECT 'TRIGGER', r.nspname, r.relname, t.tgname, t.tgenabled IN ('O', 'A'),
                format('DROP TRIGGER IF EXISTS %I ON %I.%I', t.tgname, r.nspname, r.relname)
            FROM relation r JOIN pg_catalog.pg_trigger t ON t.tgrelid = r.oid
            WHERE NOT t.tgisinternal AND t.tgparentid = 0
            UNION ALL
            SELECT 'FUNCTION', n.nspname, p.proname, '', true,
                string_agg('DROP FUNCTION IF EXISTS ' || format('%I.%I(%s)', n.nspname, p.proname,
                    pg_catalog.pg_get_function_identity_arguments(p.oid)), '; ')
            FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
            WHERE n.nspname IN ('sluice', 'sluice_archive') AND p.prokind = 'f' GROUP BY n.nspname, p.proname
            """;

    private InventoryReader() {}

    /** Reads only. */
    static Map<Thing, Found> read(Session session) {
        Map<Thing, Found> found = new HashMap<>();
        session.query(
                        ALL,
                        row -> {
                            QualifiedName relation = QualifiedName.of(row.text(2), row.text(3));
                            Kind kind = Kind.valueOf(row.text(1));
                            boolean part = kind == Kind.CONSTRAINT || kind == Kind.TRIGGER;
                            return Map.entry(
                                    new Thing(kind, relation, row.text(4)),
                                    new Found(
                                            row.bool(5),
                                            row.textIfAny(6),
                                            part ? Optional.of(relation) : Optional.empty()));
                        },
                        java.util.List.copyOf(JournalShape.definitions().keySet()))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }
}
