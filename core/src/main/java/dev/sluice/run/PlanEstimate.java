package dev.sluice.run;

import static java.util.Objects.requireNonNull;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.backfill.Rates;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a plan is expected to take.
 *
 * @param steps those that go over large tables
 * @param locks of the steps that take any on tables that are there
 * @param rates what the durations rest on
 * @param lockHeld how long a brief step holds its locks, by what this database's steps took so far; empty: none ran yet
 * @param walAtOnce how much write-ahead log the server keeps at most, in bytes
 */
public record PlanEstimate(
        List<StepEstimate> steps, List<LockEstimate> locks, Rates rates, Optional<Duration> lockHeld, long walAtOnce) {

    /** Of the free disk space, this much must be left. */
    private static final double RESERVE = 0.1;

    public PlanEstimate {
        steps = List.copyOf(steps);
        locks = List.copyOf(locks);
        requireNonNull(rates);
        requireNonNull(lockHeld);
    }

    public Optional<Duration> duration() {
        return steps.stream().allMatch(step -> step.duration().isPresent())
                ? Optional.of(
                        steps.stream().flatMap(step -> step.duration().stream()).reduce(Duration.ZERO, Duration::plus))
                : Optional.empty();
    }

    public long walBytes() {
        return steps.stream().mapToLong(StepEstimate::walBytes).sum();
    }

    public long diskBytes() {
        return steps.stream().mapToLong(StepEstimate::diskBytes).sum();
    }

    /** Space that is taken at the same time, if only for a while. */
    public long spaceNeeded() {
        return diskBytes() + Math.min(walBytes(), walAtOnce);
    }

    /** @throws SluiceException when the disk would be filled: {@code free} bytes are known to be free on it */
    public void requireSpace(long free) {
        if (spaceNeeded() > free * (1 - RESERVE)) {
            throw new SluiceException(
                    ExitCode.HAZARD_BLOCKED,
                    "this plan would fill the disk: it needs about " + megabytes(spaceNeeded())
                            + " (tables and indexes "
                            + megabytes(diskBytes()) + ", write-ahead log " + megabytes(spaceNeeded() - diskBytes())
                            + ") and " + megabytes(free) + " are free, of which a tenth must stay so; nothing was"
                            + " changed\n  next: make room, or correct --disk-free");
        }
    }

    private static String megabytes(long bytes) {
        return -Math.floorDiv(-bytes, 1L << 20) + " MB";
    }
}
