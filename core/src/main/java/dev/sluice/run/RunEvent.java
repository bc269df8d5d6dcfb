package dev.sluice.run;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Phase;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What happens during a run. Closed set. */
public sealed interface RunEvent {

    /** Which way a migration goes. */
    enum Direction {
        FORWARD,
        BACK
    }

    /** Another runner holds the lease; {@code holder} is for people: who, where, since when. */
    record WaitingForRunner(String holder, Duration waited) implements RunEvent {
        public WaitingForRunner {
            requireNonNull(holder);
            requireNonNull(waited);
        }
    }

    /** @param resumed whether an earlier run of this phase had stopped half-way */
    record MigrationStarted(Plan plan, Phase phase, Direction direction, boolean resumed) implements RunEvent {
        public MigrationStarted {
            requireNonNull(plan);
            requireNonNull(phase);
            requireNonNull(direction);
        }
    }

    /**
     * @param stepId the journal's id of the step: the step's own, or {@code <step>/undo/<n>}
     * @param number counts from 1
     * @param count how many steps this phase has
     */
    record StepStarted(String version, String stepId, Step step, int number, int count) implements RunEvent {
        public StepStarted {
            requireNonNull(version);
            requireNonNull(stepId);
            requireNonNull(step);
        }
    }

    /** The step is looking, not queueing: nobody waits behind it. */
    record WaitingForLock(String version, String stepId, List<Blocker> blockers, Duration waited, int failedTries)
            implements RunEvent {
        public WaitingForLock {
            requireNonNull(version);
            requireNonNull(stepId);
            blockers = List.copyOf(blockers);
            requireNonNull(waited);
        }
    }

    /**
     * @param activity what it is at, one or two words: {@code filling}, {@code sweeping}, {@code paused}
     * @param rows rows written so far
     * @param fraction done, 0 to 1
     * @param rowsPerSecond of the last seconds
     * @param remaining an estimate, when there is one
     * @param detail whatever else is worth a look, for example {@code duty 50 %, replica lag 0.2 s}
     */
    record BackfillProgress(
            String version,
            String stepId,
            String activity,
            long rows,
            double fraction,
            double rowsPerSecond,
            Optional<Duration> remaining,
            String detail)
            implements RunEvent {
        public BackfillProgress {
            requireNonNull(version);
            requireNonNull(stepId);
            requireNonNull(activity);
            requireNonNull(remaining);
            requireNonNull(detail);
        }
    }

    /**
     * From {@code pg_stat_progress_create_index}.
     *
     * @param phase in PostgreSQL's words
     * @param fraction of this phase, 0 to 1; −1 when unknown
     * @param waitsFor whom the build waits for
     */
    record IndexProgress(String version, String stepId, String phase, double fraction, Optional<Blocker> waitsFor)
            implements RunEvent {
        public IndexProgress {
            requireNonNull(version);
            requireNonNull(stepId);
            requireNonNull(phase);
            requireNonNull(waitsFor);
        }
    }

    /**
     * @param lockWait from the first look until all locks were held
     * @param lockHeld from the first lock until COMMIT; zero for steps that hold none that matters
     * @param duration of the whole step, waits included
     * @param tries 1 when the first one worked
     */
    record StepFinished(
            String version,
            String stepId,
            Duration lockWait,
            Duration lockHeld,
            Duration duration,
            long rows,
            int tries)
            implements RunEvent {
        public StepFinished {
            requireNonNull(version);
            requireNonNull(stepId);
            requireNonNull(lockWait);
            requireNonNull(lockHeld);
            requireNonNull(duration);
        }
    }

    /** Something the person in front should read. */
    record Notice(Level level, String text) implements RunEvent {
        public Notice {
            requireNonNull(level);
            requireNonNull(text);
        }

        /** How loud. */
        public enum Level {
            INFO,
            WARNING
        }
    }

    /** The migration came to rest in {@code state}. */
    record MigrationFinished(String version, String name, MigrationState state, Duration duration) implements RunEvent {
        public MigrationFinished {
            requireNonNull(version);
            requireNonNull(name);
            requireNonNull(state);
            requireNonNull(duration);
        }
    }
}
