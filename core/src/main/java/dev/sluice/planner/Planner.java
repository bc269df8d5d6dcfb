package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Catalog;
import dev.sluice.parser.PgParser;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Probe;
import dev.sluice.plan.Step;
import dev.sluice.plan.StepTables;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the plan of a migration from its script and the catalog it meets. Pure: the same request gives the same plan.
 * Thread-safe.
 *
 * <p>Every statement is taken apart into {@link Change changes}. What concerns only tables without anything to protect
 * keeps the plain statement. Every other change is given to the operations in the order of their list; the first that
 * knows it plans it. What none of them knows is refused.
 */
public final class Planner {

    private final PgParser parser;
    private final List<Operation> operations;
    /** That of the catalog planned against last: building a fresh database plans against one catalog, many times. */
    private volatile @Nullable Fingerprinted last;

    private record Fingerprinted(Catalog catalog, String fingerprint) {}

    public Planner(PgParser parser, List<Operation> operations) {
        this.parser = requireNonNull(parser);
        this.operations = List.copyOf(operations);
    }

    /** @throws PlanRefusedException with every change that cannot be done safely */
    public Plan plan(PlanRequest request) {
        PlanRequest withPath = withPath(request);
        return asWritten(request, withPath)
                .map(plan -> request.down().isPresent()
                        ? plan
                        : WayBack.of(
                                plan,
                                () -> apart(request, withPath),
                                !protection(withPath).nothingToProtect()))
                .orElseGet(() -> apart(request, withPath));
    }

    /**
     * The same for one of many migrations of a database that nobody uses: what runs as written is given no way back, which
     * takes longer to find than the rest of such a plan.
     */
    public Plan planForFreshDatabase(PlanRequest request) {
        PlanRequest withPath = withPath(request);
        return asWritten(request, withPath).orElseGet(() -> apart(request, withPath));
    }

    private static Protection protection(PlanRequest request) {
        return new Protection(request.catalog(), request.createdInThisRun());
    }

    private static PlanRequest withPath(PlanRequest request) {
        return request.withCatalog(ScriptSettings.catalog(request));
    }

    /**
     * Empty when the script touches what is in use.
     *
     * @param given with the catalog as it was read, which is compared before anything runs
     */
    private Optional<Plan> asWritten(PlanRequest given, PlanRequest withPath) {
        Draft draft = new Draft(withPath, parser);
        if (protection(withPath).nothingToProtect()
                || new PlainStatements(new Draft(withPath, parser)).everythingIsConfined(withPath)) {
            new PlainStatements(draft).whole(withPath);
            return Optional.of(plan(given, draft));
        }
        return Optional.empty();
    }

    private Plan apart(PlanRequest given, PlanRequest asWritten) {
        GuardedStatements guarded = new GuardedStatements(asWritten.catalog(), parser);
        PlanRequest request = guarded.open(asWritten);
        Draft changes = new Draft(request, parser);
        guarded.notes().forEach(note -> changes.note(note.level(), note.source(), note.text()));
        planChanges(request, changes, new PlainStatements(changes));
        return plan(given, changes);
    }

    private Plan plan(PlanRequest request, Draft draft) {
        return new Plan(
                request.migration(),
                request.catalog().serverVersion(),
                fingerprint(request.catalog()),
                draft.catalog().searchPath().stream().map(Identifier::quote).collect(Collectors.joining(", ")),
                draft.steps(Phase.EXPAND),
                draft.steps(Phase.CONTRACT),
                draft.steps(Phase.PURGE),
                draft.notes());
    }

    @SuppressWarnings("ReferenceEquality") // comparing two catalogs would cost more than it saves
    private String fingerprint(Catalog catalog) {
        Fingerprinted known = last;
        if (known == null || known.catalog() != catalog) {
            known = new Fingerprinted(catalog, catalog.fingerprint());
            last = known;
        }
        return known.fingerprint();
    }

    private void planChanges(PlanRequest request, Draft draft, PlainStatements plain) {
        List<Refusal> refusals = new ArrayList<>();
        for (Statement statement : request.up().statements()) {
            try {
                ScriptSettings.require(statement, draft);
                requireTarget(statement, draft);
                NewTableKeys.requireOldNames(draft, statement);
                RenamedLabels.requireNone(statement, draft);
                VolatileFunctions.tell(statement, draft);
            } catch (ChangeRefused e) {
                refusals.add(e.refusal());
                continue;
            }
            if (plain.take(statement)) {
                continue;
            }
            for (Change change : Change.of(statement)) {
                try {
                    planChange(change, draft);
                } catch (ChangeRefused e) {
                    refusals.add(e.refusal());
                }
            }
        }
        plain.flush();
        List<ColumnChanges> tables = new ArrayList<>();
        for (TableDraft table : inOrder(draft, refusals)) {
            try {
                ColumnChanges changes = new ColumnChanges(draft, table);
                changes.plan();
                tables.add(changes);
            } catch (ChangeRefused e) {
                refusals.add(e.refusal());
            }
        }
        ColumnChanges.swap(draft, tables);
        tables.forEach(ColumnChanges::planBetweenTables);
        List<SwapParts> together =
                tables.stream().flatMap(table -> table.together().stream()).toList();
        if (!together.isEmpty()) {
            SwapParts.addTo(draft, together, draft.typeExchanges());
        }
        for (TableDraft table : draft.tables()) {
            try {
                requireNothingUnderTheOldName(draft, table);
            } catch (ChangeRefused e) {
                refusals.add(e.refusal());
            }
        }
        if (!refusals.isEmpty()) {
            throw new PlanRefusedException(refusals);
        }
    }

