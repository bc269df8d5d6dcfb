package dev.sluice.backfill;

/**
 * The share of the time spent in batches: additive increase, multiplicative decrease on the worst of the signals, each
 * given as value/limit. Pure; not thread-safe.
 */
final class Duty {

    private static final double MIN = 0.05;

    private double duty = 1;
    private boolean paused;

    /** Takes a new look at the signals; call about four times a second. */
    void observe(double utilisation) {
        paused = utilisation > 2;
        if (utilisation > 1) {
            duty = Math.max(MIN, 0.6 * duty);
        } else if (utilisation < 0.8) {
            duty = Math.min(1, duty + 0.05);
        }
    }

    double share(double max) {
        return Math.max(MIN, Math.min(duty, max));
    }

    boolean paused() {
        return paused;
    }

    /** Milliseconds to sleep after a batch of that length. */
    double pauseAfter(double batchMillis, double max) {
        return batchMillis * (1 / share(max) - 1);
    }
}
