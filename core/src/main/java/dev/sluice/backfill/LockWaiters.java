package dev.sluice.backfill;

import dev.sluice.db.Session;

/** Sessions that wait for rows of ours: slower, and smaller batches for a while. */
final class LockWaiters implements Signal {

    private static final long LOOK_EVERY_NANOS = 250_000_000L;
    private static final long GENTLE_NANOS = 10_000_000_000L;

    // Those who wait for a row of ours wait for our transaction (documentation, "pg_locks": transactionid).
    private static final String WAITERS = """
        SELECT count(*) FROM pg_locks
         WHERE NOT granted AND locktype = 'transactionid'
           AND transactionid = pg_current_xact_id_if_assigned()::xid
           AND clock_timestamp() - waitstart > interval '20 ms'
        """;

    private long lastLook = System.nanoTime();
    private long gentleUntil = System.nanoTime();
    private long waiters;

    /** Inside a batch's transaction. */
    void lookInside(Session session) {
        long now = System.nanoTime();
        if (now - lastLook < LOOK_EVERY_NANOS) {
            return;
        }
        lastLook = now;
        waiters = session.one(WAITERS, row -> row.number(1)).orElse(0L);
        if (waiters > 0) {
            gentleUntil = now + GENTLE_NANOS;
        }
    }

    /** Whether anybody waited within the last seconds. */
    boolean recently() {
        return gentleUntil - System.nanoTime() > 0;
    }

    @Override
    public String name() {
        return "lock waiters";
    }

    @Override
    public Pressure look(Session session, long relation) {
        long seen = waiters;
        waiters = 0;
        return seen == 0
                ? Pressure.NONE
                : new Pressure(
                        1.5, name(), seen + (seen == 1 ? " session waits" : " sessions wait") + " for rows of a batch");
    }
}
