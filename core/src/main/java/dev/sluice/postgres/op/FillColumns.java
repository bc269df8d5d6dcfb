package dev.sluice.postgres.op;

import dev.sluice.catalog.Column;
import dev.sluice.planner.About;
import dev.sluice.planner.AddedColumn;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.FillExpressions;
import dev.sluice.planner.Lookups;
import dev.sluice.planner.Operation;
import dev.sluice.planner.SafeForms;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.Slot;
import dev.sluice.planner.TableDraft;
import dev.sluice.planner.UpdateParts;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * UPDATE of columns that the same script adds: not a change of data but the definition of the new columns, which both
 * versions then keep true.
 */
final class FillColumns implements Operation {

    /** Makes other rows of a relation, or another relation. */
    private static final Set<String> CHANGING = Set.of(
            "InsertStmt",
            "UpdateStmt",
            "DeleteStmt",
            "MergeStmt",
            "TruncateStmt",
            "CopyStmt",
            "DropStmt",
            "RenameStmt",
            "AlterObjectSchemaStmt",
            "AT_DropColumn",
            "AT_AlterColumnType",
            "RefreshMatViewStmt");

    private static final Set<String> READING =
            Set.of("InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt", "CreateTableAsStmt", "SelectStmt");

    @Override
    public String id() {
        return "fill-column";
    }

