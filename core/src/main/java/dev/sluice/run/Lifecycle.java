package dev.sluice.run;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.migration.AppliedMigration;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationGraph;
import dev.sluice.migration.VersionOrder;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Plan;
import dev.sluice.plan.PlanSecrets;
import dev.sluice.run.MigrationState.Move;
import dev.sluice.run.RunResult.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Takes single migrations from one state to the next. */
final class Lifecycle {

    private static final int PLANNINGS = 3;

    private final Scope scope;
    private final PlanSource plans;
    private final MigrationGraph graph;

    Lifecycle(Scope scope, PlanSource plans, MigrationGraph graph) {
        this.scope = scope;
        this.plans = plans;
        this.graph = graph;
    }

    /** Asked about a plan before it runs; an answer is the reason why it may not run now. */
    interface Gate {
        Optional<String> objection(Plan plan);
    }

    /** Either the outcome, or why the migration did not run. */
    record Expanded(Optional<Outcome> outcome, Optional<String> objection) {}

    /**
     * Plans and runs a pending migration; plans it anew when the database has changed under the plan.
     *
     * @param again whether the journal knows it already
     */
    Expanded expand(Migration migration, boolean again, Gate gate) {
        for (int planning = 1; ; planning++) {
            Plan plan = plans.plan(migration, scope.worker().session());
            Optional<String> objection = gate.objection(plan);
            if (objection.isPresent()) {
                return new Expanded(Optional.empty(), objection);
            }
            try {
                return new Expanded(Optional.of(expand(migration, again, plan)), Optional.empty());
            } catch (GuardFailedException e) {
                if (planning == PLANNINGS) {
                    throw new SluiceException(
                            ExitCode.FAILED_SAFE,
                            "migration " + migration.version() + " was planned " + PLANNINGS
                                    + " times, and each time the database had changed before it could run: "
                                    + e.getMessage() + "\n  state: nothing was changed\n  next: sluice up",
                            e);
                }
            }
        }
    }

    private Outcome expand(Migration migration, boolean again, Plan plan) {
        started(plan, Phase.EXPAND, RunEvent.Direction.FORWARD, false);
        if (OneTransaction.fits(plan)) {
            StepMetrics metrics = new OneTransaction(scope).apply(migration, again, plan);
            return finished(plan, MigrationState.APPLIED, plan.expand().size(), metrics);
        }
        requireNoSecrets(plan, "up");
        Preflight.check(scope.worker().session(), plan);
        PlanEstimate estimate = Estimates.of(scope.worker().session(), plan);
        scope.settings().diskFree().ifPresent(estimate::requireSpace);
        scope.record((journal, session) -> {
            journal.begin(session, migration, plan);
            estimate.steps().forEach(step -> journal.estimated(session, migration.version(), step));
            estimate.locks().forEach(lock -> journal.estimated(session, migration.version(), lock));
        });
        return phase(Phase.EXPAND, plan, Optional.of(migration), MigrationState.EXPANDING);
    }

    /** Goes on where an earlier run of the expand phase stopped. */
    Outcome resumeExpand(JournalRecord record, Migration migration) {
        Plan plan = record.plan();
        started(plan, Phase.EXPAND, RunEvent.Direction.FORWARD, true);
        return phase(Phase.EXPAND, plan, Optional.of(migration), MigrationState.EXPANDING);
    }

    Outcome contract(String version) {
        return contract(
                JournalReader.migration(scope.worker().session(), version).orElseThrow());
    }

    Outcome contract(JournalRecord record) {
        return onwards(record, Move.CONTRACT, Phase.CONTRACT);
    }

    Outcome purge(JournalRecord record) {
        return onwards(record, Move.PURGE, Phase.PURGE);
    }

    private Outcome onwards(JournalRecord record, Move move, Phase phase) {
        MigrationState state = record.state().begin(move, record.version());
        Plan plan = record.plan();
        boolean resumed = record.state() == state;
        started(plan, phase, RunEvent.Direction.FORWARD, resumed);
        if (!resumed) {
            RestorePoint.record(scope, record.version(), move.text());
            scope.record((journal, session) -> journal.state(session, record.version(), state, Duration.ZERO));
        }
        return phase(phase, plan, find(record.version()), state);
    }

    private Outcome phase(Phase phase, Plan plan, Optional<Migration> migration, MigrationState state) {
        Instant start = Instant.now();
        String command =
                "sluice " + (phase == Phase.EXPAND ? "up" : phase.name().toLowerCase(java.util.Locale.ROOT));
        String next = phase == Phase.PURGE
                ? command + " (goes on from here)"
                : command + " (goes on from here) or sluice down (takes back what ran)";
        PhaseRun steps = new PhaseRun(scope, plan, migration);
        Attempt attempt = new Attempt(scope, plan);
        attempt.run(() -> steps.forward(phase), next);
        MigrationState end = state.finish(plan);
        Duration worked = Duration.between(start, Instant.now());
        scope.record(
                (journal, session) -> journal.state(session, plan.migration().version(), end, worked));
        return finished(
                plan, end, steps.stepsRun(), new StepMetrics(Duration.ZERO, steps.longestLockHeld(), worked, 0, 1));
    }