    /** Where there is no order, the others are still looked at. */
    private static Collection<TableDraft> inOrder(Draft draft, List<Refusal> refusals) {
        try {
            return Lookups.inOrder(draft);
        } catch (ChangeRefused e) {
            refusals.add(e.refusal());
            return draft.tables();
        }
    }

    /** A statement on a relation that does not exist would fail when its turn comes; it is better told before anything runs. */
    private static void requireTarget(Statement statement, Draft draft) {
        Node target = statement.node().get("relation");
        boolean changesIt = Set.of(
                        "AlterTableStmt", "IndexStmt", "UpdateStmt", "InsertStmt", "DeleteStmt", "CreateTrigStmt")
                .contains(statement.type());
        boolean alwaysThere = Set.of("OBJECT_TYPE", "OBJECT_FOREIGN_TABLE")
                .contains(statement.node().text("objtype"));
        if (!changesIt
                || alwaysThere
                || statement.node().flag("missing_ok")
                || target.text("schemaname").startsWith("pg_")) {
            return;
        }
        if (!draft.exists(target)) {
            throw draft.missing(Change.of(statement).get(0), target);
        }
    }

    /** A step, or a way back, that comes after the rename of its table and does not know of it would fail. */
    private static void requireNothingUnderTheOldName(Draft draft, TableDraft table) {
        if (table.newName().isEmpty()) {
            return;
        }
        String rename = "ALTER TABLE " + table.name().quoted() + " RENAME TO ";
        List<Step> after = new ArrayList<>(draft.steps(Slot.SWAP).stream()
                .dropWhile(step -> step.statements().stream().noneMatch(sql -> sql.contains(rename)))
                .skip(1)
                .toList());
        after.addAll(draft.steps(Slot.AFTER_SWAP));
        for (Step step : after) {
            boolean undoKnowsIt = step.info().undo().stream().anyMatch(undo -> names(undo, table.name()));
            if (undoKnowsIt || names(step, table.name()) || runsWithOldName(draft, step, table)) {
                throw draft.refuse(
                        table.newName().get().change(),
                        "rename-table",
                        "the script renames " + table.name() + ", and does more to it that has to wait for the rename: "
                                + step.info().title(),
                        "Rename the table in a migration of its own, contract included.");
            }
        }
    }

    /** Whether the step works on the table, or has SQL of Sluice's that names it (with its schema, as all of that does). */
    private static boolean names(Step step, QualifiedName table) {
        Pattern name = Pattern.compile(Pattern.quote(table.quoted()) + "(?![\\w$\"])");
        List<String> sql = new ArrayList<>(step.statements());
        if (step instanceof Step.Brief brief) {
            brief.guards().forEach(guard -> sql.add(guard.query()));
        }
        if (step instanceof Step.Check check && check.probe() instanceof Probe.NoResult question) {
            sql.add(question.sql());
        }
        if (step instanceof Step.Backfill backfill) {
            backfill.assignments().forEach(assignment -> sql.add(assignment.expression()));
            sql.add(backfill.pending());
        }
        if (step instanceof Step.BatchedDml dml) {
            dml.assignments().forEach(assignment -> sql.add(assignment.expression()));
            sql.add(dml.where());
        }
        if (step instanceof Step.Discard discard) {
            sql.add(discard.keepWhen());
        }
        return StepTables.of(step).contains(table)
                || sql.stream().anyMatch(text -> name.matcher(text).find());
    }

    /** Whether the step runs a statement of the script, as written, that knows the table by its old name. */
    private static boolean runsWithOldName(Draft draft, Step step, TableDraft table) {
        return draft.request().up().statements().stream()
                .filter(s -> step.statements().stream().anyMatch(sql -> sql.contains(s.sql())))
                .flatMap(s -> Mentions.of(s).stream())
                .anyMatch(mention ->
                        mention.resolve(draft.catalog(), table.name()::equals).isPresent());
    }

    private static void requireLocksNeeded(Change change, Draft draft) {
        if (draft.directives().namesLocksOf(change)
                && !draft.has(new Mark.RunsAsAllowed(change.statement().start()))) {
            throw draft.refuse(
                    change,
                    "locks-of-known-statement",
                    "-- sluice:locks stands above a statement that does not run as written: which locks it takes follows from"
                            + " its plan",
                    "Remove the line.");
        }
    }

    private void planChange(Change change, Draft draft) {
        NewDependents.requireNone(change, draft);
        AllColumns.requireAsInPlainRun(change, draft);
        for (Operation operation : operations) {
            if (operation.plan(change, draft)) {
                requireLocksNeeded(change, draft);
                return;
            }
        }
        throw draft.refuse(
                change,
                "unknown-change",
                "Sluice has no safe plan for this statement (" + change.kind() + ") on a table in use",
                "Run it in a maintenance window outside Sluice, or write the change with statements that"
                        + " `docs/operations` lists.");
    }
}
