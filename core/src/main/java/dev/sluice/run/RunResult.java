package dev.sluice.run;

import static java.util.Objects.requireNonNull;

import dev.sluice.ExitCode;
import dev.sluice.plan.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a command that did not fail came to.
 *
 * @param outcomes one per migration that was touched, in the order in which they ran
 * @param stopped why it stopped although more was asked for, and the next command; empty when it did all
 */
public record RunResult(List<Outcome> outcomes, Optional<String> stopped) {

    public RunResult {
        outcomes = List.copyOf(outcomes);
        requireNonNull(stopped);
    }

    /** {@code PENDING} when something asked for was left undone, else {@code OK}. */
    public ExitCode exitCode() {
        return stopped.isPresent() ? ExitCode.PENDING : ExitCode.OK;
    }

    /** The longest time that any step of this run held a lock that the application may have waited for. */
    public Duration longestLockHeld() {
        return outcomes.stream()
                .map(Outcome::longestLockHeld)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /**
     * One migration.
     *
     * @param state where it came to rest; for a dry run the state it is in
     */
    public record Outcome(
            String version,
            String name,
            MigrationState state,
            Plan plan,
            int stepsRun,
            Duration duration,
            Duration longestLockHeld) {
        public Outcome {
            requireNonNull(version);
            requireNonNull(name);
            requireNonNull(state);
            requireNonNull(plan);
            requireNonNull(duration);
            requireNonNull(longestLockHeld);
        }
    }
}
