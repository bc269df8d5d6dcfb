package dev.sluice.run;

import dev.sluice.ExitCode;
import dev.sluice.Settings;
import dev.sluice.SluiceException;
import dev.sluice.db.ConnectionSource;
import dev.sluice.db.Session;
import dev.sluice.migration.InvalidMigrationsException;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationGraph;
import dev.sluice.migration.MigrationKind;
import dev.sluice.migration.MigrationStanding;
import dev.sluice.migration.OutOfOrder;
import dev.sluice.plan.Plan;
import dev.sluice.plan.StepTables;
import dev.sluice.run.MigrationState.Move;
import dev.sluice.run.RunResult.Outcome;
import dev.sluice.sql.QualifiedName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Carries out the commands of {@link dev.sluice.Migrator} that change something; it documents them. */
public final class Runner {

    private final ConnectionSource connections;
    private final MigrationGraph graph;
    private final Pending pending;
    private final PlanSource plans;
    private final Settings settings;
    private final RunListener listener;
    private volatile Cancellation current = new Cancellation();

    public Runner(
            ConnectionSource connections,
            MigrationGraph graph,
            PlanSource plans,
            Settings settings,
            RunListener listener) {
        this.connections = connections;
        this.graph = graph;
        this.pending = new Pending(graph);
        this.plans = plans;
        this.settings = settings;
        this.listener = listener;
    }

    public RunResult up(UpOptions options) {
        if (options.dryRun()) {
            return dryUp(options);
        }
        return pending.isCertainlyNothing(connections, options)
                ? new RunResult(List.of(), Optional.empty())
                : withAllRights(options);
    }

    /** The first run of a role may lack more than the right to make the journal: all of it is said at once. */
    private RunResult withAllRights(UpOptions options) {
        try {
            return with(scope -> up(scope, options));
        } catch (MissingRightsException e) {
            throw plans(e, options);
        }
    }

    private MissingRightsException plans(MissingRightsException lacking, UpOptions options) {
        try (Session session = Session.open(connections, "plan")) {
            List<Migration> first =
                    Pending.selected(pending.standing(List.of(), options).pending(), options);
            if (JournalSchema.exists(session) || first.isEmpty()) {
                return lacking;
            }
            plans.expect(first.subList(0, 1));
            Plan plan = plans.plan(first.get(0), session);
            return lacking.plus("migration " + plan.migration().version(), Preflight.ofPlan(session, plan));
        } catch (SluiceException e) {
            lacking.addSuppressed(e); // what stands in the way of a plan is for the next run to say
            return lacking;
        }
    }

    public RunResult contract(Optional<String> version) {
        return with(scope -> onwards(scope, Move.CONTRACT, version));
    }

    public RunResult purge(Optional<String> version) {
        return with(scope -> onwards(scope, Move.PURGE, version));
    }

    public RunResult down(DownOptions options) {
        return options.dryRun() ? dryDown(options) : with(scope -> down(scope, options));
    }

    public HelpResult help() {
        Cancellation cancellation = new Cancellation();
        current = cancellation;
        return Assistant.help(connections, settings, CommandRun.oneAtATime(listener), cancellation);
    }

    public List<KeptThing> purgeKept() {
        return with(KeptThings::drop);
    }

    public void speed(double share) {
        try (Session session = Session.open(connections, "speed")) {
            Speed.write(session, share, settings.actor());
        }
    }

    public void interrupt() {
        current.cancel(() -> new InterruptedRunException("stopped on request\n  next: the same command again"));
    }

    private <T> T with(CommandRun.Work<T> work) {
        Cancellation cancellation = new Cancellation();
        current = cancellation;
        return CommandRun.with(connections, settings, listener, cancellation, work);
    }

