package dev.sluice.backfill;

import static java.util.Objects.requireNonNull;

import dev.sluice.sql.QualifiedName;
import java.time.Duration;
import java.util.Optional;

/**
 * A look at a running walk.
 *
 * @param activity what is being done, for example {@code backfill}, {@code sweep 1}
 * @param rows rows changed (or read, for a sweep or a probe) so far, including earlier runs of the same step
 * @param estimatedRows rows in the table by its statistics, −1 when they do not know
 * @param percent share of the table's blocks that is done, 0 to 100
 * @param rowsPerSecond over the last seconds
 * @param eta until the end of this activity, once it can be told
 * @param lastBatch duration of the last batch
 * @param hotRatio share of the updates that needed no index entries, 0 to 1; 0 when nothing was updated
 * @param duty share of the time spent in batches, 0.05 to 1: less than 1 when throttled
 */
public record Progress(
        QualifiedName table,
        String activity,
        long rows,
        long estimatedRows,
        double percent,
        double rowsPerSecond,
        Optional<Duration> eta,
        Duration lastBatch,
        double hotRatio,
        double duty) {

    public Progress {
        requireNonNull(table);
        requireNonNull(activity);
        requireNonNull(eta);
        requireNonNull(lastBatch);
    }
}
