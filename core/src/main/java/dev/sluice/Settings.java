package dev.sluice;

import static java.util.Objects.requireNonNull;

import dev.sluice.backfill.DataOptions;
import dev.sluice.run.LockSettings;
import java.time.Duration;

/**
 * What can be set for a run.
 *
 * @param locks how locks are had
 * @param data how hard backfills, batched UPDATE and DELETE, and their proofs may press
 * @param waitForRunner how long to wait when another runner holds the lease
 * @param reconnectFor how long to try to get a lost connection back before giving up; zero: not at all
 * @param actor who runs, for the journal: a person, a pipeline
 */
public record Settings(
        LockSettings locks, DataOptions data, Duration waitForRunner, Duration reconnectFor, String actor) {

    public Settings {
        requireNonNull(locks);
        requireNonNull(data);
        requireNonNull(waitForRunner);
        requireNonNull(reconnectFor);
        requireNonNull(actor);
    }

    public static Settings defaults() {
        return new Settings(
                LockSettings.defaults(),
                DataOptions.defaults(),
                Duration.ofMinutes(10),
                Duration.ofSeconds(30),
                System.getProperty("user.name", "unknown"));
    }

    public Settings withLocks(LockSettings other) {
        return new Settings(other, data, waitForRunner, reconnectFor, actor);
    }

    public Settings withData(DataOptions other) {
        return new Settings(locks, other, waitForRunner, reconnectFor, actor);
    }

    public Settings withWaitForRunner(Duration wait) {
        return new Settings(locks, data, wait, reconnectFor, actor);
    }

    public Settings withReconnectFor(Duration time) {
        return new Settings(locks, data, waitForRunner, time, actor);
    }

    public Settings withActor(String name) {
        return new Settings(locks, data, waitForRunner, reconnectFor, name);
    }
}