    /** Takes a migration back, from wherever it stands. */
    Outcome down(JournalRecord record) {
        MigrationState state = record.state().begin(Move.DOWN, record.version());
        Plan plan = record.plan();
        Instant start = Instant.now();
        PhaseRun steps = new PhaseRun(scope, plan, find(record.version()));
        String next = "sluice down (goes on from here)";
        Attempt attempt = new Attempt(scope, plan);
        if (record.downPlan().isPresent()) {
            return downScript(record, record.downPlan().get());
        }
        boolean oneTransaction = record.state() == MigrationState.APPLIED
                && JournalReader.steps(scope.worker().session(), record.version())
                        .isEmpty();
        if (!Undo.isPossible(scope.worker().session(), plan, oneTransaction)) {
            Plan down = Undo.byScript(
                    record, find(record.version()), plans, scope.worker().session());
            return downScript(record, down);
        }
        started(plan, Phase.EXPAND, RunEvent.Direction.BACK, record.state() == state);
        scope.record((journal, session) -> {
            journal.state(session, record.version(), state, Duration.ZERO);
            if (oneTransaction) {
                journal.recordDone(session, record.version(), plan.expand());
            }
        });
        attempt.run(() -> steps.back(), next);
        return ended(plan, MigrationState.REVERTED, steps, start);
    }

    /** Takes back the contract phase only; both application versions work afterwards. */
    Outcome uncontract(JournalRecord record) {
        MigrationState state = record.state().begin(Move.UNCONTRACT, record.version());
        Plan plan = record.plan();
        Undo.requireOfContract(scope.worker().session(), record);
        Instant start = Instant.now();
        started(plan, Phase.CONTRACT, RunEvent.Direction.BACK, record.state() == state);
        scope.record((journal, session) -> journal.state(session, record.version(), state, Duration.ZERO));
        PhaseRun steps = new PhaseRun(scope, plan, find(record.version()));
        String next = "sluice down --contract-only (goes on from here) or sluice down (takes back all of it)";
        new Attempt(scope, plan).run(steps::backToExpanded, next);
        return ended(plan, MigrationState.EXPANDED, steps, start);
    }

    private Outcome downScript(JournalRecord record, Plan down) {
        boolean resumed = record.state() == MigrationState.REVERTING;
        started(down, Phase.EXPAND, RunEvent.Direction.BACK, resumed);
        if (!resumed && OneTransaction.fits(down.expand())) {
            StepMetrics metrics = new OneTransaction(scope).takeBack(down);
            return finished(down, MigrationState.REVERTED, down.expand().size(), metrics);
        }
        requireNoSecrets(down, "down");
        Instant start = Instant.now();
        if (!resumed) {
            scope.record((journal, session) -> {
                journal.state(session, record.version(), MigrationState.REVERTING, Duration.ZERO);
                journal.downPlan(session, record.version(), down);
            });
        }
        String next = "sluice down (goes on from here)";
        PhaseRun steps = new PhaseRun(scope, down, find(record.version()));
        new Attempt(scope, record.plan()).run(() -> steps.downScript(), next);
        return ended(down, MigrationState.REVERTED, steps, start);
    }

    /** Several steps go on from the journal, where passwords are not kept; in its place something else would be run. */
    private static void requireNoSecrets(Plan plan, String command) {
        if (PlanSecrets.hasAny(plan)) {
            throw new SluiceException(
                    ExitCode.HAZARD_BLOCKED,
                    "migration " + plan.migration().version()
                            + " has a password in it and takes several steps: those go on"
                            + " from the journal, which keeps no passwords\n  state: nothing was changed\n  next: put the"
                            + " statement with the password into a migration of its own (it then runs in one transaction), or"
                            + " run it outside migrations; then sluice " + command);
        }
    }

    private Outcome ended(Plan plan, MigrationState end, PhaseRun steps, Instant start) {
        Duration worked = Duration.between(start, Instant.now());
        scope.record(
                (journal, session) -> journal.state(session, plan.migration().version(), end, worked));
        return finished(
                plan, end, steps.stepsRun(), new StepMetrics(Duration.ZERO, steps.longestLockHeld(), worked, 0, 1));
    }

    Optional<Migration> find(String version) {
        VersionOrder order = new VersionOrder();
        return graph.order().stream()
                .filter(migration -> order.compare(migration.version(), version) == 0)
                .findFirst();
    }

    /** What the files are compared with. */
    static Optional<AppliedMigration> applied(JournalRecord record) {
        return switch (record.state()) {
            case PENDING, REVERTED -> Optional.empty();
            case EXPANDING, CONTRACTING, PURGING, REVERTING ->
                Optional.of(new AppliedMigration(
                        record.version(), record.upChecksum(), AppliedMigration.Progress.UNDERWAY));
            case EXPANDED ->
                Optional.of(new AppliedMigration(
                        record.version(), record.upChecksum(), AppliedMigration.Progress.EXPANDED));
            case APPLIED, PURGED ->
                Optional.of(
                        new AppliedMigration(record.version(), record.upChecksum(), AppliedMigration.Progress.APPLIED));
        };
    }

    private void started(Plan plan, Phase phase, RunEvent.Direction direction, boolean resumed) {
        scope.cancellation().check();
        scope.listener().on(new RunEvent.MigrationStarted(plan, phase, direction, resumed));
    }

    private Outcome finished(Plan plan, MigrationState state, int steps, StepMetrics metrics) {
        String version = plan.migration().version();
        String name = plan.migration().name();
        scope.listener().on(new RunEvent.MigrationFinished(version, name, state, metrics.duration()));
        return new Outcome(version, name, state, plan, steps, metrics.duration(), metrics.lockHeld());
    }
}
