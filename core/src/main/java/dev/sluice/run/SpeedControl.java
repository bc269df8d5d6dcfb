package dev.sluice.run;

import dev.sluice.backfill.Control;

/**
 * How much of the time the workers of a step may work: what a person has set in the journal, as every saved cursor brings
 * it back, and nothing outside of the maintenance window. Thread-safe.
 */
final class SpeedControl implements Control {

    private static final long ASK_EVERY_NANOS = 200_000_000L;

    private final Scope scope;
    private volatile double maxDuty = 1;
    private long asked = System.nanoTime() - ASK_EVERY_NANOS;

    SpeedControl(Scope scope) {
        this.scope = scope;
    }

    /** What the journal says now. */
    void told(double share) {
        maxDuty = share;
    }

    @Override
    public double maxDuty() {
        if (maxDuty == 0) {
            ask();
        }
        return scope.isOpen() ? maxDuty : 0;
    }

    /** No batch runs that could bring news: on the connection that is idle meanwhile, which has room for one. */
    private synchronized void ask() {
        long now = System.nanoTime();
        if (now - asked >= ASK_EVERY_NANOS) {
            asked = now;
            scope.meanwhile((journal, session) -> maxDuty = Speed.read(session));
        }
    }

    @Override
    public String whyPaused() {
        return scope.isOpen()
                ? "paused by sluice pause or sluice speed 0; sluice resume goes on"
                : scope.outsideOfWindow().orElse("");
    }

    @Override
    public boolean stopRequested() {
        return scope.cancellation().isCancelled();
    }
}
