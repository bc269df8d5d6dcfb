package dev.sluice.run;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** What a step cost. {@code lockHeld} counts only locks that an application's reads or writes would wait for. */
record StepMetrics(Duration lockWait, Duration lockHeld, Duration duration, long rows, int tries) {

    StepMetrics {
        requireNonNull(lockWait);
        requireNonNull(lockHeld);
        requireNonNull(duration);
    }

    static StepMetrics of(Duration duration, long rows) {
        return new StepMetrics(Duration.ZERO, Duration.ZERO, duration, rows, 1);
    }

    static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
