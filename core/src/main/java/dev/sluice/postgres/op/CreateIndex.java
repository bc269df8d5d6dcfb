package dev.sluice.postgres.op;

import dev.sluice.catalog.Table;
import dev.sluice.catalog.View;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Note;
import dev.sluice.plan.Probe;
import dev.sluice.plan.Step;
import dev.sluice.planner.About;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.ExpressionFacts;
import dev.sluice.planner.Operation;
import dev.sluice.planner.SafeForms;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.Slot;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * CREATE INDEX: always CONCURRENTLY. In expand, after the backfill; a unique index restricts what may be written and
 * waits for contract, after a look for duplicates.
 */
final class CreateIndex implements Operation {

    @Override
    public String id() {
        return "create-index";
    }

    @Override
    public About about() {
        return About.of("Create an index", "`CREATE [UNIQUE] INDEX`")
                .expand("""
                        Built `CONCURRENTLY`, whatever the script says, after the backfill if it is about new columns.
                        Method, expressions, predicate, `INCLUDE`, operator classes, `WITH` and tablespace stay as
                        written; an index without a name gets the one PostgreSQL would give. On a partitioned table: `ON
                        ONLY` the parent, then each partition concurrently, then `ATTACH`; where the script itself says `ON
                        ONLY`, the parent's alone.
                        """)
                .contract("""
                        A unique one, since it restricts what may be written; first a look for duplicates.
                        """)
                .undo("`DROP INDEX CONCURRENTLY`.")
                .locks("""
                        `SHARE UPDATE EXCLUSIVE`: readers and writers go on. The build waits for transactions older than
                        itself; who they are is shown. On a partitioned table, which builds nothing itself, `SHARE` for a
                        moment.
                        """)
                .with("After a crash", """
                        The name is journalled before the build; an invalid index of that name is dropped and built
                        again.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        if (!change.kind().equals("IndexStmt")) {
            return false;
        }
        if (ReplacedThing.isPlanned(draft, change)) {
            return true;
        }
        Node node = change.command();
        Node relation = change.relation();
        Optional<TableDraft> table = draft.findTable(relation);
        Optional<String> schema = Optional.of(relation.text("schemaname")).filter(s -> !s.isEmpty());
        Optional<View> view =
                table.isPresent() ? Optional.empty() : draft.catalog().resolveView(schema, relation.text("relname"));
        if (view.isEmpty()) {
            draft.table(change);
        }
        QualifiedName on =
                view.map(View::name).orElseGet(() -> table.orElseThrow().name());
        IndexDefinition definition = IndexDefinition.of(change.statement());
        String given = node.text("idxname");
        QualifiedName index =
                on.withName(given.isEmpty() ? GeneratedNames.index(draft, change, on, definition.names()) : given);
        if (isThere(change, draft, index)) {
            return true;
        }
        draft.created(index);
        if (table.isEmpty()) {
            draft.add(
                    change,
                    Slot.INDEX,
                    SafeForms.of(draft, change.source())
                            .buildIndexOfMatview(
                                    on,
                                    index,
                                    definition.create(index, on, false),
                                    "CONCURRENTLY: readers of the materialized view go on"));
            return true;
        }
        plan(change, draft, table.get(), index, definition);
        return true;
    }

    private static boolean isThere(Change change, Draft draft, QualifiedName index) {
        boolean exists = draft.catalog().index(index).isPresent()
                        && !ScriptBefore.of(draft, change).frees(index.name())
                || draft.isNew(index);
        if (!exists) {
            return false;
        }
        if (change.command().flag("if_not_exists")) {
            draft.note(Note.Level.INFO, change.source(), "index " + index + " exists already: nothing to do");
            return true;
        }
        throw draft.refuse(
                change,
                "duplicate-relation",
                "relation \"" + index.name() + "\" exists already",
                "Give the index another name, or write IF NOT EXISTS.");
    }

    private static void plan(
            Change change, Draft draft, TableDraft table, QualifiedName index, IndexDefinition definition) {
        List<String> columns = List.copyOf(definition.columns());
        ColumnState.require(
                draft,
                change,
                table,
                Stream.of("indexParams", "indexIncludingParams")
                        .flatMap(part -> change.command().list(part).stream())
                        .map(part -> part.text("name"))
                        .filter(name -> !name.isEmpty())
                        .toList());
        boolean late = definition.unique() && RowsOrder.changesLate(draft, table.name());
        boolean waits = late || table.waitsForSwap(columns);
        boolean replaces = draft.catalog().index(index).isPresent();
        boolean restricts = definition.unique() && !ColumnState.ofKey(table, columns, definition.nullsNotDistinct());
        Slot slot = waits || replaces ? Slot.AFTER_SWAP : restricts ? Slot.PREPARE : Slot.INDEX;
        Placement.remember(draft, slot, index.name());
        if (replaces && ScriptBefore.of(draft, change).drops(index.name())) {
            draft.note(
                    Note.Level.WARNING,
                    change.source(),
                    "between the drop of index " + index.name() + " and the end of its build there is no such index");
        }
        preflight(change, draft, table, index, definition, waits);
        if (restricts && !late) {
            draft.add(
                    change,
                    Slot.CONTRACT_PREFLIGHT,
                    draft.step(
                                    change,
                                    "duplicates " + index.name(),
                                    "look for duplicates of " + String.join(", ", definition.keys()) + " in "
                                            + table.name().name())
                            .because("the unique index cannot be built over them, in a plain run neither")
                            .lock(table.name(), LockMode.ACCESS_SHARE)
                            .scans(table.table())
                            .check(
                                    new Probe.NoResult(
                                            beforeSwap(draft, table, definition).duplicates(table.name())),
                                    "These values occur more than once. Change or remove the rows, then run contract again."));
        }
        if (table.table().kind() == Table.Kind.PARTITIONED) {
            if (change.relation().flag("inh")) {
                PartitionedIndex.of(draft, change, table.table(), index, definition)
                        .addTo(slot);
            } else {
                draft.add(change, slot, PartitionedIndex.ofParentOnly(draft, change, table.table(), index, definition));
            }
            return;
        }
        draft.add(
                change,
                slot,
                SafeForms.of(draft, change.source())
                        .buildIndex(table.table(), index, definition.create(index, table.name(), false), -1));
    }

    /** The definition over the columns as they are called before the swap. */
    private static IndexDefinition beforeSwap(Draft draft, TableDraft table, IndexDefinition definition) {
        return new IndexDefinition(
                definition.unique(),
                definition.nullsNotDistinct(),
                definition.tail(),
                definition.keys().stream()
                        .map(k -> ColumnState.beforeSwap(draft, table, k))
                        .toList(),
                definition.expressions(),
                definition.predicate().map(p -> ColumnState.beforeSwap(draft, table, p)),
                definition.columns(),
                definition.names());
    }

    /** An expression that fails for a row stops the build; later it would stop the writes of either version. */
    private static void preflight(
            Change change,
            Draft draft,
            TableDraft table,
            QualifiedName index,
            IndexDefinition definition,
            boolean waits) {
        List<String> risky = definition.expressions().stream()
                .filter(e -> !new ExpressionFacts(draft.expression(e), draft.catalog()).isTotal())
                .toList();
        if (risky.isEmpty()
                || definition.columns().stream()
                        .anyMatch(c -> table.isAdded(c) || table.before(c).isEmpty())) {
            return;
        }
        Step check = draft.step(
                        change,
                        "evaluate " + index.name(),
                        "evaluate " + String.join(", ", risky) + " for every row of "
                                + table.name().name())
                .because("an index expression that fails for a row makes the build fail, and later writes")
                .lock(table.name(), LockMode.ACCESS_SHARE)
                .scans(table.table())
                .check(
                        new Probe.Evaluates(
                                table.name(),
                                risky.stream()
                                        .map(e -> ColumnState.beforeSwap(draft, table, e))
                                        .toList(),
                                definition
                                        .predicate()
                                        .map(p -> ColumnState.beforeSwap(draft, table, p))
                                        .orElse("true"),
                                SafeForms.keyColumns(table.table())),
                        "The index expression fails for this row. Correct the row or the expression.");
        draft.add(change, waits ? Slot.CONTRACT_PREFLIGHT : Slot.PREFLIGHT, check);
        draft.note(
                Note.Level.WARNING,
                change.source(),
                "an INSERT or UPDATE for whose row " + String.join(", ", risky) + " fails will be rejected once index "
                        + Identifier.quote(index.name()) + " exists");
    }
}