    private RunResult up(Scope scope, UpOptions options) {
        List<JournalRecord> records = records(scope);
        MigrationStanding standing = pending.standing(records, options);
        Map<String, JournalRecord> byVersion =
                records.stream().collect(Collectors.toMap(JournalRecord::version, record -> record));
        Lifecycle lifecycle = new Lifecycle(scope, plans, graph);
        List<Outcome> outcomes = new ArrayList<>();
        Map<String, Plan> open = new HashMap<>();
        records.stream()
                .filter(record -> record.state() == MigrationState.EXPANDED)
                .forEach(record -> open.put(record.version(), record.plan()));
        List<Migration> selected = Pending.selected(standing.pending(), options);
        plans.expect(selected);
        for (JournalRecord record : records) {
            if (record.state() == MigrationState.EXPANDING) {
                Migration migration = lifecycle.find(record.version()).orElseThrow();
                settle(lifecycle.resumeExpand(record, migration), options, lifecycle, outcomes, open);
            }
        }
        for (Migration migration : selected) {
            Optional<JournalRecord> record = Optional.ofNullable(byVersion.get(migration.version()));
            record.filter(known -> migration.kind() != MigrationKind.REPEATABLE)
                    .ifPresent(known -> known.state().begin(Move.UP, known.version()));
            Lifecycle.Expanded expanded =
                    lifecycle.expand(migration, record.isPresent(), plan -> objection(plan, open));
            if (expanded.objection().isPresent()) {
                return new RunResult(outcomes, expanded.objection());
            }
            expanded.outcome().ifPresent(outcome -> settle(outcome, options, lifecycle, outcomes, open));
        }
        return new RunResult(outcomes, Optional.empty());
    }

    /** Contracts right away what was expanded, when that was asked for. */
    private void settle(
            Outcome outcome, UpOptions options, Lifecycle lifecycle, List<Outcome> outcomes, Map<String, Plan> open) {
        if (outcome.state() != MigrationState.EXPANDED) {
            outcomes.add(outcome);
            return;
        }
        if (!options.contract()) {
            outcomes.add(outcome);
            open.put(outcome.version(), outcome.plan());
            return;
        }
        Outcome contracted = lifecycle.contract(outcome.version());
        Duration held = outcome.longestLockHeld().compareTo(contracted.longestLockHeld()) > 0
                ? outcome.longestLockHeld()
                : contracted.longestLockHeld();
        outcomes.add(new Outcome(
                outcome.version(),
                outcome.name(),
                contracted.state(),
                outcome.plan(),
                outcome.stepsRun() + contracted.stepsRun(),
                outcome.duration().plus(contracted.duration()),
                held));
        open.remove(outcome.version());
    }

    /** A table is between two schemas for one migration at a time. */
    private static Optional<String> objection(Plan plan, Map<String, Plan> open) {
        if (open.isEmpty()) {
            return Optional.empty();
        }
        Set<QualifiedName> tables = StepTables.of(plan);
        return open.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(other -> {
                    Set<QualifiedName> shared = new TreeSet<>(StepTables.of(other.getValue()));
                    shared.retainAll(tables);
                    return shared.stream()
                            .map(
                                    table -> "migration " + plan.migration().version() + " changes " + table
                                            + ", which migration " + other.getKey()
                                            + " has expanded and not yet contracted"
                                            + "\n  next: deploy the new application version, then sluice contract, then sluice up");
                })
                .findFirst();
    }

