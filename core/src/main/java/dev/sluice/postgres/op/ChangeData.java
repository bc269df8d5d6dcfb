package dev.sluice.postgres.op;

import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Table;
import dev.sluice.plan.Assignment;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Note;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Step;
import dev.sluice.planner.About;
import dev.sluice.planner.Change;
import dev.sluice.planner.DataInWith;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Operation;
import dev.sluice.planner.SafeForms;
import dev.sluice.planner.Slot;
import dev.sluice.planner.StepSpec;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.QualifiedName;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * UPDATE, DELETE and INSERT of the script on tables in use. Rows that are independent of one another change in short
 * batches; what was overwritten or deleted is kept until purge, so that undo is exact.
 *
 * <p>In expand, so that the new version finds the data it expects; except when a later statement of the script restricts
 * what the same table may hold: then at the beginning of contract, because until then the old version may write such rows
 * again.
 */
final class ChangeData implements Operation {

    @Override
    public String id() {
        return "change-data";
    }

    @Override
    public About about() {
        return About.of("Change rows", "`UPDATE`, `DELETE`, `INSERT`, `MERGE` on existing rows")
                .expand("""
                        `UPDATE` and `DELETE` over the row's own columns run in batches of about 50 ms. Others, and
                        `MERGE`, run in one transaction on tables below 10,000 rows and 16 MB, and are refused on larger
                        ones. `INSERT` runs in one transaction.
                        """)
                .contract("""
                        At its beginning instead, when a later statement of the script restricts the same table (SET NOT
                        NULL, ADD CONSTRAINT, unique index): until then the old version may write such rows again. At
                        its end, when an earlier one drops a key of the table, or a foreign key to it, or a column with
                        which that goes: until then it acts.
                        """)
                .purge("The kept rows are dropped.")
                .undo("""
                        What was overwritten or deleted is put back, except where the application has written since;
                        inserted rows are deleted.
                        """)
                .locks("`ROW EXCLUSIVE` on the table, and the rows of one batch.")
                .limits("""
                        Exact undo needs a primary key (or unique NOT NULL columns) that the statement leaves alone. What
                        foreign keys do to other rows is not kept, but for rows of the same table that go with deleted
                        ones (ON DELETE CASCADE), and on small tables those that such a key sets to NULL or a default.
                        On tables of 10,000 rows or more what `INSERT … ON CONFLICT DO UPDATE` overwrites cannot be taken
                        back. The plan says so.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        if (!Set.of("UpdateStmt", "DeleteStmt", "InsertStmt", "MergeStmt").contains(change.kind())) {
            return false;
        }
        DataInWith.requireNone(change, draft);
        Optional<TableDraft> table = draft.findTable(change.relation());
        if (table.isEmpty()) {
            RowsOfNewTables.plan(change, draft);
            return true;
        }
        RowEvents.requireAsInPlainRun(change, draft, table.get());
        RowEvents.requireNoFillBefore(change, draft, table.get());
        RowEvents.tell(change, draft, table.get());
        Slot slot = RowsOrder.slot(change, draft, table.get());
        ReadRows.tell(change, draft, table, slot);
        tellIfLate(change, draft, table.get(), slot);
        FillSources.requireNone(change, draft, table.get());
        KeyEffects.requireNoNewKeyTo(change, draft, table.get());
        requireColumns(change, draft, table.get());
        if (deletes(change)) {
            RowEvents.requireNoRuleOfInsert(change, draft, table.get());
        }
        KeyEffects.tell(change, draft, table.get());
        if (change.kind().equals("InsertStmt")) {
            requireOldName(change, draft, table.get());
            InsertedRows.plan(change, draft, table.get());
        } else {
            rows(change, draft, table.get());
        }
        return true;
    }

    private static void tellIfLate(Change change, Draft draft, TableDraft table, Slot slot) {
        boolean wanted = draft.directives().phase(change).isPresent();
        if (draft.directives().phase(change).orElse(slot.phase()) == Phase.CONTRACT) {
            draft.note(
                    Note.Level.WARNING,
                    change.source(),
                    "the new version finds what this does to " + table.name() + " only after contract: "
                            + (wanted
                                    ? "the script wants it so"
                                    : "it waits for what the script does to the table, or to keys, that the old version"
                                            + " needs until then"));
        }
    }

    /** What waits for the swap finds the columns no more that this archives: the rows could not be told apart, or put back. */
    private static void requireColumns(Change change, Draft draft, TableDraft table) {
        Set<String> dropped = table.dropped().keySet();
        boolean needed = Set.of("DeleteStmt", "MergeStmt").contains(change.kind())
                || !Collections.disjoint(SafeForms.keyColumns(table.table()), dropped);
        if (!dropped.isEmpty() && needed && RowsOrder.slot(change, draft, table).ordinal() > Slot.SWAP.ordinal()) {
            throw draft.refuse(
                    change,
                    "rows-after-dropped-column",
                    "this statement waits until contract has given a column its new name, or taken a key away; by then "
                            + String.join(", ", dropped) + " of " + table.name()
                            + ", without which its rows cannot be put back, is archived",
                    "Write this statement before those that rename and drop, with the old names.");
        }
    }

    private static void rows(Change change, Draft draft, TableDraft table) {
        List<String> keys = KeptRows.keys(change, draft, table);
        Optional<RowBatch> batch = RowBatch.of(change, draft, table);
        boolean delete = change.kind().equals("DeleteStmt");
        boolean changesOthers = delete
                && !KeyActions.ofDelete(draft.catalog(), table.table(), table.table())
                        .isEmpty();
        boolean countsStatements =
                !RowEvents.perStatement(change, table.table()).isEmpty();
        if (batch.isEmpty()
                || keys.isEmpty()
                || (changesOthers || countsStatements) && SafeForms.isSmall(table.table())) {
            whole(change, draft, table, keys);
            return;
        }
        RowBatch rows = batch.get();
        if (delete) {
            tellOfRowsThatReferToOneAnother(change, draft, table.table());
        }
        List<String> kept = delete
                ? columns(change, draft, table)
                : rows.assignments().stream().map(Assignment::column).toList();
        if (rows.assignments().stream().anyMatch(a -> keys.contains(a.column()))) {
            whole(change, draft, table, keys);
            return;
        }
        RowEvents.tellOfBatches(change, draft, table);
        String what = (delete ? "delete rows of " : "update ") + table.name().name();
        QualifiedName archive = KeptRows.of(change, draft, table);
        Step.BatchedDml.Kind back =
                delete ? Step.BatchedDml.Kind.RESTORE_DELETED : Step.BatchedDml.Kind.RESTORE_UPDATED;
        Step undo = new Step.BatchedDml(
                draft.step(
                                change,
                                "restore " + what,
                                "put back what was overwritten or deleted: "
                                        + table.name().name())
                        .lock(table.name(), LockMode.ROW_EXCLUSIVE)
                        .scans(table.table())
                        .info(),
                table.name(),
                back,
                rows.assignments(),
                rows.where(),
                keys,
                kept,
                archive);
        StepSpec spec = draft.step(change, what, what + " in batches")
                .because(SafeForms.rows(table.table())
                        + ": short batches keep row locks short; old values are kept until purge")
                .lock(table.name(), LockMode.ROW_EXCLUSIVE)
                .scans(table.table())
                .undo(undo);
        draft.add(
                change,
                RowsOrder.slot(change, draft, table),
                new Step.BatchedDml(
                        spec.info(),
                        table.name(),
                        delete ? Step.BatchedDml.Kind.DELETE : Step.BatchedDml.Kind.UPDATE,
                        rows.assignments(),
                        rows.where(),
                        keys,
                        kept,
                        archive));
    }

    private static void tellOfRowsThatReferToOneAnother(Change change, Draft draft, Table table) {
        table.foreignKeys().stream()
                .filter(key -> key.foreignKey().orElseThrow().table().equals(table.name()))
                .filter(key -> Set.of(Constraint.Action.NO_ACTION, Constraint.Action.RESTRICT)
                        .contains(key.foreignKey().orElseThrow().onDelete()))
                .findFirst()
                .ifPresent(key -> draft.note(
                        Note.Level.WARNING,
                        change.source(),
                        "rows of " + table.name() + " that others refer to through " + key.name()
                                + " can only go together with these: where the batches come to such rows, what is left is deleted"
                                + " in one transaction, of one minute at most"));
    }

    private static List<String> columns(Change change, Draft draft, TableDraft table) {
        return table.table().userColumns().stream()
                .map(column -> KeptRows.calledThen(change, draft, table, column.name()))
                .toList();
    }

    static boolean deletes(Change change) {
        return change.kind().equals("DeleteStmt")
                || change.command().all("MergeWhenClause").stream()
                        .anyMatch(when -> when.text("commandType").equals("CMD_DELETE"));
    }

    /** A statement that runs as written, in expand, would not find its table under the new name. */
    private static void requireOldName(Change change, Draft draft, TableDraft table) {
        if (table.newName().isPresent()) {
            throw draft.refuse(
                    change,
                    "rename-table",
                    "the script renames " + table.name() + " and then changes its rows; the table has its new name only"
                            + " after contract",
                    "Write this statement before the rename, with the old name, or rename the table in a migration of its"
                            + " own.");
        }
    }

    /** One transaction, for small tables only. */
    private static void whole(Change change, Draft draft, TableDraft table, List<String> keys) {
        requireOldName(change, draft, table);
        Table before = table.table();
        boolean changesKey = WholeChange.assigned(change).anyMatch(keys::contains);
        if (!SafeForms.isSmall(before)) {
            refuseUnlessAllowed(change, draft, table, keys);
        }
        Slot slot = RowsOrder.slot(change, draft, table);
        if (!keys.isEmpty() && !changesKey && SafeForms.isSmall(before)) {
            draft.add(change, slot, new WholeChange(change, draft, table, keys).step());
            return;
        }
        draft.note(
                Note.Level.LOSS,
                change.source(),
                "what this statement does cannot be taken back: "
                        + (changesKey
                                ? "it changes the key of " + table.name()
                                : keys.isEmpty()
                                        ? table.name() + " has no key"
                                        : SafeForms.rows(before) + " are too many to keep a copy of them"));
        draft.add(
                change,
                slot,
                spec(change, draft, table).opaque(List.of(change.statement().sql()), true, Optional.empty()));
    }

    private static void refuseUnlessAllowed(Change change, Draft draft, TableDraft table, List<String> keys) {
        String reason = "this statement looks at more than one row at a time";
        String advice = "Write it as UPDATE or DELETE with conditions and values over the row's own columns.";
        if (!RowEvents.rules(change, table.table()).isEmpty()) {
            reason = "rule " + RowEvents.rules(change, table.table()).get(0).name() + " rewrites this statement";
            advice = "Drop the rule in a migration before this one, and make it again in one after it.";
        } else if (keys.isEmpty()) {
            reason = table.name() + " has no key";
            advice = "Give the table a primary key in a migration before this one.";
        } else if (WholeChange.assigned(change).anyMatch(keys::contains)) {
            reason = "this statement changes the key of " + table.name();
            advice = "Add a column for the new key, and fill it with this value.";
        } else if (RowBatch.deletesUnseen(change, draft, table)) {
            reason = "other rows of " + table.name()
                    + " go with those that this deletes, by foreign keys (ON DELETE CASCADE)"
                    + " that batches do not follow";
            advice =
                    "Drop such a foreign key before this statement, delete from each table by a condition of its own, and add"
                            + " the key again in a later migration.";
        } else if (RowBatch.apart(change, draft, table).isPresent()) {
            reason =
                    "through foreign keys or a deferred constraint what this statement does to some rows changes what it"
                            + " finds in others";
            advice = "Mark the rows in a migration before this one (ADD COLUMN chosen boolean; UPDATE … SET chosen ="
                    + " condition), and change those that are marked.";
        }
        draft.refuseUnlessAllowed(
                change,
                "backfill-in-ddl-transaction",
                reason + ": it cannot be cut into batches, and " + SafeForms.rows(table.table())
                        + " are too many for one transaction",
                advice);
    }

    static StepSpec spec(Change change, Draft draft, TableDraft table) {
        return draft.step(change, "data " + table.name().name(), Placement.words(change))
                .because(SafeForms.rows(table.table()) + ": one transaction takes milliseconds")
                .lock(table.name(), LockMode.ROW_EXCLUSIVE)
                .scans(table.table());
    }
}
