package dev.sluice.postgres.op;

import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.TableDraft;

/** A constraint written in a column definition, planned as if it were added by a statement of its own. */
final class InlineConstraint {

    private InlineConstraint() {}

    static void plan(
            Change change, Draft draft, TableDraft table, String column, ColumnDefinition.Part part, boolean filled) {
        throw draft.refuse(
                change,
                "add-column-inline-constraint",
                "constraint in the definition of " + table.name() + "." + column + " (" + part.text() + ", filled: "
                        + filled + ")",
                "Add the constraint in a statement of its own.");
    }
}
