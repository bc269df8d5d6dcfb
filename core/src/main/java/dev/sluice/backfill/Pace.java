package dev.sluice.backfill;

import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How fast batches follow one another: the person's wish, and the worst of the signals. Not thread-safe. */
final class Pace {

    private static final long LOOK_EVERY_NANOS = 250_000_000L;
    private static final int LOOK_AGAIN_MILLIS = 250;
    private static final double BESIDE_A_VACUUM = 0.5;
    private static final double LEAST_FOR_THE_APPLICATION = 0.25;

    private final DataContext context;
    private final Duty duty = new Duty();
    private final LockWaiters waiters = new LockWaiters();
    private final OtherVacuum vacuum = new OtherVacuum();
    private final Traffic traffic = new Traffic();
    private final List<Signal> signals;
    private long lastLook = System.nanoTime() - LOOK_EVERY_NANOS;
    private Optional<Pressure> told = Optional.empty();

    Pace(DataContext context) {
        this.context = context;
        this.signals = new ArrayList<>(List.of(
                new ReplicaLag(context.options().maxReplicaLag()), new LogPressure(), new AppProbe(), vacuum, waiters));
        if (!context.options().maxReplicaLag().isZero()) {
            signals.add(new SlotBacklog());
        }
    }

    /** Inside the batch's transaction, before COMMIT: whoever waits for us can only be seen now. */
    void lookForWaiters(Session session) {
        waiters.lookInside(session);
    }

    /** The share of the target time that a batch may take. */
    double targetShare() {
        return waiters.recently() ? 0.5 : 1;
    }

    /** How many blocks a window may have, so that its batches do not lock too many rows of a table in use. */
    long mostBlocks(long tableBlocks, int passes) {
        return traffic.mostBlocks(tableBlocks, passes);
    }

    double share() {
        return duty.share(most());
    }

    private double most() {
        double wish = context.control().maxDuty();
        return vacuum.isRunning() ? Math.min(BESIDE_A_VACUUM, wish) : wish;
    }

    /** Outside of a transaction, before the first batch: what is normal, and whether to begin at all. */
    void beforeFirst(Session session, long relation) {
        whilePaused(session, relation);
    }

    /** Outside of a transaction, after a batch: sleeps as long as it should. */
    void afterBatch(Session session, long relation, double batchMillis) {
        look(session, relation);
        Pauses.sleep(duty.pauseAfter(batchMillis, most()));
        whilePaused(session, relation);
    }

    private void whilePaused(Session session, long relation) {
        look(session, relation);
        boolean said = false;
        while (context.control().maxDuty() <= 0 || duty.paused()) {
            stopIfAsked();
            if (!said && context.control().maxDuty() <= 0) {
                context.listener().notice(context.control().whyPaused());
                said = true;
            }
            Pauses.sleep(LOOK_AGAIN_MILLIS);
            look(session, relation);
        }
    }

    void stopIfAsked() {
        if (context.control().stopRequested()) {
            throw Pauses.stopped();
        }
    }

    private void look(Session session, long relation) {
        long now = System.nanoTime();
        if (now - lastLook < LOOK_EVERY_NANOS) {
            return;
        }
        lastLook = now;
        traffic.look(session);
        Pressure worst = Pressure.NONE;
        for (Signal signal : List.copyOf(signals)) {
            Pressure pressure = pressure(signal, session, relation);
            worst = pressure.utilisation() > worst.utilisation() ? pressure : worst;
        }
        // a server that is slow for another reason does not get faster by our doing nothing
        if (!worst.signal().equals(AppProbe.NAME) || duty.share(1) > LEAST_FOR_THE_APPLICATION) {
            duty.observe(worst.utilisation());
        }
        tell(worst);
    }

    private Pressure pressure(Signal signal, Session session, long relation) {
        try {
            return signal.look(session, relation);
        } catch (DatabaseException e) {
            if (e.isConnectionLost()) {
                throw e;
            }
            signals.remove(signal);
            context.listener()
                    .notice("not watching the " + signal.name() + ": "
                            + e.error().message());
            return Pressure.NONE;
        }
    }

    private void tell(Pressure worst) {
        if (worst.utilisation() > 1 || vacuum.isRunning()) {
            told = Optional.of(worst);
            context.listener().throttled(told);
        } else if (told.isPresent() && duty.share(1) >= 1) {
            told = Optional.empty();
            context.listener().throttled(told);
        }
    }
}