    private RunResult onwards(Scope scope, Move move, Optional<String> version) {
        Lifecycle lifecycle = new Lifecycle(scope, plans, graph);
        List<JournalRecord> records = records(scope);
        List<JournalRecord> chosen = chosen(records, move, version);
        if (move == Move.CONTRACT) {
            graph.requireUnchanged(chosen.stream()
                    .flatMap(record -> Lifecycle.applied(record).stream())
                    .toList());
        }
        if (move == Move.CONTRACT && chosen.isEmpty()) {
            return new RunResult(List.of(), tooEarly(records));
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (JournalRecord record : chosen) {
            outcomes.add(move == Move.CONTRACT ? lifecycle.contract(record) : lifecycle.purge(record));
        }
        return new RunResult(outcomes, Optional.empty());
    }

    /** Whoever asks for contract and gets nothing should hear that {@code up} has not been there yet. */
    private Optional<String> tooEarly(List<JournalRecord> records) {
        records.stream()
                .filter(record -> record.state().isOpen())
                .forEach(record -> record.state().begin(Move.CONTRACT, record.version()));
        List<Migration> pending;
        try {
            pending = this.pending
                    .standing(records, UpOptions.all().withOutOfOrder(OutOfOrder.ALLOW))
                    .pending();
        } catch (InvalidMigrationsException e) {
            return Optional.empty(); // that is for up to say: contract has nothing to do with these files
        }
        return pending.isEmpty()
                ? Optional.empty()
                : Optional.of("nothing to contract: no migration is expanded, and "
                        + (pending.size() == 1
                                ? "migration " + pending.get(0).version() + " is"
                                : pending.size() + " migrations are")
                        + " pending\n  next: sluice up");
    }

    private static List<JournalRecord> chosen(List<JournalRecord> records, Move move, Optional<String> version) {
        if (version.isPresent()) {
            JournalRecord record = records.stream()
                    .filter(known -> known.version().equals(version.get()))
                    .findFirst()
                    .orElseThrow(() -> unknown(version.get()));
            record.state().begin(move, record.version());
            return List.of(record);
        }
        return records.stream()
                .filter(record -> move == Move.CONTRACT
                        ? record.state() == MigrationState.EXPANDED || record.state() == MigrationState.CONTRACTING
                        : record.state() == MigrationState.PURGING
                                || record.state() == MigrationState.APPLIED
                                        && !record.plan().purge().isEmpty())
                .toList();
    }

    private RunResult down(Scope scope, DownOptions options) {
        Lifecycle lifecycle = new Lifecycle(scope, plans, graph);
        List<Outcome> outcomes = new ArrayList<>();
        List<JournalRecord> chosen = downwards(records(scope), options);
        if (options.contractOnly()) {
            return uncontract(lifecycle, chosen);
        }
        for (JournalRecord record : chosen) {
            outcomes.add(lifecycle.down(record));
        }
        return new RunResult(outcomes, Optional.empty());
    }

    /** Migrations without a contract phase stay: the old version works with what they added. */
    private static RunResult uncontract(Lifecycle lifecycle, List<JournalRecord> chosen) {
        List<Outcome> outcomes = new ArrayList<>();
        Map<String, Plan> open = new HashMap<>();
        for (JournalRecord record : chosen) {
            Optional<String> objection = objection(record.plan(), open);
            if (objection.isPresent()) {
                return new RunResult(
                        outcomes,
                        Optional.of("migration " + record.version() + " changed a table of a later migration, which is"
                                + " expanded now\n  next: stop the new application version, then sluice down for the later"
                                + " migration, then sluice down --contract-only"));
            }
            if (record.state() != MigrationState.EXPANDED
                    && (chosen.size() == 1 || record.plan().hasContract())) {
                outcomes.add(lifecycle.uncontract(record));
            }
            if (record.plan().hasContract()) {
                open.put(record.version(), record.plan());
            }
        }
        return new RunResult(
                outcomes,
                outcomes.isEmpty()
                        ? Optional.of("no contract to take back: both application versions work\n  next: sluice down,"
                                + " when the new version runs no more")
                        : Optional.empty());
    }

    /** Last begun first. */
    private static List<JournalRecord> downwards(List<JournalRecord> records, DownOptions options) {
        List<JournalRecord> standing = records.stream()
                .filter(record -> !record.state().isPending())
                .sorted(Comparator.comparing(JournalRecord::position).reversed())
                .toList();
        int count = options.count();
        if (options.through().isPresent()) {
            List<String> versions =
                    standing.stream().map(JournalRecord::version).toList();
            int last = versions.indexOf(options.through().get());
            if (last < 0) {
                throw unknown(options.through().get());
            }
            count = last + 1;
        }
        return standing.subList(0, Math.min(count, standing.size()));
    }

    private RunResult dryUp(UpOptions options) {
        try (Session session = Session.open(connections, "plan")) {
            List<JournalRecord> records = JournalSchema.exists(session) ? JournalReader.migrations(session) : List.of();
            List<Migration> pending =
                    Pending.selected(this.pending.standing(records, options).pending(), options);
            if (pending.isEmpty()) {
                return new RunResult(List.of(), Optional.empty());
            }
            plans.expect(pending.subList(0, 1));
            Plan plan = plans.plan(pending.get(0), session);
            return new RunResult(
                    List.of(unchanged(plan, MigrationState.PENDING)), Optional.of("dry run: nothing was changed"));
        }
    }

    private RunResult dryDown(DownOptions options) {
        try (Session session = Session.open(connections, "plan")) {
            List<JournalRecord> records = JournalSchema.exists(session) ? JournalReader.migrations(session) : List.of();
            List<Outcome> outcomes = downwards(records, options).stream()
                    .map(record -> unchanged(record.plan(), record.state()))
                    .toList();
            return new RunResult(outcomes, Optional.of("dry run: nothing was changed"));
        }
    }

    private static Outcome unchanged(Plan plan, MigrationState state) {
        return new Outcome(
                plan.migration().version(), plan.migration().name(), state, plan, 0, Duration.ZERO, Duration.ZERO);
    }

    private static List<JournalRecord> records(Scope scope) {
        return JournalReader.migrations(scope.worker().session());
    }

    private static SluiceException unknown(String version) {
        return new SluiceException(
                ExitCode.USAGE, "version " + version + " is not in this database\n  next: sluice status");
    }
}
