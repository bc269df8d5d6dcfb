package dev.sluice.postgres.op;

import dev.sluice.plan.LockMode;
import dev.sluice.plan.Note;
import dev.sluice.plan.Step;
import dev.sluice.planner.AddedColumn;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Expression;
import dev.sluice.planner.ExpressionFacts;
import dev.sluice.planner.NewTableKeys;
import dev.sluice.planner.SafeForms;
import dev.sluice.planner.Slot;
import dev.sluice.planner.StepSpec;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** INSERT of the script: as written; the keys of what was inserted are kept, so that it can be taken back. */
final class InsertedRows {

    private InsertedRows() {}

    static void plan(Change change, Draft draft, TableDraft table) {
        requireOptional(change, draft, table);
        requireFilledBefore(change, draft, table);
        List<String> keys = KeptRows.keys(change, draft, table);
        Node node = change.command();
        boolean overwrites = node.get("onConflictClause").text("action").equals("ONCONFLICT_UPDATE");
        boolean simple = node.list("returningList").isEmpty()
                && !node.has("withClause")
                && !overwrites
                && RowEvents.rules(change, table.table()).isEmpty();
        Slot slot = RowsOrder.slot(change, draft, table);
        RowsOrder.requireDefaults(change, draft, table, slot);
        if (!keys.isEmpty()
                && !simple
                && SafeForms.isSmall(table.table())
                && WholeChange.assigned(change).noneMatch(keys::contains)) {
            draft.add(change, slot, new WholeChange(change, draft, table, keys).step());
            return;
        }
        StepSpec spec = draft.step(change, "insert " + table.name().name(), Placement.words(change))
                .because("additive: new rows, in one transaction")
                .lock(table.name(), LockMode.ROW_EXCLUSIVE);
        if (keys.isEmpty() || !simple) {
            draft.note(
                    overwrites ? Note.Level.LOSS : Note.Level.WARNING,
                    change.source(),
                    (overwrites
                                    ? "the inserted rows, and what ON CONFLICT DO UPDATE overwrites, cannot be taken back: "
                                    : "the inserted rows cannot be taken back: ")
                            + (keys.isEmpty()
                                    ? table.name() + " has no key"
                                    : overwrites
                                            ? SafeForms.rows(table.table()) + " are too many to keep a copy of them"
                                            : "WITH, RETURNING or a rule"));
            draft.add(change, slot, spec.opaque(List.of(change.statement().sql()), true, Optional.empty()));
            return;
        }
        String archive = KeptRows.of(change, draft, table).quoted();
        List<String> quoted = keys.stream().map(Identifier::quote).toList();
        String list = String.join(", ", quoted);
        String same = String.join(
                " AND ", quoted.stream().map(k -> "t." + k + " = a." + k).toList());
        draft.add(
                change,
                slot,
                spec.undo(letGo(change, draft, table, slot))
                        .undo(draft.step(
                                        change,
                                        "insert-undo " + table.name().name(),
                                        "delete the rows inserted into "
                                                + table.name().name())
                                .lock(table.name(), LockMode.ROW_EXCLUSIVE)
                                .opaque(
                                        List.of(
                                                "DELETE FROM " + table.name().quoted() + " AS t USING " + archive
                                                        + " AS a WHERE " + same,
                                                "DROP TABLE IF EXISTS " + archive),
                                        true,
                                        Optional.empty()))
                        .opaque(
                                List.of(
                                        "CREATE SCHEMA IF NOT EXISTS " + Archive.SCHEMA,
                                        "CREATE TABLE " + archive + " AS SELECT " + list + " FROM "
                                                + table.name().quoted() + " WITH NO DATA",
                                        "WITH sluice_new AS ("
                                                + change.statement().sql() + " RETURNING " + list + ") INSERT INTO "
                                                + archive + " SELECT * FROM sluice_new"),
                                true,
                                Optional.empty()));
    }

