package dev.sluice.cli.demo;

import static java.util.Objects.requireNonNull;

import dev.sluice.lab.traffic.Latency;
import dev.sluice.lab.traffic.TrafficReport;
import java.time.Duration;
import java.util.List;

/**
 * What the demonstration came to.
 *
 * @param oldVersions all versions while they were the older one
 * @param newVersions all versions while they were the newer one
 * @param before latency of the first version before anything was migrated
 * @param hiccups how long the machine itself kept a sleeping thread waiting
 * @param cost of the runs
 * @param rowsCompared over all comparisons
 * @param differences what was not as it must be in the end; empty: all rows and the schema are equal to what the plain
 *     scripts make
 * @param undoDifferences the same for after the way back; empty: rows and schema were as before
 */
record DemoReport(
        TrafficReport oldVersions,
        TrafficReport newVersions,
        Latency before,
        Latency hiccups,
        RunTally.Sum cost,
        long rowsCompared,
        List<String> differences,
        List<String> undoDifferences,
        Duration duration) {

    DemoReport {
        requireNonNull(oldVersions);
        requireNonNull(newVersions);
        requireNonNull(before);
        requireNonNull(hiccups);
        requireNonNull(cost);
        differences = List.copyOf(differences);
        undoDifferences = List.copyOf(undoDifferences);
        requireNonNull(duration);
    }

    boolean isDataEqual() {
        return differences.isEmpty();
    }

    boolean isUndone() {
        return undoDifferences.isEmpty();
    }

    long failed() {
        return oldVersions.failed() + newVersions.failed();
    }

    boolean isSuccess() {
        return failed() == 0 && isDataEqual() && isUndone();
    }

    double longestStallMillis() {
        return Math.max(
                oldVersions.latency().longestMillis(), newVersions.latency().longestMillis());
    }
}
