package dev.sluice.run;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where the database stands.
 *
 * @param journalled whether Sluice has ever run here
 * @param migrations in the order of the files; those that only the journal knows come where they were applied
 * @param runner who runs right now, for people
 */
public record Status(boolean journalled, List<Entry> migrations, Optional<String> runner) {

    public Status {
        migrations = List.copyOf(migrations);
        requireNonNull(runner);
    }

    /** Whether {@code up} or {@code contract} has something to do. */
    public boolean hasPending() {
        return migrations.stream()
                .anyMatch(entry -> entry.state().isPending() || entry.state().isOpen());
    }

    /** Whether a file has changed since it ran, or is gone. */
    public boolean differsFromFiles() {
        return migrations.stream()
                .filter(entry -> !entry.state().isPending())
                .anyMatch(entry -> entry.changedSinceApplied() || entry.file().isEmpty());
    }

    /**
     * One migration.
     *
     * @param file empty when there is no file any more
     * @param finishedAt when it came to rest in its state
     * @param step the step that was running or failed last, when the migration is unfinished
     * @param lastError what the last failed run said
     * @param next the command that goes on; empty when there is nothing to do
     */
    public record Entry(
            String version,
            String name,
            MigrationState state,
            Optional<String> file,
            boolean changedSinceApplied,
            Optional<Instant> startedAt,
            Optional<Instant> finishedAt,
            Optional<StepEntry> step,
            Optional<String> lastError,
            Optional<String> next) {
        public Entry {
            requireNonNull(version);
            requireNonNull(name);
            requireNonNull(state);
            requireNonNull(file);
            requireNonNull(startedAt);
            requireNonNull(finishedAt);
            requireNonNull(step);
            requireNonNull(lastError);
            requireNonNull(next);
        }
    }

    /** A step of an unfinished migration. {@code number} counts from 1 within its phase. */
    public record StepEntry(String id, String title, String state, int number, int count) {
        public StepEntry {
            requireNonNull(id);
            requireNonNull(title);
            requireNonNull(state);
        }
    }
}
