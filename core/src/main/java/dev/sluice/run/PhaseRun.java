package dev.sluice.run;

import dev.sluice.db.DatabaseException;
import dev.sluice.migration.Migration;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.plan.StepTables;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs the steps of one phase of one migration, skipping what the journal says is done, and getting lost connections
 * back. Also walks them back.
 */
final class PhaseRun {

    private final Scope scope;
    private final Plan plan;
    private final Optional<Migration> migration;
    private int stepsRun;
    private Duration longestLockHeld = Duration.ZERO;

    PhaseRun(Scope scope, Plan plan, Optional<Migration> migration) {
        this.scope = scope;
        this.plan = plan;
        this.migration = migration;
    }

    int stepsRun() {
        return stepsRun;
    }

    Duration longestLockHeld() {
        return longestLockHeld;
    }

    void forward(Phase phase) {
        String name = phase.name().toLowerCase(Locale.ROOT);
        forward(name, "", plan.steps(phase), name + " phase", phase != Phase.PURGE);
    }

    /** What the person who is woken up wants to know first. */
    private static String working(String phase, int done) {
        return switch (phase) {
            case "expand" -> "; the old version of the application works as before";
            case "contract" -> done == 0 ? "; both versions of the application still work" : "";
            default -> "";
        };
    }

    /** The author's down script, when it needs several steps. */
    void downScript() {
        forward("down", "down/", plan.expand(), "going back by the down script", false);
    }

    /** @param needsTables whether the steps work with what earlier ones left, rather than throw it away */
    private void forward(String phase, String idPrefix, List<Step> steps, String where, boolean needsTables) {
        Map<String, JournalStep.State> known = states();
        for (int i = 0; i < steps.size(); i++) {
            String id = idPrefix + steps.get(i).id();
            JournalStep.State state = known.get(id);
            if (state != JournalStep.State.DONE) {
                String at = where + ", " + i + " of " + steps.size() + " steps done" + working(phase, i);
                boolean begun = state == JournalStep.State.RUNNING;
                if (!begun && needsTables) {
                    requireKept(steps.get(i), i > 0, at);
                }
                run(phase, id, steps.get(i), i + 1, steps.size(), begun, at);
            }
        }
    }

    private void requireKept(Step step, boolean alsoIndexes, String at) {
        try {
            TableShape.requireKept(scope.worker().session(), version(), StepTables.of(plan), alsoIndexes);
        } catch (StepException e) {
            throw Failure.of(step, e, version(), migration, at);
        }
    }

    /** Takes back every step of expand and contract that was begun, the last one first. */
    void back() {
        back(Stream.concat(plan.expand().stream(), plan.contract().stream()).toList());
    }

    /** Takes back contract, and leaves no trace of it, so that it can run again. */
    void backToExpanded() {
        back(plan.contract());
        scope.record((journal, session) -> journal.forgetPhase(
                session, version(), plan.contract().stream().map(Step::id).toList()));
    }

    private void back(List<Step> steps) {
        Map<String, Step> byId = steps.stream().collect(Collectors.toMap(Step::id, step -> step));
        Map<String, JournalStep.State> known = states();
        List<JournalStep> begun = JournalReader.steps(scope.worker().session(), version()).stream()
                .filter(row -> byId.containsKey(row.id()) && row.state() != JournalStep.State.UNDONE)
                .sorted((a, b) -> Long.compare(b.position(), a.position()))
                .toList();
        for (int i = 0; i < begun.size(); i++) {
            String id = begun.get(i).id();
            set(id, JournalStep.State.UNDOING);
            List<Step> undo = Objects.requireNonNull(byId.get(id)).info().undo();
            for (int n = 0; n < undo.size(); n++) {
                String undoId = id + "/undo/" + (n + 1);
                JournalStep.State state = known.get(undoId);
                if (state != JournalStep.State.DONE) {
                    String at = "going back, " + i + " of " + begun.size() + " steps taken back";
                    run("undo", undoId, undo.get(n), i + 1, begun.size(), state == JournalStep.State.RUNNING, at);
                }
            }
            set(id, JournalStep.State.UNDONE);
        }
    }

    private void run(String phase, String id, Step step, int number, int count, boolean begunBefore, String at) {
        scope.cancellation().check();
        scope.waitForWindow();
        scope.listener().on(new RunEvent.StepStarted(version(), id, step, number, count));
        Instant start = Instant.now();
        StepMetrics metrics;
        try {
            metrics = untilConnected(phase, id, step, begunBefore);
            scope.journal().confirm();
        } catch (InterruptedRunException | FencedException | GuardFailedException e) {
            throw e;
        } catch (RuntimeException e) {
            scope.cancellation().check();
            throw Failure.of(step, e, version(), migration, at);
        }
        stepsRun++;
        if (metrics.lockHeld().compareTo(longestLockHeld) > 0) {
            longestLockHeld = metrics.lockHeld();
        }
        scope.listener()
                .on(new RunEvent.StepFinished(
                        version(),
                        id,
                        metrics.lockWait(),
                        metrics.lockHeld(),
                        Duration.between(start, Instant.now()),
                        metrics.rows(),
                        metrics.tries()));
    }

    /** After a lost connection the journal, not a guess, says whether the step's transaction has happened. */
    private StepMetrics untilConnected(String phase, String id, Step step, boolean begunBefore) {
        var key = new StepExecution.StepKey(version(), phase, id, plan.searchPath(), StepTables.of(plan));
        boolean begun = begunBefore;
        Instant start = Instant.now();
        for (int losses = 0; ; losses++) {
            try {
                return step.match(new StepExecution(scope, key, begun));
            } catch (DatabaseException e) {
                scope.cancellation().check();
                if (!e.isConnectionLost() || losses == Worker.RECONNECTS) {
                    throw e;
                }
                scope.reconnect(e);
                scope.notice(RunEvent.Notice.Level.WARNING, "the connection was lost and is back");
            }
            Optional<JournalStep> row = JournalReader.step(scope.worker().session(), version(), id);
            if (row.filter(found -> found.state() == JournalStep.State.DONE).isPresent()) {
                return StepMetrics.of(Duration.between(start, Instant.now()), 0);
            }
            begun = row.isPresent();
        }
    }

    private void set(String id, JournalStep.State state) {
        scope.record((journal, session) -> journal.stepState(session, version(), id, state));
    }

    private Map<String, JournalStep.State> states() {
        return JournalReader.steps(scope.worker().session(), version()).stream()
                .collect(Collectors.toMap(JournalStep::id, JournalStep::state));
    }

    private String version() {
        return plan.migration().version();
    }
}
