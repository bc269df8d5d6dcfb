package dev.sluice.postgres.op;

import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.TableDraft;

/** What must not be there for a table to step aside for a view. */
final class RenameByView {

    private RenameByView() {}

    static void requirePossible(Change change, Draft draft, TableDraft table) {
        throw draft.refuse(change, "rename-view", "view strategy for " + table.name(), "Use the copy strategy.");
    }
}
