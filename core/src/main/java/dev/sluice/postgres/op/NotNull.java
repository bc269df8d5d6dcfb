package dev.sluice.postgres.op;

import dev.sluice.catalog.Column;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Note;
import dev.sluice.plan.Probe;
import dev.sluice.plan.Step;
import dev.sluice.planner.About;
import dev.sluice.planner.AddedColumn;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Mark;
import dev.sluice.planner.Operation;
import dev.sluice.planner.SafeForms;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.Slot;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** ALTER COLUMN … SET NOT NULL (restricts old writers: contract) and DROP NOT NULL (relaxes: expand). */
final class NotNull implements Operation {

    @Override
    public String id() {
        return "not-null";
    }

    @Override
    public About about() {
        return About.of("Require a value", "`ALTER COLUMN … SET NOT NULL`, `… DROP NOT NULL`, `ADD NOT NULL`")
                .expand("""
                        DROP: as written; it only relaxes. SET, on a column that the script adds and fills, if its
                        expression cannot give NULL.
                        """)
                .contract("""
                        SET, on a column that exists: first a look for rows without a value; their number, samples and
                        the query are reported and nothing is changed if there are any. Then a `CHECK` that is not yet
                        valid, its validation (no lock that writers notice), `SET NOT NULL` (which uses the check and
                        does not scan), and the check goes. `ADD CONSTRAINT name NOT NULL column` (PostgreSQL 18) does
                        the same; with `NOT VALID` no row is looked at.
                        """)
                .undo("""
                        `DROP NOT NULL`, or the same safe form again. An UPDATE or DELETE of the down script that gives
                        rows without a value theirs runs first; what it overwrites or deletes is kept in the archive
                        until the migration goes up again. Rows that are then left without a value are named, and
                        nothing is changed.
                        """)
                .locks("""
                        `ACCESS EXCLUSIVE`, for the catalog changes only; validation takes `SHARE UPDATE EXCLUSIVE`.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        boolean set = change.kind().equals("AT_SetNotNull");
        if (!set && !change.kind().equals("AT_DropNotNull")) {
            return false;
        }
        TableDraft table = draft.table(change);
        String name = change.command().text("name");
        Optional<AddedColumn> added = table.added(name);
        if (added.isPresent()) {
            onNewColumn(change, draft, table, added.get(), set);
            return true;
        }
        Column column = existing(change, draft, table, name);
        requireOnce(change, draft, table, name);
        if (column.notNull() == set) {
            draft.note(Note.Level.INFO, change.source(), table.name() + "." + name + " is that already: nothing to do");
        } else if (set) {
            set(change, draft, table, column, name, Optional.empty());
        } else {
            drop(change, draft, table, column);
        }
        return true;
    }

    /** {@code ADD [CONSTRAINT name] NOT NULL column [NOT VALID]}, which PostgreSQL 18 has. */
    static void add(Change change, Draft draft, TableDraft table, Node constraint) {
        if (draft.catalog().majorVersion() < 18) {
            throw draft.refuse(
                    change,
                    "unknown-change",
                    "before PostgreSQL 18 NOT NULL is not a constraint of its own, and this fails in a plain run, too",
                    "Write ALTER COLUMN … SET NOT NULL.");
        }
        String name = constraint.strings("keys").get(0);
        boolean notValid = constraint.flag("skip_validation");
        Optional<String> called = Optional.of(constraint.text("conname")).filter(n -> !n.isEmpty());
        if (table.added(name).isPresent()) {
            throw draft.refuse(
                    change,
                    "new-column-again",
                    "the script adds column " + name + ", whose NOT NULL has to be part of it, or a SET NOT NULL",
                    "Write ALTER COLUMN " + Identifier.quote(name) + " SET NOT NULL.");
        }
        Column column = existing(change, draft, table, name);
        requireOnce(change, draft, table, name);
        if (column.notNull()) {
            throw draft.refuse(
                    change,
                    "duplicate-constraint",
                    table.name() + "." + name + " is NOT NULL already",
                    "Leave it out, or VALIDATE the constraint that is there.");
        }
        called.ifPresent(n -> draft.mark(new Mark.ConstraintMade(table.name().withName(n))));
        if (notValid) {
            notValid(change, draft, table, name, called);
        } else {
            set(change, draft, table, column, name, called);
        }
    }

    private static void notValid(Change change, Draft draft, TableDraft table, String column, Optional<String> called) {
        boolean waits = RowsOrder.changesLate(draft, table.name()) || table.waitsForSwap(column);
        String before = table.before(column).orElseThrow().name();
        String now = Identifier.quote(waits ? column : before);
        String what = table.name().name() + "." + column;
        String alter = "ALTER TABLE " + table.name().quoted();
        draft.add(
                change,
                waits ? Slot.AFTER_SWAP : Slot.PREPARE,
                draft.step(change, "not-null " + what, "forbid new NULLs in " + what)
                        .because("NOT VALID: no row is looked at")
                        .lock(table.name(), LockMode.ACCESS_EXCLUSIVE)
                        .undo(draft.step(change, "not-null-undo " + what, "allow NULLs in " + what + " again")
                                .lock(table.name(), LockMode.ACCESS_EXCLUSIVE)
                                .brief(Step.Purpose.DDL, alter + " ALTER COLUMN " + now + " DROP NOT NULL"))
                        .brief(
                                Step.Purpose.DDL,
                                alter + " ADD"
                                        + called.map(n -> " CONSTRAINT " + Identifier.quote(n))
                                                .orElse("")
                                        + " NOT NULL " + now + " NOT VALID"));
    }

    private static Column existing(Change change, Draft draft, TableDraft table, String name) {
        return table.before(name)
                .orElseThrow(() -> draft.refuse(
                        change,
                        "missing-column",
                        "column \"" + name + "\" does not exist in table " + table.name(),
                        "Check the name."));
    }

    /** DROP NOT NULL comes in expand and SET NOT NULL in contract, whatever their order in the script. */
    private static void requireOnce(Change change, Draft draft, TableDraft table, String column) {
        ScriptBefore.of(draft, change).changes().stream()
                .filter(c -> isAbout(c, column))
                .filter(c -> c.kind().equals("AT_DropNotNull") != change.kind().equals("AT_DropNotNull"))
                .filter(c ->
                        draft.findTable(c.relation()).filter(t -> t == table).isPresent())
                .findFirst()
                .ifPresent(earlier -> {
                    throw draft.refuse(
                            change,
                            "not-null-twice",
                            "line " + earlier.source().line() + " says the opposite of " + column,
                            "Leave out the one that does not last.");
                });
    }

    private static boolean isAbout(Change change, String column) {
        return switch (change.kind()) {
            case "AT_SetNotNull", "AT_DropNotNull" ->
                change.command().text("name").equals(column);
            case "AT_AddConstraint" -> {
                Node constraint = change.command().get("def");
                yield constraint.text("contype").equals("CONSTR_NOTNULL")
                        && constraint.strings("keys").contains(column);
            }
            default -> false;
        };
    }

    private static void onNewColumn(Change change, Draft draft, TableDraft table, AddedColumn column, boolean set) {
        if (set
                && !isFilledBefore(change, draft, table, column)
                && column.fill().isEmpty()
                && column.rowByRow().isEmpty()
                && column.defaultExpression().isEmpty()) {
            throw draft.refuse(
                    change,
                    "set-not-null-data-dependent",
                    "the existing rows of " + table.name() + " have NULL in the new column \"" + column.name()
                            + "\", so SET NOT NULL fails in a plain run too",
                    "Fill the column with an UPDATE before this statement, or give it a DEFAULT.");
        }
        if (set) {
            table.put(column.withNotNull(Optional.of(change)));
        } else {
            table.put(AddColumn.withoutNotNull(change, draft, table.table(), column));
        }
    }

    /** By an UPDATE that was refused, with a reason of its own, when the column has no expression. */
    private static boolean isFilledBefore(Change change, Draft draft, TableDraft table, AddedColumn column) {
        return ScriptBefore.of(draft, change).changes().stream()
                .filter(c -> c.kind().equals("UpdateStmt"))
                .filter(c ->
                        draft.findTable(c.relation()).filter(t -> t == table).isPresent())
                .flatMap(c -> c.command().list("targetList").stream())
                .anyMatch(target -> target.text("name").equals(column.name()));
    }

    private static void set(
            Change change, Draft draft, TableDraft table, Column column, String name, Optional<String> called) {
        boolean late = RowsOrder.changesLate(draft, table.name());
        boolean waits = late || table.waitsForSwap(name);
        String what = table.name().name() + "." + column.name();
        if (!late) {
            draft.add(change, Slot.CONTRACT_PREFLIGHT, nulls(change, draft, table, column, what));
        }
        List<Step> steps =
                SafeForms.of(draft, change.source()).setNotNull(table.table(), waits ? name : column.name(), called);
        steps.forEach(step -> draft.add(change, waits ? Slot.AFTER_SWAP : Slot.PREPARE, step));
    }

    private static Step nulls(Change change, Draft draft, TableDraft table, Column column, String what) {
        return draft.step(change, "nulls " + what, "look for NULLs in " + what)
                .because("SET NOT NULL fails on them, in a plain run too")
                .lock(table.name(), LockMode.ACCESS_SHARE)
                .scans(table.table())
                .check(
                        new Probe.NoRows(
                                table.name(),
                                Identifier.quote(column.name()) + " IS NULL",
                                SafeForms.keyColumns(table.table())),
                        "These rows have NULL in " + what + ". Give them a value (UPDATE … SET " + column.name()
                                + " = … WHERE " + column.name() + " IS NULL), then run contract again.");
    }

    private static void drop(Change change, Draft draft, TableDraft table, Column column) {
        String what = table.name().name() + "." + column.name();
        DownRepairs repairs = DownRepairs.of(change, draft, table, List.of(column.name()));
        List<Step> undo = new ArrayList<>(repairs.steps());
        undo.add(draft.step(change, "nulls " + what, "look for NULLs in " + what)
                .because("NOT NULL cannot come back while there are any")
                .lock(table.name(), LockMode.ACCESS_SHARE)
                .scans(table.table())
                .check(
                        new Probe.NoRows(
                                table.name(),
                                Identifier.quote(column.name()) + " IS NULL",
                                SafeForms.keyColumns(table.table())),
                        "The new version wrote NULL to " + what
                                + ", which the old schema cannot hold. Give these rows a"
                                + " value, then run down again."));
        undo.addAll(SafeForms.inUndo(draft, change.source()).setNotNull(table.table(), column.name()));
        List<String> statements = new ArrayList<>(repairs.forget());
        statements.add("ALTER TABLE " + table.name().quoted() + " ALTER COLUMN " + Identifier.quote(column.name())
                + " DROP NOT NULL");
        boolean inKey = table.table()
                .primaryKey()
                .filter(key -> key.columns().contains(column.name()))
                .isPresent();
        if (inKey) {
            draft.note(
                    Note.Level.WARNING,
                    change.source(),
                    "the new version can write NULL to " + what + " only after contract, which drops the primary key");
        }
        draft.add(
                change,
                inKey ? Slot.AFTER_SWAP : Slot.CREATE,
                draft.step(change, "drop-not-null " + what, "let " + what + " be NULL")
                        .because(
                                inKey
                                        ? "its primary key has to be gone"
                                        : "relaxing: what the old version writes stays valid")
                        .lock(table.name(), LockMode.ACCESS_EXCLUSIVE)
                        .undo(undo)
                        .brief(Step.Purpose.DDL, statements));
    }
}
