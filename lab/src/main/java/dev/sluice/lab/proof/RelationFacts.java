package dev.sluice.lab.proof;

import dev.sluice.plan.LockMode;
import dev.sluice.sql.QualifiedName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one session's transaction sees of a relation, and does to it.
 *
 * @param table it is one, for which there is LOCK TABLE; what a statement locks of a materialized view, it locks by itself
 * @param file {@code pg_relation_filenode}; another one means that the relation was rewritten
 * @param rows as estimated by the server
 * @param lock the strongest that the session holds
 * @param read rows that sequential scans of this transaction have read
 * @param ancestors of what is locked, the tables that it is a partition or a child of: a lock on these is one on it
 */
record RelationFacts(
        QualifiedName name,
        boolean table,
        long file,
        double rows,
        Optional<LockMode> lock,
        long read,
        List<Long> ancestors) {

    private static final String SQL = """
            SELECT c.oid, n.nspname, c.relname, coalesce(pg_relation_filenode(c.oid), 0), c.reltuples, l.modes,
                CASE WHEN l.modes IS NULL THEN 0 ELSE pg_stat_get_xact_tuples_returned(c.oid) END,
                CASE WHEN l.modes IS NOT NULL THEN ARRAY(
                    WITH RECURSIVE up AS (
                        SELECT inhparent FROM pg_inherits WHERE inhrelid = c.oid
                        UNION SELECT i.inhparent FROM pg_inherits i JOIN up ON i.inhrelid = up.inhparent)
                    SELECT inhparent::bigint FROM up) END,
                c.relkind <> 'm'
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN (
                SELECT relation, array_agg(mode) AS modes FROM pg_locks
                WHERE pid = pg_backend_pid() AND locktype = 'relation' AND granted
                  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                GROUP BY relation) l ON l.relation = c.oid
            WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname <> 'information_schema'
              AND n.nspname !~ '^(pg_|sluice)'""";

    /** All tables and materialized views of the user by their object id, which survives a change of the name. */
    static Map<Long, RelationFacts> read(Connection connection) throws SQLException {
        Map<Long, RelationFacts> facts = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SQL)) {
            while (rows.next()) {
                facts.put(
                        rows.getLong(1),
                        new RelationFacts(
                                QualifiedName.of(rows.getString(2), rows.getString(3)),
                                rows.getBoolean(9),
                                rows.getLong(4),
                                rows.getDouble(5),
                                strongest(rows.getArray(6)),
                                rows.getLong(7),
                                longs(rows.getArray(8))));
            }
        }
        return facts;
    }

    private static Optional<LockMode> strongest(@org.jspecify.annotations.Nullable Array modes) throws SQLException {
        if (modes == null) {
            return Optional.empty();
        }
        return Stream.of((String[]) modes.getArray())
                .flatMap(name -> mode(name).stream())
                .max(LockMode::compareTo);
    }

    private static List<Long> longs(@org.jspecify.annotations.Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.of((Long[]) array.getArray());
    }

    static Optional<LockMode> mode(String pgLocksName) {
        return Arrays.stream(LockMode.values())
                .filter(mode -> mode.pgLocksName().equals(pgLocksName))
                .findFirst();
    }
}
