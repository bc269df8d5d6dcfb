package dev.sluice.run;

import dev.sluice.ExitCode;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs part of a migration and, when that fails, records it in the journal on a fresh connection (the working one may be
 * lost, or may still be receiving cancel requests).
 */
final class Attempt {

    private final Scope scope;
    private final Plan plan;

    Attempt(Scope scope, Plan plan) {
        this.scope = scope;
        this.plan = plan;
    }

    /** @param next the command that goes on when somebody stops the run */
    void run(Runnable work, String next) {
        try {
            scope.cancellation().during(() -> {
                work.run();
                return true;
            });
        } catch (FencedException e) {
            throw e;
        } catch (InterruptedRunException e) {
            Recorded recorded = record("stopped on request");
            throw new InterruptedRunException("stopped on request; migration " + version() + " " + recorded.where()
                    + "\n  next: " + recorded.next(next));
        } catch (GuardFailedException e) {
            Recorded recorded = record("not as planned: " + e.getMessage());
            if (recorded.untouched()) {
                throw e;
            }
            throw new StepFailedException(
                    ExitCode.FAILED_SAFE,
                    "migration " + version() + ": the database is no longer what the plan was made for: "
                            + e.getMessage() + "\n  state: migration " + version() + " " + recorded.where()
                            + "\n  next: sluice down, then sluice up, which plans anew",
                    e);
        } catch (StepFailedException e) {
            Recorded recorded = record(String.valueOf(e.getMessage()));
            String advice = e.advice().isEmpty() ? "" : e.advice() + "; then ";
            Optional<DatabaseException> refused = Failure.refusal(e);
            if (recorded.untouched() && e.advice().isEmpty()) {
                advice = refused.map(Failure::advice).orElse("");
            } else if (refused.filter(Failure::isOfTheScript).isPresent()) {
                advice =
                        "if the script is wrong, sluice down (takes back what ran) before you correct it, then sluice up;"
                                + " if the database was, ";
            } else {
                advice += refused.map(Failure::shortage).orElse("");
            }
            throw new StepFailedException(
                    e.exitCode(),
                    e.getMessage() + "\n  state: migration " + version() + " " + recorded.where()
                            + (recorded.untouched() ? "" : ": " + e.progress()) + "\n  next: " + advice
                            + recorded.next(next),
                    e);
        } catch (DatabaseException e) {
            Recorded recorded = record(String.valueOf(e.getMessage()));
            throw new StepFailedException(
                    e.exitCode(),
                    e.getMessage() + "\n  state: migration " + version() + " " + recorded.where() + "\n  next: "
                            + Failure.shortage(e) + recorded.next(next),
                    e);
        } catch (RuntimeException e) {
            record(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    /** @param untouched whether nothing of the migration has been changed, so that it is pending again */
    private record Recorded(boolean untouched, String where) {
        String next(String otherwise) {
            return untouched ? "sluice up" : otherwise;
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

    private Recorded record(String message) {
        try (Session session = Session.open(scope.worker().connections(), "run")) {
            return session.inTransaction(() -> record(session, message));
        } catch (DatabaseException | FencedException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            return new Recorded(
                    false, "is where its last committed step left it (this could not be recorded: " + reason + ")");
        }
    }

    /** A migration that has changed nothing yet counts as not begun: its file may be edited. */
    private Recorded record(Session session, String message) {
        scope.journal().failed(session, version(), message);
        MigrationState state = JournalReader.migration(session, version())
                .map(JournalRecord::state)
                .orElse(MigrationState.PENDING);
        if (state == MigrationState.EXPANDING && begun(session, version(), plan).isEmpty()) {
            scope.journal().nothingDone(session, version());
            return new Recorded(true, "has changed nothing and is pending again");
        }
        return new Recorded(false, "is " + state.text());
    }

    private String version() {
        return plan.migration().version();
    }
}
