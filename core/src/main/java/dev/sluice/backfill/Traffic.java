package dev.sluice.backfill;

import dev.sluice.db.Session;

/**
 * Whether an application works on the database while we do. Then a batch locks few enough of a table's rows that hardly any
 * request meets one of them: of batches that lock 2 % of the rows every fiftieth request waits for the rest, and the 99th
 * percentile is made of these. (Measured: six times its value at 300 requests a second on 400,000 rows; that the locked rows
 * are the reason follows from these numbers, it was not shown apart.) Not thread-safe.
 */
final class Traffic {

    /** A batch may lock one row of so many. */
    private static final long ROWS_PER_LOCKED_ONE = 250;
    /** Smaller batches would mostly cost what surrounds them. */
    private static final long LEAST_BLOCKS = 8;

    private static final long LOOK_EVERY_NANOS = 1_000_000_000L;

    // What a role may not see of other sessions is NULL, which counts as somebody at work.
    private static final String OTHERS = """
        SELECT EXISTS (SELECT FROM pg_catalog.pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
                AND coalesce(backend_type, 'client backend') = 'client backend'
                AND application_name NOT LIKE 'sluice %'
                AND coalesce(state_change > clock_timestamp() - interval '2 s' OR state = 'active', true))
        """;

    private long lastLook = System.nanoTime() - LOOK_EVERY_NANOS;
    private boolean seen;

    /** Outside of a transaction; asks the server once a second at most. */
    void look(Session session) {
        long now = System.nanoTime();
        if (now - lastLook >= LOOK_EVERY_NANOS) {
            lastLook = now;
            seen = session.isTrue(OTHERS);
        }
    }

    /** By the last look. */
    boolean isSeen() {
        return seen;
    }

    /** How many blocks the batches of a window may go over in so many passes. */
    long mostBlocks(long tableBlocks, int passes) {
        return seen ? passes * Math.max(LEAST_BLOCKS, tableBlocks / ROWS_PER_LOCKED_ONE) : Long.MAX_VALUE;
    }
}
