package dev.sluice.backfill;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a walk over a table came to.
 *
 * @param rows rows changed, including those of earlier, interrupted runs
 * @param swept how many of them only the sweeps found
 * @param left rows deliberately left alone: archived rows that could not be put back because the application has
 *     written a conflicting row since (they stay in the archive)
 * @param batches transactions committed by this run
 * @param retries batches of this run that had to be tried again
 * @param hotRatio share of this run's updates that needed no index entries, 0 to 1
 * @param elapsed of this run
 */
public record WalkReport(
        long rows, long swept, long left, long batches, long retries, double hotRatio, Duration elapsed) {

    public WalkReport {
        requireNonNull(elapsed);
    }
}
