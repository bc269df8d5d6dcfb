package dev.sluice.run;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One line of the journal's append-only event table.
 *
 * @param kind for example {@code step done}, {@code migration applied}, {@code failed}
 * @param actor the person or pipeline that ran it, and {@code databaseUser} the role it used
 * @param lockExpected how long the plan expected the step to hold its locks
 * @param sql exactly what ran; passwords removed
 */
public record HistoryEntry(
        long id,
        Instant at,
        Optional<String> version,
        Optional<String> step,
        String kind,
        String actor,
        String databaseUser,
        Optional<String> message,
        Optional<String> sql,
        Optional<Duration> lockWait,
        Optional<Duration> lockHeld,
        Optional<Duration> duration,
        Optional<Long> rows,
        Optional<Duration> lockExpected) {
    public HistoryEntry {
        requireNonNull(at);
        requireNonNull(version);
        requireNonNull(step);
        requireNonNull(kind);
        requireNonNull(actor);
        requireNonNull(databaseUser);
        requireNonNull(message);
        requireNonNull(sql);
        requireNonNull(lockWait);
        requireNonNull(lockHeld);
        requireNonNull(duration);
        requireNonNull(rows);
        requireNonNull(lockExpected);
    }
}
