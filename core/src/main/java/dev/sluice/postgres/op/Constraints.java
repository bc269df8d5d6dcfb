package dev.sluice.postgres.op;

import dev.sluice.plan.LockMode;
import dev.sluice.plan.Probe;
import dev.sluice.plan.Step;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Mark;
import dev.sluice.planner.SafeForms;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.Slot;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.Tokens;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Adding constraints to tables in use. They restrict what the old version may write, so they come in contract, after a
 * look for rows that break them; except on columns that this migration adds and the old version leaves at one value.
 */
final class Constraints {

    private Constraints() {}

    /**
     * Plans a constraint.
     *
     * @param constraint the Constraint node
     * @param definition its text as a table constraint without {@code CONSTRAINT name}: {@code CHECK (a > 0)}
     * @param columns the column it is written at; empty for a table constraint
     */
    static void addTo(
            Change change, Draft draft, TableDraft table, Node constraint, String definition, List<String> columns) {
        boolean isNew = constraint.flag("without_overlaps")
                || constraint.flag("fk_with_period")
                || SafeForms.isNotEnforced(definition);
        if (isNew && draft.catalog().majorVersion() < 18) {
            throw draft.refuse(
                    change,
                    "unknown-change",
                    "WITHOUT OVERLAPS, PERIOD and NOT ENFORCED came with PostgreSQL 18: this fails in a plain run, too",
                    "Leave it out.");
        }
        switch (constraint.text("contype")) {
            case "CONSTR_CHECK" -> check(change, draft, table, constraint, definition);
            case "CONSTR_FOREIGN" -> new ForeignKeys(change, draft, table, constraint, definition, columns).add();
            case "CONSTR_UNIQUE", "CONSTR_PRIMARY" ->
                new Keys(change, draft, table, constraint, definition, columns).add();
            case "CONSTR_NOTNULL" -> NotNull.add(change, draft, table, constraint);
            case "CONSTR_EXCLUSION" -> exclusion(change, draft, table, constraint, definition);
            default ->
                throw draft.refuse(
                        change,
                        "unknown-change",
                        "Sluice has no safe plan for this kind of constraint (" + constraint.text("contype") + ")",
                        "Run it in a maintenance window outside Sluice.");
        }
    }

    private static void check(Change change, Draft draft, TableDraft table, Node constraint, String definition) {
        Set<String> columns = IndexDefinition.columnsOf(constraint.get("raw_expr"));
        String name = constraint.has("conname")
                ? constraint.text("conname")
                : GeneratedNames.check(draft, change, table.name(), columns);
        draft.mark(new Mark.ConstraintMade(table.name().withName(name)));
        String expression = expression(definition);
        boolean renamed = ScriptBefore.of(draft, change).renames(name);
        boolean constant =
                !renamed && !columns.isEmpty() && columns.stream().allMatch(c -> ColumnState.isUnfilled(table, c));
        boolean late = renamed || RowsOrder.changesLate(draft, table.name());
        Slot slot = constant ? Slot.CONSTRAIN : late ? Slot.AFTER_SWAP : slot(table, columns);
        Placement.remember(draft, slot, name);
        Probe.NoRows violations = new Probe.NoRows(
                table.name(),
                "NOT (" + ColumnState.beforeSwap(draft, table, expression) + ")",
                SafeForms.keyColumns(table.table()));
        if (!constant && !late && !constraint.flag("skip_validation")) {
            draft.add(
                    change,
                    Slot.CONTRACT_PREFLIGHT,
                    draft.step(
                                    change,
                                    "violations " + name + " on " + table.name().name(),
                                    "look for rows that break " + name)
                            .because("the constraint cannot be validated over them, in a plain run neither")
                            .lock(table.name(), LockMode.ACCESS_SHARE)
                            .scans(table.table())
                            .check(
                                    violations,
                                    "These rows break CHECK (" + expression
                                            + "). Correct them, then run contract again."));
        }
        SafeForms.of(draft, change.source())
                .addConstraint(table.table(), name, definition, Optional.empty(), Optional.of(violations))
                .forEach(step -> draft.add(change, slot, step));
    }

    /** Where a constraint over existing columns goes. */
    static Slot slot(TableDraft table, Iterable<String> columns) {
        for (String column : columns) {
            if (table.waitsForSwap(column)) {
                return Slot.AFTER_SWAP;
            }
        }
        return Slot.PREPARE;
    }

    /** What stands in the first brackets. */
    private static String expression(String definition) {
        int open = -1;
        for (Tokens.Token token : Tokens.of(definition)) {
            if (open < 0 && token.is("(") && token.depth() == 0) {
                open = token.end();
            } else if (open >= 0 && token.is(")") && token.depth() == 0) {
                return definition.substring(open, token.start()).strip();
            }
        }
        throw new IllegalArgumentException("no expression in " + definition);
    }

    private static void exclusion(Change change, Draft draft, TableDraft table, Node constraint, String definition) {
        String name = constraint.text("conname");
        if (name.isEmpty()) {
            throw draft.refuse(
                    change, "unnamed-constraint", "the constraint has no name", "Write ADD CONSTRAINT name EXCLUDE …");
        }
        withIndex(change, draft, table, name, "an EXCLUDE constraint", definition);
    }

    /** What builds its own index, while nobody reads or writes: EXCLUDE, and keys WITHOUT OVERLAPS. */
    static void withIndex(Change change, Draft draft, TableDraft table, String name, String what, String definition) {
        boolean small = SafeForms.isSmall(table.table());
        if (!small) {
            draft.refuseUnlessAllowed(
                    change,
                    "add-exclusion-constraint",
                    what + " can only be added while nobody reads or writes " + table.name() + " ("
                            + SafeForms.rows(table.table())
                            + "): PostgreSQL has no way to build its index concurrently",
                    "Make a new table with the constraint and copy the rows, or enforce it by a trigger.");
        }
        String alter = "ALTER TABLE " + table.name().quoted();
        String quoted = Identifier.quote(name);
        draft.mark(new Mark.ConstraintMade(table.name().withName(name)));
        boolean waits = RowsOrder.changesLate(draft, table.name())
                || !table.renamed().isEmpty()
                || !table.retyped().isEmpty();
        draft.add(
                change,
                waits ? Slot.AFTER_SWAP : Slot.SWAP,
                draft.step(
                                change,
                                "add-constraint " + name + " on " + table.name().name(),
                                "add constraint " + name)
                        .because((small ? "" : "allowed by a directive: ")
                                + "holds ACCESS EXCLUSIVE while the index is built over "
                                + SafeForms.rows(table.table()))
                        .lock(table.name(), LockMode.ACCESS_EXCLUSIVE)
                        .scans(table.table())
                        .undo(draft.step(
                                        change,
                                        "drop-constraint " + name + " on "
                                                + table.name().name(),
                                        "drop constraint " + name)
                                .lock(table.name(), LockMode.ACCESS_EXCLUSIVE)
                                .brief(Step.Purpose.DDL, alter + " DROP CONSTRAINT IF EXISTS " + quoted))
                        .brief(Step.Purpose.DDL, alter + " ADD CONSTRAINT " + quoted + " " + definition));
    }
}
