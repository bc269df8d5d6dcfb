package dev.sluice.postgres.op;

import dev.sluice.catalog.Column;
import dev.sluice.plan.Note;
import dev.sluice.planner.About;
import dev.sluice.planner.AddedColumn;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Operation;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.TableDraft;
import java.util.Optional;

/** ALTER TABLE … DROP COLUMN: kept writable while the old version runs, archived in contract, dropped by purge. */
final class DropColumn implements Operation {

    @Override
    public String id() {
        return "drop-column";
    }

    @Override
    public About about() {
        return About.of("Drop a column", "`ALTER TABLE … DROP COLUMN`")
                .expand("""
                        Writers that no longer know the column must be able to leave it out: it is filled from the new
                        columns where the down script says how, otherwise by its default, otherwise its NOT NULL is
                        dropped (the plan says so). A column that is NOT NULL may also be made of columns that stay
                        (`UPDATE … SET name = upper(email)` in the down script), or of nothing (`ADD COLUMN name text
                        DEFAULT ''` there): rows that leave it out get that value.
                        """)
                .contract("""
                        The column is renamed to `sluice_archived_…` and loses its NOT NULL, default, keys and indexes,
                        so it costs nothing. The definitions stay in the plan. A foreign key of the column with `ON DELETE
                        CASCADE` (…) acts until then on what the new version deletes: the plan says so.
                        """)
                .purge("It is dropped for good.")
                .undo("""
                        Name, definitions and values come back. Rows written since by the new version get the down
                        script's value.
                        """)
                .locks("`ACCESS EXCLUSIVE`, for the catalog changes only.")
                .limits("""
                        Views, policies, generated columns and functions that use the column are named, and the change
                        is refused until the script deals with them: a view, policy or rule that an earlier statement
                        drops is no obstacle. Extended statistics go with the column, as in PostgreSQL, and come back
                        with it.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        if (!change.kind().equals("AT_DropColumn")) {
            return false;
        }
        TableDraft table = draft.table(change);
        String name = change.command().text("name");
        if (table.isAdded(name)) {
            MadeAndGone.requireOnlyAdded(change, draft, table, name);
            table.added(name)
                    .flatMap(AddedColumn::fill)
                    .filter(fill -> draft.catalog().actsOnUpdate(table.table()))
                    .ifPresent(fill -> draft.note(
                            Note.Level.WARNING,
                            change.source(),
                            "line " + fill.change().source().line() + " fills " + name
                                    + ", which the script drops again: no row is written, so that triggers of "
                                    + table.name()
                                    + " do not act on them, as they would in a plain run"));
            table.forget(name);
            draft.note(
                    Note.Level.INFO,
                    change.source(),
                    "column " + name + " is added and dropped by the same script: left out");
            return true;
        }
        Optional<Column> column = table.before(name);
        if (column.isEmpty()) {
            if (change.command().flag("missing_ok")) {
                draft.note(
                        Note.Level.INFO, change.source(), table.name() + " has no column " + name + ": nothing to do");
                return true;
            }
            throw draft.refuse(
                    change,
                    "missing-column",
                    "column \"" + name + "\" does not exist in table " + table.name(),
                    "Check the name, or write DROP COLUMN IF EXISTS.");
        }
        if (!column.get().name().equals(name)) {
            throw draft.refuse(
                    change,
                    "drop-renamed-column",
                    "the script renames " + column.get().name() + " to " + name + " and drops it",
                    "Drop it under its old name.");
        }
        if (column.get().inherited()) {
            throw draft.refuse(
                    change,
                    "drop-inherited-column",
                    "column \"" + name + "\" is inherited: PostgreSQL drops it from the parent only",
                    "Drop it from the parent table.");
        }
        MadeAndGone.requireUnused(change, draft, table, column.get());
        MadeAndGone.requireNotAwaited(change, draft, table, name);
        table.table().constraints().stream()
                .filter(constraint -> constraint.columns().contains(name)
                        && !ScriptBefore.of(draft, change).drops(constraint.name()))
                .forEach(constraint -> KeyEffects.tellOfGoing(change, draft, table, constraint));
        table.drop(name, change);
        return true;
    }
}
