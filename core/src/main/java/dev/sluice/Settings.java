package dev.sluice;

import static java.util.Objects.requireNonNull;

import dev.sluice.run.LockSettings;
import java.time.Duration;

/**
 * What can be set for a run.
 *
 * @param locks how locks are had
 * @param waitForRunner how long to wait when another runner holds the lease
 * @param reconnectFor how long to try to get a lost connection back before giving up; zero: not at all
 * @param actor who runs, for the journal: a person, a pipeline
 */
public record Settings(LockSettings locks, Duration waitForRunner, Duration reconnectFor, String actor) {

    public Settings {
        requireNonNull(locks);
        requireNonNull(waitForRunner);
        requireNonNull(reconnectFor);
        requireNonNull(actor);
    }

    public static Settings defaults() {
        return new Settings(
                LockSettings.defaults(),
                Duration.ofMinutes(10),
                Duration.ofSeconds(30),
                System.getProperty("user.name", "unknown"));
    }

    public Settings withLocks(LockSettings other) {
        return new Settings(other, waitForRunner, reconnectFor, actor);
    }

    public Settings withWaitForRunner(Duration wait) {
        return new Settings(locks, wait, reconnectFor, actor);
    }

    public Settings withReconnectFor(Duration time) {
        return new Settings(locks, waitForRunner, time, actor);
    }

    public Settings withActor(String name) {
        return new Settings(locks, waitForRunner, reconnectFor, name);
    }
}