    @Override
    public About about() {
        return About.of("Fill a new column", """
                        `ALTER TABLE … ADD COLUMN c …; UPDATE t SET c = expression [WHERE …]` in one script. The UPDATE
                        is not run. It is read as the definition of the column: what every row's value is made from.
                        """)
                .expand("""
                        A trigger keeps the column true for whatever either version writes, a backfill fills the old
                        rows in batches, a sweep over the whole table checks that none was missed. The way back (old
                        columns from the new one) is the down script's UPDATE.
                        """)
                .contract("""
                        The trigger is dropped, together with the old columns if the script drops them.
                        """)
                .undo("Trigger and column are dropped in one transaction.")
                .locks("""
                        `ACCESS EXCLUSIVE`, for the catalog changes only; the backfill locks the rows of one batch.
                        """)
                .limits("""
                        With a `WHERE`, other rows get the column's default. A value may be looked up in other tables,
                        but not in rows that the script changes, nor in a column under a name or with a type that it has
                        only after contract.
                        """)
                .with("Forms", """
                        `SET a = …, b = …`, `SET (a, b) = (…, …)`, several UPDATEs one after another, `UPDATE … FROM` a
                        unique match.
                        """)
                .with("Sources that stay", """
                        When the script keeps a column that the expression reads, both versions write it, and the table
                        cannot tell which of them did. So until contract `c` is also set by an `INSERT` that leaves it
                        NULL and by an `UPDATE` that changes a source and not `c`, whichever version writes. The plan
                        notes it. An application that sets `c` itself is not affected.
                        """)
                .with("Looking up", """
                        `SET c = (SELECT o.c FROM o WHERE o.id = t.o_id)` and `UPDATE t SET c = o.c FROM o WHERE o.id =
                        t.o_id`, also where the script itself makes `o`, its rows or its column `c`: tables are filled
                        in the order in which they read one another. A row whose match comes after it, or that the other
                        table takes away or changes, fires no trigger here: contract looks once more for values that
                        are not there.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        if (!change.kind().equals("UpdateStmt")) {
            return false;
        }
        Optional<TableDraft> found = draft.findTable(change.relation());
        if (found.isEmpty() || found.get().added().isEmpty()) {
            return false;
        }
        TableDraft table = found.get();
        Set<String> targets = Set.copyOf(change.command().list("targetList").stream()
                .map(t -> t.text("name"))
                .toList());
        if (targets.stream().noneMatch(table::isAdded)) {
            return false;
        }
        table.addedInOrder().stream()
                .filter(column ->
                        targets.contains(column.name()) && column.rowByRow().isPresent())
                .findFirst()
                .ifPresent(column -> {
                    throw draft.refuse(
                            change,
                            "update-of-volatile-default",
                            "every row of " + table.name() + " gets a value of its own in the new column "
                                    + column.name() + ", and this statement gives it another one",
                            "Leave the DEFAULT out of ADD COLUMN, and write ALTER COLUMN … SET DEFAULT after this"
                                    + " statement.");
                });
        if (!targets.stream().allMatch(table::isAdded)) {
            throw draft.refuse(
                    change,
                    "update-mixed",
                    "one UPDATE sets new columns and existing ones",
                    "Write one UPDATE for the new columns and another for the existing ones.");
        }
        requireThere(change, draft);
        requireUnfilled(change, draft, table, targets);
        requireUnread(change, draft, table, targets);
        requireRowsAsTheyAre(change, draft, table);
        requireNewTablesAsTheyAre(change, draft);
        RowEvents.requireAsInPlainRun(change, draft, table);
        RowEvents.deferred(table.table(), RowEvents.assignedByTriggers(change, draft, table.table())).stream()
                .findFirst()
                .ifPresent(key -> {
                    throw draft.refuse(
                            change,
                            "fill-with-key-trigger",
                            "a trigger of " + table.name() + " changes "
                                    + String.join(", ", key.columns()) + " in each row that is filled, and "
                                    + key.name() + " (DEFERRABLE) need not hold before the last one: rows are filled in"
                                    + " batches, and those whose value is NULL not at all",
                            "Switch the trigger off in a migration before this one, and on again in one after it.");
                });
        RowEvents.tell(change, draft, table);
        RowEvents.tellOfBatches(change, draft, table);
        RowEvents.rules(change, table.table()).stream().findFirst().ifPresent(rule -> {
            throw draft.refuse(
                    change,
                    "fill-with-rule",
                    "rule " + rule.name() + " of " + table.name()
                            + " rewrites UPDATE: rows cannot be filled in batches",
                    "Drop the rule in a migration before this one, and make it again in one after it.");
        });
        Optional<UpdateParts> update = UpdateParts.of(change.statement());
        if (update.isEmpty()) {
            throw draft.refuse(
                    change,
                    "update-form",
                    "this form of UPDATE (WITH, RETURNING, or (a, b) = …) cannot be followed row by row",
                    "Write UPDATE table SET column = expression [FROM table] [WHERE condition].");
        }
        Map<String, AddedColumn> before = new HashMap<>(table.added());
        Map<String, AddedColumn.Fill> fills = new FillExpressions(
                        draft,
                        change,
                        update.get(),
                        target -> table.added(target).map(AddedColumn::type))
                .all(column -> valueBefore(change, draft, table, column), target -> base(before, target));
        fills.values().stream()
                .filter(AddedColumn.Fill::lookup)
                .flatMap(fill -> Lookups.readsWhatWaits(draft, fill).stream())
                .findFirst()
                .ifPresent(waiting -> {
                    int line = waiting.source().line();
                    throw draft.refuse(
                            change,
                            "fill-from-what-waits",
                            "this statement looks values up in a column that line " + line
                                    + " renames or gives another type, which the column has only after contract",
                            "Write this statement before line " + line + ", or line " + line
                                    + " in a migration before this one.");
                });
        fills.forEach((name, fill) -> table.put(table.added(name).orElseThrow().withFill(fill)));
        return true;
    }

    /** What reads a new column runs when that is filled, and would not find it empty, as in a plain run. */
    private static void requireUnread(Change change, Draft draft, TableDraft table, Set<String> targets) {
        ScriptBefore.of(draft, change).changes().stream()
                .filter(c -> READING.contains(c.kind()))
                .filter(c ->
                        draft.findTable(c.relation()).filter(t -> t == table).isEmpty())
                .filter(c -> c.statement().node().all("RangeVar").stream()
                        .anyMatch(relation -> draft.findTable(relation)
                                .filter(t -> t == table)
                                .isPresent()))
                .filter(c -> Placement.names(c.statement().sql()).stream().anyMatch(targets::contains))
                .findFirst()
                .ifPresent(reader -> {
                    throw draft.refuse(
                            change,
                            "read-before-fill",
                            "line " + reader.source().line() + " reads a column of " + table.name() + " that this"
                                    + " statement fills: it waits for new columns to be filled, and would find other rows"
                                    + " than in a plain run",
                            "Leave the column out of line " + reader.source().line()
                                    + " (it is empty there), or write this statement before it.");
                });
    }

    /** Rows that have a value by then are taken for filled. */
    private static void requireUnfilled(Change change, Draft draft, TableDraft table, Set<String> targets) {
        ScriptBefore.of(draft, change).changes().stream()
                .filter(c ->
                        draft.findTable(c.relation()).filter(t -> t == table).isPresent())
                .filter(c -> c.kind().equals("MergeStmt")
                        || c.kind().equals("InsertStmt")
                                && c.command().list("cols").stream()
                                        .anyMatch(column -> targets.contains(column.text("name"))))
                .findFirst()
                .ifPresent(insert -> {
                    throw draft.refuse(
                            change,
                            "fill-after-insert",
                            "line " + insert.source().line() + " gives rows a value in the column that this statement"
                                    + " fills, and a row that has one is not filled again",
                            "Leave that column out of line " + insert.source().line()
                                    + ", write that line after this statement, or this statement in a later migration.");
                });
    }

    /** Functions and relations that the script replaces, or makes, only in contract: until then they are others, or none. */
    private static void requireThere(Change change, Draft draft) {
        ScriptBefore before = ScriptBefore.of(draft, change);
        Node node = change.statement().node();
        Set<String> renamed = draft.catalog().tables().keySet().stream()
                .flatMap(name -> draft.findTable(name).stream())
                .flatMap(table -> table.newName().stream())
                .map(name -> name.after().name())
                .collect(Collectors.toSet());
        Set<String> read = Stream.concat(
                        Stream.concat(node.list("fromClause").stream(), node.list("targetList").stream()),
                        Stream.of(node.get("whereClause")))
                .flatMap(part -> part.all("RangeVar").stream())
                .map(relation -> relation.text("relname"))
                .collect(Collectors.toSet());
        Stream.concat(
                        node.all("FuncCall").stream().map(call -> ObjectNames.last(call.strings("funcname"))),
                        node.all("RangeVar").stream().map(relation -> relation.text("relname")))
                .filter(name -> before.drops(name)
                        || read.contains(name) && renamed.contains(name)
                        || draft.waitsFor(name)
                                .filter(slot -> slot.ordinal() > Slot.BACKFILL.ordinal())
                                .isPresent())
                .findFirst()
                .ifPresent(name -> {
                    throw draft.refuse(
                            change,
                            "fill-from-what-waits",
                            "this statement fills a new column by means of " + name
                                    + ", which has the form that the script gives it only after contract",
                            "Write what changes " + name + " in a migration before this one, or give it another name.");
                });
    }

    /** Rows that a statement before changes in contract only: the dual write does not see that, or fills from them long before. */
    private static void requireRowsAsTheyAre(Change change, Draft draft, TableDraft table) {
        Stream.concat(
                        change.statement().node().all("RangeVar").stream()
                                .flatMap(relation -> draft.findTable(relation).stream())
                                .map(TableDraft::name),
                        draft.newRelations(change.statement()).stream())
                .filter(read ->
                        draft.lastRowsChange(read).compareTo(read.equals(table.name()) ? Slot.PREPARE : Slot.BACKFILL)
                                > 0)
                .findFirst()
                .ifPresent(read -> {
                    throw draft.refuse(
                            change,
                            "fill-from-what-waits",
                            "this statement fills a new column from rows of " + read
                                    + ", and one before it changes such rows only in contract",
                            "Write the statement that changes the rows in a migration before this one.");
                });
    }

    /** What the script does to a new relation, it does before new columns are filled, wherever it stands. */
    private static void requireNewTablesAsTheyAre(Change change, Draft draft) {
        List<QualifiedName> read = draft.newRelations(change.statement());
        draft.request().up().statements().stream()
                .filter(later -> later.start() > change.statement().start())
                .filter(later -> draft.newRelations(later).stream().anyMatch(read::contains))
                .flatMap(later -> Change.of(later).stream())
                .filter(later -> CHANGING.contains(later.kind()))
                .filter(later -> !later.statement().node().has("relation")
                        || draft.newRelation(later.relation())
                                .filter(read::contains)
                                .isPresent())
                .findFirst()
                .ifPresent(later -> {
                    throw draft.refuse(
                            change,
                            "fill-from-what-changes",
                            "this statement fills a new column from a relation that the script makes, and line "
                                    + later.source().line() + " changes that before the column is filled",
                            "Write line " + later.source().line() + " in a migration after this one.");
                });
    }

    /** What a row has in the column before this statement, over the columns before the migration. */
    private static String valueBefore(Change change, Draft draft, TableDraft table, String column) {
        Optional<AddedColumn> added = table.added(column);
        if (added.isPresent()) {
            return base(table.added(), column)
                    .orElse("CAST(NULL AS " + added.get().type() + ")");
        }
        Column before = table.before(column)
                .orElseThrow(() -> draft.refuse(
                        change,
                        "missing-column",
                        "column \"" + column + "\" does not exist in table " + table.name(),
                        "Check the name."));
        // A BEFORE trigger runs before generated columns are computed: their expression takes their place.
        return before.generationExpression()
                .map(expression -> "("
                        + draft.expression(expression)
                                .rewrite(r -> Optional.of(FillExpressions.ROW + "." + Identifier.quote(r.column())))
                        + ")")
                .orElseGet(() -> FillExpressions.ROW + "." + Identifier.quote(before.name()));
    }

    private static Optional<String> base(Map<String, AddedColumn> added, String column) {
        AddedColumn before = added.get(column);
        if (before == null) {
            return Optional.empty();
        }
        return before.fill()
                // as the column stores it: rounded, of its scale, of its type for what is made of it
                .map(fill -> SafeForms.converted("(" + fill.expression().sql() + ")", before.type()))
                .or(() -> before.defaultExpression().map(d -> "CAST((" + d + ") AS " + before.type() + ")"));
    }
}
