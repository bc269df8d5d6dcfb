package dev.sluice.lab.shadow;

import dev.sluice.db.Session;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.QualifiedName;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one session's transaction sees of the user's relations at one moment, and has done to them. Immutable.
 *
 * @param relations by object id, which survives a change of the name
 * @param locks the strongest that the session holds on each object id, also of what it has dropped
 */
record Snapshot(Map<Long, Relation> relations, Map<Long, LockMode> locks) {

    private static final String RELATIONS = """
            SELECT c.oid, n.nspname, c.relname, c.relkind::text, coalesce(pg_relation_filenode(c.oid), 0),
                coalesce(i.indrelid, 0), greatest(c.reltuples, 0)::float8,
                CASE WHEN c.relkind IN ('r', 'm') THEN pg_stat_get_xact_numscans(c.oid) ELSE 0 END,
                CASE WHEN c.relkind IN ('r', 'm') THEN pg_stat_get_xact_tuples_returned(c.oid) ELSE 0 END
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_index i ON i.indexrelid = c.oid
            WHERE c.relkind IN ('r', 'p', 'm', 'v', 'f', 'S', 'i') AND n.nspname <> 'information_schema'
              AND n.nspname !~ '^pg_'""";

    private static final String LOCKS = """
            SELECT relation, mode FROM pg_locks
            WHERE pid = pg_backend_pid() AND locktype = 'relation' AND granted
              AND database = (SELECT oid FROM pg_database WHERE datname = current_database())""";

    /**
     * A relation.
     *
     * @param kind {@code pg_class.relkind}
     * @param file {@code pg_relation_filenode}
     * @param indexed of an index: the object id of its table
     * @param rows as the server estimates
     * @param scans how often this transaction began to read it from its start
     * @param read rows that it has read so
     */
    record Relation(QualifiedName name, char kind, long file, long indexed, double rows, long scans, long read) {
        boolean isIndex() {
            return kind == 'i';
        }
    }

    static Snapshot read(Session session) {
        Map<Long, LockMode> locks = new HashMap<>();
        session.query(LOCKS, row -> {
            mode(row.text(2))
                    .ifPresent(mode -> locks.merge(row.number(1), mode, (a, b) -> a.compareTo(b) >= 0 ? a : b));
            return true;
        });
        Map<Long, Relation> relations = new HashMap<>();
        session.query(RELATIONS, row -> {
            relations.put(
                    row.number(1),
                    new Relation(
                            QualifiedName.of(row.text(2), row.text(3)),
                            row.text(4).charAt(0),
                            row.number(5),
                            row.number(6),
                            row.decimal(7),
                            row.number(8),
                            row.number(9)));
            return true;
        });
        return new Snapshot(Map.copyOf(relations), Map.copyOf(locks));
    }

    private static Optional<LockMode> mode(String pgLocksName) {
        return Arrays.stream(LockMode.values())
                .filter(mode -> mode.pgLocksName().equals(pgLocksName))
                .findFirst();
    }
}
