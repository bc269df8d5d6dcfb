package dev.sluice.run;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs part of a migration and, when that fails, records it in the journal on a fresh connection (the working one may be
 * lost, or may still be receiving cancel requests).
 */
final class Attempt {

    private static final String NOTHING_CHANGED = "has changed nothing and is pending again";

    private final Scope scope;
    private final Plan plan;

    Attempt(Scope scope, Plan plan) {
        this.scope = scope;
        this.plan = plan;
    }

    /** @param next the command that goes on when somebody stops the run */
    void run(Runnable work, String next) {
        try {
            work.run();
        } catch (InterruptedRunException e) {
            String where = record("stopped on request");
            throw new InterruptedRunException(
                    "stopped on request; migration " + version() + " " + where + "\n  next: " + next);
        } catch (GuardFailedException e) {
            String where = record("not as planned: " + e.getMessage());
            if (where.equals(NOTHING_CHANGED)) {
                throw e;
            }
            throw new StepFailedException(
                    ExitCode.FAILED_SAFE,
                    "migration " + version() + ": the database is no longer what the plan was made for: "
                            + e.getMessage() + "\n  journal: migration " + where
                            + "\n  next: sluice down, then sluice up, which plans anew",
                    e);
        } catch (RuntimeException e) {
            String message = e.getMessage() == null ? e.toString() : e.getMessage();
            String where = record(message);
            throw e instanceof SluiceException failure
                    ? new StepFailedException(failure.exitCode(), message + "\n  journal: migration " + where, e)
                    : e;
        }
    }

    /** Steps that may have changed something. */
    static Set<String> begun(Session session, String version, Plan plan) {
        Set<String> changing = Stream.concat(plan.expand().stream(), plan.contract().stream())
                .filter(step -> !(step instanceof Step.Check))
                .map(Step::id)
                .collect(Collectors.toSet());
        return JournalReader.steps(session, version).stream()
                .map(JournalStep::id)
                .filter(changing::contains)
                .collect(Collectors.toSet());
    }

    private String record(String message) {
        try (Session session = Session.open(scope.worker().connections(), "run")) {
            return session.inTransaction(() -> record(session, message));
        } catch (DatabaseException | FencedException e) {
            return "is in the state in which the last committed step left it (this could not be recorded: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("") + ")";
        }
    }

    /** A migration that has changed nothing yet counts as not begun: its file may be edited. */
    private String record(Session session, String message) {
        scope.journal().failed(session, version(), message);
        MigrationState state = JournalReader.migration(session, version())
                .map(JournalRecord::state)
                .orElse(MigrationState.PENDING);
        if (state == MigrationState.EXPANDING && begun(session, version(), plan).isEmpty()) {
            scope.journal().nothingDone(session, version());
            return NOTHING_CHANGED;
        }
        return "is " + state.text();
    }

    private String version() {
        return plan.migration().version();
    }
}
