package dev.sluice;

import static java.util.Objects.requireNonNull;

import dev.sluice.backfill.DataOptions;
import dev.sluice.run.LockSettings;
import dev.sluice.run.TimeWindow;
import java.time.Duration;
import java.util.Optional;

/**
 * What can be set for a run.
 *
 * @param locks how locks are had
 * @param data how hard backfills, batched UPDATE and DELETE, and their proofs may press
 * @param waitForRunner how long to wait when another runner holds the lease
 * @param reconnectFor how long to try to get a lost connection back before giving up; zero: not at all
 * @param actor who runs, for the journal: a person, a pipeline
 * @param diskFree bytes that are free where the server keeps its data; a plan that would fill it is refused; empty: unknown
 * @param onlyBetween the hours in which steps may start and batches may run; empty: always
 */
public record Settings(
        LockSettings locks,
        DataOptions data,
        Duration waitForRunner,
        Duration reconnectFor,
        String actor,
        Optional<TimeWindow> onlyBetween,
        Optional<Long> diskFree) {

    public Settings {
        requireNonNull(locks);
        requireNonNull(data);
        requireNonNull(waitForRunner);
        requireNonNull(reconnectFor);
        requireNonNull(actor);
        requireNonNull(onlyBetween);
        requireNonNull(diskFree);
    }

    public static Settings defaults() {
        return new Settings(
                LockSettings.defaults(),
                DataOptions.defaults(),
                Duration.ofMinutes(10),
                Duration.ofSeconds(30),
                System.getProperty("user.name", "unknown"),
                Optional.empty(),
                Optional.empty());
    }

    public Settings withLocks(LockSettings other) {
        return new Settings(other, data, waitForRunner, reconnectFor, actor, onlyBetween, diskFree);
    }

    public Settings withData(DataOptions other) {
        return new Settings(locks, other, waitForRunner, reconnectFor, actor, onlyBetween, diskFree);
    }

    public Settings withWaitForRunner(Duration wait) {
        return new Settings(locks, data, wait, reconnectFor, actor, onlyBetween, diskFree);
    }

    public Settings withReconnectFor(Duration time) {
        return new Settings(locks, data, waitForRunner, time, actor, onlyBetween, diskFree);
    }

    public Settings withActor(String name) {
        return new Settings(locks, data, waitForRunner, reconnectFor, name, onlyBetween, diskFree);
    }

    public Settings withOnlyBetween(TimeWindow window) {
        return new Settings(locks, data, waitForRunner, reconnectFor, actor, Optional.of(window), diskFree);
    }

    public Settings withDiskFree(long bytes) {
        return new Settings(locks, data, waitForRunner, reconnectFor, actor, onlyBetween, Optional.of(bytes));
    }
}
