package dev.sluice.postgres.op;

import dev.sluice.catalog.Column;
import dev.sluice.planner.AddedColumn;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.FillExpressions;
import dev.sluice.planner.Operation;
import dev.sluice.planner.TableDraft;
import dev.sluice.planner.UpdateParts;
import dev.sluice.sql.Identifier;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * UPDATE of columns that the same script adds: not a change of data but the definition of the new columns, which both
 * versions then keep true.
 */
final class FillColumns implements Operation {

    @Override
    public String id() {
        return "fill-column";
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
        if (!targets.stream().allMatch(table::isAdded)) {
            throw draft.refuse(
                    change,
                    "update-mixed",
                    "one UPDATE sets new columns and existing ones",
                    "Write one UPDATE for the new columns and another for the existing ones.");
        }
        Optional<UpdateParts> update = UpdateParts.of(change.statement());
        if (update.isEmpty()) {
            throw draft.refuse(
                    change,
                    "update-form",
                    "this form of UPDATE (WITH, RETURNING, or (a, b) = …) cannot be followed row by row",
                    "Write UPDATE table SET column = expression [FROM table] [WHERE condition].");
        }
        Map<String, AddedColumn> before = new HashMap<>(table.added());
        Map<String, AddedColumn.Fill> fills = new FillExpressions(draft, change, update.get())
                .all(column -> valueBefore(change, draft, table, column), target -> base(before, target));
        fills.forEach((name, fill) -> table.put(table.added(name).orElseThrow().withFill(fill)));
        return true;
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
                .map(fill -> "(" + fill.expression().sql() + ")")
                .or(() -> before.defaultExpression().map(d -> "CAST((" + d + ") AS " + before.type() + ")"));
    }
}