    /** New tables stay on the way back until the rows are gone that they may refer to: in the archive they have no keys either. */
    private static List<Step> letGo(Change change, Draft draft, TableDraft table, Slot slot) {
        List<Statement> before = draft.request().up().statements().stream()
                .filter(s ->
                        slot != Slot.CREATE || s.start() < change.statement().start())
                .toList();
        return NewTableKeys.referringTo(draft, table, before).stream()
                .map(made -> draft.step(
                                change,
                                "keys-undo " + made.name(),
                                "take away the foreign keys of the new table " + made.name() + " to " + table.name())
                        .lock(made, LockMode.ACCESS_EXCLUSIVE)
                        .lock(table.name(), LockMode.ACCESS_EXCLUSIVE)
                        .brief(Step.Purpose.DDL, NewTableKeys.drop(made, Set.of(table.name()))))
                .toList();
    }

    /** Until contract a filled column gets its value in every row that has none, and the expression is tried on every row. */
    private static void requireFilledBefore(Change change, Draft draft, TableDraft table) {
        for (AddedColumn column : table.addedInOrder()) {
            if (column.fill().isEmpty()) {
                continue;
            }
            AddedColumn.Fill fill = column.fill().get();
            ExpressionFacts facts = new ExpressionFacts(fill.expression(), draft.catalog());
            boolean canFail = !facts.isTotal()
                    || !facts.isStorable(
                            column.type(),
                            name -> table.table()
                                    .column(name)
                                    .map(c -> c.type().formatted())
                                    .orElse(""));
            if (column.notNull().isEmpty() && mayBeNull(change, draft, column.name())
                    || !names(change).contains(column.name())) {
                throw draft.refuse(
                        change,
                        "insert-after-fill",
                        "line " + fill.change().source().line() + " fills the new column " + column.name()
                                + " from others, and until contract that is done to every row that is inserted without"
                                + " a value for it: to these rows, too",
                        "Write this statement before that line, or name " + column.name()
                                + " and give it a value that is not NULL.");
            }
            if (canFail) {
                throw draft.refuse(
                        change,
                        "insert-after-fill",
                        "line " + fill.change().source().line() + " fills the new column " + column.name()
                                + " by an expression that can fail, and contract tries it on every row: on these rows,"
                                + " too",
                        "Write this statement before that line, or in a later migration.");
            }
        }
    }

    private static List<String> names(Change change) {
        return change.command().list("cols").stream()
                .map(column -> column.text("name"))
                .toList();
    }

    private static boolean mayBeNull(Change change, Draft draft, String column) {
        int place = names(change).indexOf(column);
        List<List<Node>> rows = rows(change.command().get("selectStmt"));
        return rows.isEmpty()
                || rows.stream()
                        .anyMatch(values -> place >= values.size()
                                || place >= 0
                                        && !new ExpressionFacts(
                                                        new Expression(
                                                                change.statement()
                                                                        .sql(),
                                                                values.get(place),
                                                                List.of()),
                                                        draft.catalog())
                                                .isNeverNull(other -> false));
    }

    /** The values as written; empty for queries of which more than their list has to be known. */
    private static List<List<Node>> rows(Node query) {
        List<Node> targets = query.list("targetList").stream()
                .map(target -> target.get("val"))
                .toList();
        boolean named = targets.stream()
                .noneMatch(value -> value.list("fields").stream().anyMatch(field -> field.is("A_Star")));
        return targets.isEmpty()
                ? query.list("valuesLists").stream()
                        .map(row -> row.list("items"))
                        .toList()
                : named ? List.of(targets) : List.of();
    }

    /** What the script drops before the INSERT is there until contract, and must have a value. */
    private static void requireOptional(Change change, Draft draft, TableDraft table) {
        table.dropped().keySet().stream()
                .flatMap(column -> table.table().column(column).stream())
                .filter(column -> column.notNull()
                        && !column.isIdentity()
                        && !column.isGenerated()
                        && column.defaultExpression().isEmpty())
                .findFirst()
                .ifPresent(column -> {
                    throw draft.refuse(
                            change,
                            "insert-without-dropped-column",
                            "the script drops column " + column.name() + " of " + table.name()
                                    + ", which takes effect in contract, and before that the rows of this INSERT need a value"
                                    + " in it",
                            "Write the INSERT before the DROP COLUMN, with a value, or in a later migration.");
                });
    }
}
