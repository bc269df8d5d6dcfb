package dev.sluice.lab.rows;

import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What PostgreSQL does with a statement.
 *
 * @param rows written or returned
 * @param rejection its SQLSTATE if it fails, constraints that are checked at the end included
 */
record Trial(long rows, Optional<String> rejection) {

    /**
     * Runs it and rolls it back.
     *
     * @param draws it may advance sequences, which no rollback sets back: this does
     */
    static Trial of(Session session, String sql, boolean draws) {
        Map<QualifiedName, Optional<Long>> before = draws ? sequences(session) : Map.of();
        Trial trial;
        try {
            trial = RolledBack.run(session, () -> {
                long count = session.execute(sql);
                session.execute("SET CONSTRAINTS ALL IMMEDIATE");
                return new Trial(count, Optional.empty());
            });
        } catch (DatabaseException e) {
            if (e.isConnectionLost() || e.isCancelled()) {
                throw e;
            }
            trial = new Trial(0, Optional.of(e.sqlState()));
        }
        if (draws) {
            sequences(session).forEach((sequence, value) -> {
                Optional<Long> then = before.getOrDefault(sequence, Optional.empty());
                if (!then.equals(value)) {
                    setBack(session, sequence, then);
                }
            });
        }
        return trial;
    }

    /** The last value that each sequence gave; empty when it gave none. */
    private static Map<QualifiedName, Optional<Long>> sequences(Session session) {
        Map<QualifiedName, Optional<Long>> values = new HashMap<>();
        session.query(
                "SELECT schemaname, sequencename, last_value FROM pg_catalog.pg_sequences",
                row -> values.put(QualifiedName.of(row.text(1), row.text(2)), row.numberIfAny(3)) == null);
        return values;
    }

    private static void setBack(Session session, QualifiedName sequence, Optional<Long> value) {
        String name = Identifier.literal(sequence.quoted()) + "::pg_catalog.regclass";
        session.execute(value.map(v -> "SELECT pg_catalog.setval(" + name + ", " + v + ", true)")
                .orElse("SELECT pg_catalog.setval(" + name
                        + ", (SELECT seqstart FROM pg_catalog.pg_sequence WHERE seqrelid = " + name + "), false)"));
    }
}
