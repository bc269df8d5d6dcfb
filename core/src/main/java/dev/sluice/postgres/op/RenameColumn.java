package dev.sluice.postgres.op;

import dev.sluice.catalog.Column;
import dev.sluice.plan.Note;
import dev.sluice.planner.About;
import dev.sluice.planner.AddedColumn;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Operation;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import java.util.Optional;

/**
 * ALTER TABLE … RENAME COLUMN. By copy: a second column under the new name is kept equal until contract, which drops it
 * and renames the original, so that indexes, keys, grants and everything else stay what they were. By view, when the
 * author asks for it: the table steps aside for a view that offers both names.
 */
final class RenameColumn implements Operation {

    @Override
    public String id() {
        return "rename-column";
    }

    @Override
    public About about() {
        return About.of("Rename a column", """
                        `ALTER TABLE … RENAME COLUMN a TO b`. Two strategies; `-- sluice:strategy view` above the
                        statement chooses the second.
                        """)
                .expand("""
                        *Copy* (the usual one): a second column `b` of the same default, kept equal by a trigger in both
                        directions and filled in batches.

                        *View:* the table steps aside for an updatable view of its old name that offers both columns.
                        Instant, no backfill.
                        """)
                .contract("""
                        *Copy:* the copy is dropped and `a` is renamed, in one short transaction: indexes, keys, grants
                        stay what they were.

                        *View:* it is dropped, and the table gets its name back.
                        """)
                .undo("The same steps backwards; nothing written is lost.")
                .locks("`ACCESS EXCLUSIVE`, for the catalog changes only.")
                .limits("""
                        Until contract, `b` is no conflict target of `ON CONFLICT` where `a` has a unique index; the
                        plan says so. Triggers for `UPDATE OF a` fire for updates of `b`, too, but not those `BEFORE
                        UPDATE … FOR EACH ROW`, constraint triggers, and those of partitioned tables: the plan names
                        them. A view is refused when something needs the table itself under its name: incoming
                        `ON CONFLICT ON CONSTRAINT`, `TRUNCATE`, publications, partitions, ….
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        if (!change.kind().equals("RenameStmt")
                || !change.command().text("renameType").equals("OBJECT_COLUMN")
                || !change.command().text("relationType").equals("OBJECT_TABLE")) {
            return false;
        }
        TableDraft table = draft.table(change);
        String from = change.command().text("subname");
        String to = change.command().text("newname");
        Optional<AddedColumn> added = table.added(from);
        if (table.dropped().containsKey(to)) {
            throw draft.refuse(
                    change,
                    "same-name-cutover",
                    "the script drops column \"" + to + "\" of " + table.name() + " and gives its name to another one:"
                            + " while both versions run, the two columns cannot share it",
                    "Leave " + from + " under its name now; rename it in a later migration, after contract.");
        }
        if (added.isPresent()) {
            MadeAndGone.requireOnlyAdded(change, draft, table, from);
            requireNullable(change, draft, added.get());
            table.forget(from);
            AddedColumn column = added.get();
            table.put(column.named(
                    to,
                    Identifier.quote(to)
                            + column.definition()
                                    .substring(Identifier.quote(from).length())));
            return true;
        }
        Column column = table.before(from)
                .orElseThrow(() -> draft.refuse(
                        change,
                        "missing-column",
                        "column \"" + from + "\" does not exist in table " + table.name(),
                        "Check the name."));
        if (table.retyped().stream().anyMatch(r -> r.column().equals(column.name()))) {
            throw draft.refuse(
                    change,
                    "rename-and-change-type",
                    "the script changes the type of " + from + ", which takes a second column, and renames it:"
                            + " one copy of a column cannot stand for both",
                    "Do one of the two in a migration of its own, contract included.");
        }
        if (!column.name().equals(from)) {
            MadeAndGone.requireNameUnused(change, draft, table, from);
        }
        if (table.isAdded(to) || table.table().column(to).isPresent()) {
            throw draft.refuse(
                    change,
                    "duplicate-column",
                    "column \"" + to + "\" of table " + table.name() + " exists already",
                    "Choose another name, or drop that column in an earlier migration.");
        }
        MadeAndGone.requireNotAwaited(change, draft, table, from);
        boolean view =
                draft.directives().strategy(change).filter("view"::equals).isPresent();
        if (view) {
            RenameByView.requirePossible(change, draft, table, column);
            RenameByView.plan(change, draft, table, column, to);
            return true;
        } else {
            requireCopyPossible(change, draft, table, column);
        }
        uniqueNote(change, draft, table, column, to);
        table.rename(new TableDraft.Renamed(column.name(), to, change));
        return true;
    }

    /** PostgreSQL 18 names NOT NULL after the column, as it is called then. */
    private static void requireNullable(Change change, Draft draft, AddedColumn column) {
        if (column.notNull().isPresent() && draft.catalog().majorVersion() >= 18) {
            throw draft.refuse(
                    change,
                    "new-column-again",
                    "the script itself adds column " + column.name()
                            + ", with a NOT NULL that is named after it, and then" + " renames it",
                    "Add it under its last name.");
        }
    }

    private static void requireCopyPossible(Change change, Draft draft, TableDraft table, Column column) {
        boolean key = table.table().partitioning().key().isPresent()
                && table.table().partitioning().key().get().contains(Identifier.quote(column.name()));
        if (key) {
            throw draft.refuse(
                    change,
                    "rename-partition-key",
                    "rows are routed to partitions before any trigger could fill " + column.name()
                            + " from its new name",
                    "Keep the name, or rename in a maintenance window.");
        }
        if (column.inherited()) {
            throw draft.refuse(
                    change,
                    "rename-inherited-column",
                    "column \"" + column.name() + "\" is inherited: PostgreSQL renames it on the parent only",
                    "Rename it on the parent table.");
        }
        if (column.isGenerated()) {
            throw draft.refuse(
                    change,
                    "rename-generated-column",
                    column.name() + " is generated: a second column cannot be kept equal to it by a trigger",
                    "Use the view strategy: write this line above the statement: -- sluice:strategy view");
        }
    }

    private static void uniqueNote(Change change, Draft draft, TableDraft table, Column column, String to) {
        boolean unique = table.table().indexes().stream()
                .anyMatch(i -> i.unique() && i.keyColumns().contains(column.name()));
        if (unique) {
            draft.note(
                    Note.Level.WARNING,
                    change.source(),
                    "until contract, " + to + " is no conflict target (ON CONFLICT (" + to
                            + ")): the unique index is on " + column.name()
                            + ", and enforces uniqueness for both names");
        }
    }
}
