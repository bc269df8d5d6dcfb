package dev.sluice.run;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What runs at a moment, as far as the journal and the server's own views tell.
 *
 * @param runner who runs, in words; empty when nobody does
 * @param share of the time that backfills and batched statements may work, 0 to 1; 0 is a pause
 * @param steps that are being worked on, or were when their runner died
 */
public record Activity(Optional<String> runner, double share, List<RunningStep> steps) {

    public Activity {
        requireNonNull(runner);
        steps = List.copyOf(steps);
    }

    /**
     * A step that has begun and is not done.
     *
     * @param table that a backfill walks over now
     * @param fraction of that table, or of an index build
     * @param rows that a backfill has changed so far
     * @param running since it was begun
     * @param waiting whom it waits for, when it does
     * @param workers who walk the table now, in all processes
     * @param pace why a backfill is slower than it could be, when it is
     */
    public record RunningStep(
            String version,
            String name,
            String id,
            String title,
            Optional<String> table,
            OptionalDouble fraction,
            long rows,
            Duration running,
            Optional<String> waiting,
            int workers,
            Optional<String> pace) {
        public RunningStep {
            requireNonNull(version);
            requireNonNull(name);
            requireNonNull(id);
            requireNonNull(title);
            requireNonNull(table);
            requireNonNull(fraction);
            requireNonNull(running);
            requireNonNull(waiting);
            requireNonNull(pace);
        }
    }
}
