package dev.sluice.run;

import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.TableLock;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds and drops what migrations kept when they were taken back. The archive belongs to Sluice, and every plan names what
 * it puts there: what no migration names that is applied, or on its way, is out of everybody's reach.
 */
final class KeptThings {

    /** What a table takes with it (its indexes, its row type, the sequences it owns) is not listed. */
    private static final String LIST = """
            SELECT 1 AS rank, 'COLUMN' AS kind, a.attname AS own, n.nspname AS table_schema, c.relname AS table_name,
                format('%I of %I.%I', a.attname, n.nspname, c.relname) AS name,
                format('ALTER TABLE %I.%I DROP COLUMN IF EXISTS %I', n.nspname, c.relname, a.attname) AS drop_sql
            FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE starts_with(a.attname::text, 'sluice_archived_') AND a.attinhcount = 0 AND NOT a.attisdropped
                AND c.relkind IN ('r', 'p') AND n.nspname <> 'sluice_archive'
            UNION ALL
            SELECT CASE WHEN c.relkind = 'S' THEN 4 ELSE 2 END, word, c.relname, CASE WHEN word = 'TABLE' THEN n.nspname END,
                c.relname, format('%I.%I', n.nspname, c.relname), format('DROP %s IF EXISTS %I.%I', word, n.nspname, c.relname)
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN (VALUES ('r', 'TABLE'), ('p', 'TABLE'), ('v', 'VIEW'), ('m', 'MATERIALIZED VIEW'), ('S', 'SEQUENCE'))
                AS words (relkind, word) ON words.relkind = c.relkind::text
            WHERE n.nspname = 'sluice_archive' AND NOT c.relispartition
                AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::regclass
                    AND d.objid = c.oid AND d.deptype IN ('a', 'i') AND d.refclassid = d.classid)
            UNION ALL
            SELECT 3, 'ROUTINE', p.proname, NULL, NULL, p.oid::regprocedure::text,
                'DROP ROUTINE IF EXISTS ' || p.oid::regprocedure
            FROM pg_catalog.pg_proc p WHERE p.pronamespace = to_regnamespace('sluice_archive')
            UNION ALL
            SELECT 5, word, t.typname, NULL, NULL, t.oid::regtype::text, format('DROP %s IF EXISTS %s', word, t.oid::regtype)
            FROM pg_catalog.pg_type t
            CROSS JOIN LATERAL (SELECT CASE WHEN t.typtype = 'd' THEN 'DOMAIN' ELSE 'TYPE' END) AS words (word)
            LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
            WHERE t.typnamespace = to_regnamespace('sluice_archive') AND (t.typtype IN ('e', 'd', 'r') OR c.relkind = 'c')
            ORDER BY 1, 2, 3
            """;

    private static final String DEPENDENT_OBJECTS = "2BP01";

    private KeptThings() {}

    /** Reads only. */
    static List<KeptThing> list(Session session) {
        Set<String> needed = JournalReader.migrations(session).stream()
                .filter(record -> record.state() != MigrationState.REVERTED && record.state() != MigrationState.PURGED)
                .flatMap(record -> NeededNames.of(record).stream())
                .collect(Collectors.toSet());
        record Found(String own, KeptThing thing) {}
        return session
                .query(
                        LIST,
                        row -> new Found(
                                row.text(3),
                                new KeptThing(
                                        row.text(2),
                                        row.text(6),
                                        row.textIfAny(4).map(schema -> QualifiedName.of(schema, row.text(5))),
                                        row.text(7))))
                .stream()
                .filter(found -> !needed.contains(found.own()))
                .map(Found::thing)
                .toList();
    }

    /**
     * Drops them, each in a transaction of its own; what another one needs comes after it. What something else needs, such
     * as a table that a migration may still bring back, stays, and a notice says so.
     *
     * @return what was dropped
     */
    static List<KeptThing> drop(Scope scope) {
        List<KeptThing> dropped = new ArrayList<>();
        List<KeptThing> left = list(scope.worker().session());
        String reason = "";
        while (!left.isEmpty()) {
            List<KeptThing> again = new ArrayList<>();
            for (KeptThing thing : left) {
                try {
                    drop(scope, thing);
                    dropped.add(thing);
                } catch (DatabaseException e) {
                    if (!e.is(DEPENDENT_OBJECTS)) {
                        throw e;
                    }
                    again.add(thing);
                    reason = e.error().message()
                            + e.error().detail().map(detail -> ": " + detail).orElse("");
                }
            }
            if (again.size() == left.size()) {
                scope.notice(
                        RunEvent.Notice.Level.WARNING,
                        "stays, because something else needs it: "
                                + again.stream().map(KeptThing::name).collect(Collectors.joining(", ")) + "\n  "
                                + reason);
                return dropped;
            }
            left = again;
        }
        return dropped;
    }

    private static void drop(Scope scope, KeptThing thing) {
        List<TableLock> locks = thing.table().map(table -> new TableLock(table, LockMode.ACCESS_EXCLUSIVE)).stream()
                .toList();
        Session session = scope.worker().session();
        scope.locks("purge", "kept").run(session, locks, scope.worker().settings(""), timing -> {
            scope.journal().fence(session);
            long rows = session.execute(thing.dropSql());
            scope.journal()
                    .event(
                            session,
                            Journal.Event.of("kept thing dropped")
                                    .running(thing.dropSql())
                                    .costing(timing.metrics(rows)));
            return rows;
        });
    }
}
