package dev.sluice.backfill;

import dev.sluice.db.Session;

/** How fast batches follow one another: the person's wish, lock waiters, replica lag. Not thread-safe. */
final class Pace {

    private static final long LOOK_EVERY_NANOS = 250_000_000L;
    private static final long GENTLE_NANOS = 10_000_000_000L;

    // Those who wait for a row of ours wait for our transaction (documentation, "pg_locks": transactionid).
    private static final String WAITERS = """
        SELECT count(*) FROM pg_locks
         WHERE NOT granted AND locktype = 'transactionid'
           AND transactionid = pg_current_xact_id_if_assigned()::xid
           AND clock_timestamp() - waitstart > interval '20 ms'
        """;

    // NULL without replicas, and without the right to see them (pg_monitor)
    private static final String LAG =
            "SELECT max(extract(epoch FROM replay_lag) * 1000) FROM pg_stat_replication WHERE state <> 'backup'";

    private final DataContext context;
    private final Duty duty = new Duty();
    private long lastWaiterLook = System.nanoTime();
    private long lastLook = System.nanoTime();
    private long gentleUntil = System.nanoTime();
    private long waiters;

    Pace(DataContext context) {
        this.context = context;
    }

    /** Inside the batch's transaction, before COMMIT: whoever waits for us can only be seen now. */
    void lookForWaiters(Session session) {
        long now = System.nanoTime();
        if (now - lastWaiterLook < LOOK_EVERY_NANOS) {
            return;
        }
        lastWaiterLook = now;
        waiters = session.one(WAITERS, row -> row.number(1)).orElse(0L);
        if (waiters > 0) {
            gentleUntil = now + GENTLE_NANOS;
        }
    }

    /** The share of the target time that a batch may take. */
    double targetShare() {
        return gentleUntil - System.nanoTime() > 0 ? 0.5 : 1;
    }

    double share() {
        return duty.share(context.control().maxDuty());
    }

    /** Outside of a transaction, after a batch: sleeps as long as it should. */
    void afterBatch(Session session, double batchMillis) {
        look(session);
        Pauses.sleep(duty.pauseAfter(batchMillis, context.control().maxDuty()));
        boolean told = false;
        while (context.control().maxDuty() <= 0 || duty.paused()) {
            stopIfAsked();
            if (!told) {
                context.listener()
                        .notice(
                                duty.paused()
                                        ? "pausing: replicas lag behind"
                                        : context.control().whyPaused());
                told = true;
            }
            Pauses.sleep(250);
            look(session);
        }
    }

    void stopIfAsked() {
        if (context.control().stopRequested()) {
            throw Pauses.stopped();
        }
    }

    private void look(Session session) {
        long now = System.nanoTime();
        if (now - lastLook < LOOK_EVERY_NANOS) {
            return;
        }
        lastLook = now;
        double lag = session.one(
                        LAG, row -> row.textIfAny(1).map(Double::parseDouble).orElse(0.0))
                .orElse(0.0);
        double lagShare = lag / Math.max(1, context.options().maxReplicaLag().toMillis());
        duty.observe(Math.max(lagShare, waiters > 0 ? 1.5 : 0));
        waiters = 0;
    }
}
