package dev.sluice.run;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How locks are had (measurements: 50 ms after looking first gave no stall above 52 ms; without looking, 1 s timeouts
 * stalled the application for 2.2 s).
 *
 * @param timeout the first {@code lock_timeout}: the longest that anyone queues behind us
 * @param maxTimeout the timeout doubles every 10 failures up to this
 * @param budget how long one step tries before it gives up
 * @param oldHolder a conflicting holder older than this is waited for without queueing
 * @param patience how long to look for a moment without an old holder while the holders keep changing
 * @param cancelBlockers whether sessions in the way may be cancelled (idle ones terminated) when the budget is used up
 */
public record LockSettings(
        Duration timeout,
        Duration maxTimeout,
        Duration budget,
        Duration oldHolder,
        Duration patience,
        boolean cancelBlockers) {

    public LockSettings {
        requireNonNull(timeout);
        requireNonNull(maxTimeout);
        requireNonNull(budget);
        requireNonNull(oldHolder);
        requireNonNull(patience);
        if (timeout.toMillis() < 1 || maxTimeout.compareTo(timeout) < 0) {
            throw new IllegalArgumentException("lock timeout " + timeout + ", at most " + maxTimeout);
        }
    }

    public static LockSettings defaults() {
        return new LockSettings(
                Duration.ofMillis(50),
                Duration.ofMillis(500),
                Duration.ofMinutes(10),
                Duration.ofMillis(100),
                Duration.ofSeconds(5),
                false);
    }

    public LockSettings withBudget(Duration total) {
        return new LockSettings(timeout, maxTimeout, total, oldHolder, patience, cancelBlockers);
    }

    public LockSettings withTimeout(Duration first) {
        Duration most = first.compareTo(maxTimeout) > 0 ? first : maxTimeout;
        return new LockSettings(first, most, budget, oldHolder, patience, cancelBlockers);
    }

    /** For tests: transactions that overlap for seconds would make them slow. */
    public LockSettings withPatience(Duration longest) {
        return new LockSettings(timeout, maxTimeout, budget, oldHolder, longest, cancelBlockers);
    }

    public LockSettings withCancelBlockers(boolean allowed) {
        return new LockSettings(timeout, maxTimeout, budget, oldHolder, patience, allowed);
    }
}
