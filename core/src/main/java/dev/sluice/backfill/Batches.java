package dev.sluice.backfill;

import dev.sluice.db.Session;
import dev.sluice.sql.Identifier;
import java.util.function.Supplier;

/**
 * Runs batches, each in one short transaction that sets everything it depends on.
 *
 * @param lockTimeoutMillis below deadlock_timeout, so that in a deadlock with the application we are the one that gives up
 * @param replica whether ordinary triggers and rules stay silent
 */
record Batches(
        String searchPath, int lockTimeoutMillis, long statementTimeoutMillis, boolean replica, boolean durable) {

    private static final int LOCK_TIMEOUT = 100;

    /** Reads what depends on the server. */
    static Batches of(Session session, String searchPath, boolean replica) {
        int deadlock = session.one(
                        "SELECT (extract(epoch FROM current_setting('deadlock_timeout')::interval) * 1000)::int",
                        row -> row.integer(1))
                .orElse(1000);
        int lock = Math.max(1, Math.min(LOCK_TIMEOUT, deadlock / 2));
        // An application waits for us since some moment of our batch; we must have given up our own wait before its
        // deadlock_timeout ends. So UPDATE and lock wait together stay below it.
        long statement = Math.max(20, deadlock - lock - deadlock / 5);
        return new Batches(searchPath, lock, statement, replica, true);
    }

    Batches withStatementTimeout(long millis) {
        return new Batches(searchPath, lockTimeoutMillis, millis, replica, durable);
    }

    /**
     * Does not wait for the disk at COMMIT, so that row locks end sooner. A crash of the server may then lose the last
     * batches, but their cursor with them; a durable COMMIT later makes them durable, too.
     */
    Batches relaxed() {
        return new Batches(searchPath, lockTimeoutMillis, statementTimeoutMillis, replica, false);
    }

    <T> T run(Session session, Supplier<T> work) {
        return session.inTransaction(() -> {
            session.execute(settings());
            return work.get();
        });
    }

    /** Runs the work for its errors only. */
    void tryOut(Session session, Runnable work) {
        try {
            session.inTransaction(() -> {
                session.execute(settings());
                // so that an error of a deferred constraint shows here, not at a COMMIT that never comes
                session.execute("SET CONSTRAINTS ALL IMMEDIATE");
                work.run();
                throw new RolledBack();
            });
        } catch (RolledBack done) {
            return;
        }
    }

    private String settings() {
        StringBuilder sql = new StringBuilder("SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SELECT ");
        set(sql, "lock_timeout", lockTimeoutMillis + "ms").append(", ");
        set(sql, "statement_timeout", statementTimeoutMillis + "ms").append(", ");
        set(sql, "search_path", searchPath).append(", ");
        // compiling takes longer than a batch
        set(sql, "jit", "off").append(", ");
        // an error instead of rows that a policy silently hides
        set(sql, "row_security", "off");
        sql.append(", set_config('synchronous_commit', ")
                .append(
                        durable
                                ? "CASE current_setting('synchronous_commit') WHEN 'off' THEN 'local'"
                                        + " ELSE current_setting('synchronous_commit') END"
                                : "'off'")
                .append(", true)");
        if (replica) {
            set(sql.append(", "), "session_replication_role", "replica");
        }
        return sql.toString();
    }

    private static StringBuilder set(StringBuilder sql, String name, String value) {
        return sql.append("set_config('")
                .append(name)
                .append("', ")
                .append(Identifier.literal(value))
                .append(", true)");
    }

    private static final class RolledBack extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RolledBack() {
            super("rolled back on purpose", null, false, false);
        }
    }
}
