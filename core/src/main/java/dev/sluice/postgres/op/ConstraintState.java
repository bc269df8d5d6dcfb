package dev.sluice.postgres.op;

import dev.sluice.catalog.Constraint;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Step;
import dev.sluice.planner.About;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Operation;
import dev.sluice.planner.SafeForms;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.Slot;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import java.util.List;
import java.util.Optional;

/** VALIDATE CONSTRAINT (restricts nobody, so in expand) and ALTER CONSTRAINT (when it is checked: contract). */
final class ConstraintState implements Operation {

    @Override
    public String id() {
        return "constraint-state";
    }

    @Override
    public About about() {
        return About.of("Validate or alter a constraint", "`VALIDATE CONSTRAINT`, `ALTER CONSTRAINT`")
                .expand("VALIDATE: it restricts nobody; a violation is reported before.")
                .contract("""
                        ALTER (when it is checked: `DEFERRABLE`, `INITIALLY DEFERRED`), under a short lock.
                        """)
                .undo("Of VALIDATE nothing; of ALTER the state it had.")
                .locks("""
                        VALIDATE: `SHARE UPDATE EXCLUSIVE`, readers and writers go on. ALTER: `ACCESS EXCLUSIVE`, for
                        the catalog change only.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        switch (change.kind()) {
            case "AT_ValidateConstraint" -> validate(change, draft);
            case "AT_AlterConstraint" -> alter(change, draft);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void validate(Change change, Draft draft) {
        TableDraft table = draft.table(change);
        String name = change.command().text("name");
        boolean addedHere = ScriptBefore.of(draft, change).addsNotValid(name);
        Optional<Constraint> before = table.table().constraint(name).filter(c -> !addedHere);
        if (before.isEmpty() && !addedHere) {
            throw draft.refuse(
                    change,
                    "missing-constraint",
                    "constraint \"" + name + "\" of table " + table.name() + " does not exist",
                    "Check the name.");
        }
        String what = name + " on " + table.name().name();
        String alter = "ALTER TABLE " + table.name().quoted();
        var spec = draft.step(change, "validate " + what, "check the existing rows against " + what)
                .because("reads " + SafeForms.rows(table.table()) + " without stopping writers")
                .scans(table.table());
        before.flatMap(Constraint::foreignKey).ifPresent(key -> spec.lock(key.table(), LockMode.ROW_SHARE));
        before.filter(c -> !c.validated()).ifPresent(c -> spec.undo(invalid(change, draft, table, c)));
        Slot slot = before.map(c -> behindCopies(draft, c, Slot.CONSTRAIN)).orElseGet(() -> slotOfAdded(table, name));
        draft.add(
                change,
                slot,
                spec.validate(
                        table.name(),
                        name,
                        alter + " VALIDATE CONSTRAINT " + Identifier.quote(name),
                        Optional.empty()));
    }

    /** A column whose type changes may get a copy of the constraint as it was. */
    private static Slot behindCopies(Draft draft, Constraint constraint, Slot otherwise) {
        return Placement.changesType(draft, Describe.bothEnds(constraint)) ? Slot.AFTER_SWAP : otherwise;
    }

    /** After the step that adds it, which the same script does. */
    private static Slot slotOfAdded(TableDraft table, String name) {
        boolean waits = table.hasColumnChanges() && !table.renamed().isEmpty()
                || !table.retyped().isEmpty();
        boolean replaced = table.table().constraint(name).isPresent();
        return waits || replaced ? Slot.AFTER_SWAP : Slot.PREPARE;
    }

    /** PostgreSQL cannot forget that a constraint is valid; making it again is a change of the catalog only. */
    private static Step invalid(Change change, Draft draft, TableDraft table, Constraint constraint) {
        String quoted = Identifier.quote(constraint.name());
        String alter = "ALTER TABLE " + table.name().quoted();
        var spec = draft.step(
                        change, "not-valid " + constraint.name(), "make " + constraint.name() + " NOT VALID again")
                .lock(table.name(), LockMode.ACCESS_EXCLUSIVE);
        constraint.foreignKey().ifPresent(key -> spec.lock(key.table(), LockMode.ACCESS_EXCLUSIVE));
        return spec.brief(
                Step.Purpose.DDL,
                List.of(
                        alter + " DROP CONSTRAINT IF EXISTS " + quoted,
                        alter + " ADD CONSTRAINT " + quoted + " " + constraint.definition()));
    }

    private static void alter(Change change, Draft draft) {
        TableDraft table = draft.table(change);
        String name = change.command().has("name")
                ? change.command().text("name")
                : change.command().get("def").text("conname");
        Constraint before = table.table()
                .constraint(name)
                .orElseThrow(() -> draft.refuse(
                        change,
                        "missing-constraint",
                        "constraint \"" + name + "\" of table " + table.name() + " does not exist",
                        "Check the name."));
        if (before.kind() != Constraint.Kind.FOREIGN_KEY
                || change.text().toLowerCase(java.util.Locale.ROOT).contains("enforced")) {
            throw draft.refuse(
                    change,
                    "alter-fk-enforced-18",
                    "only when a foreign key is checked can be altered without reading the table under a strong lock",
                    "Drop the constraint and add it again.");
        }
        String alter = "ALTER TABLE " + table.name().quoted();
        String back = alter + " ALTER CONSTRAINT " + Identifier.quote(name)
                + (before.deferrable() ? " DEFERRABLE" : " NOT DEFERRABLE")
                + (before.deferred() ? " INITIALLY DEFERRED" : "");
        draft.add(
                change,
                behindCopies(draft, before, Slot.SWAP),
                draft.step(change, "alter-constraint " + name, "change when " + name + " is checked")
                        .because("changes only the catalog; the old version may rely on the moment of the check")
                        .lock(table.name(), LockMode.ACCESS_EXCLUSIVE)
                        .undo(draft.step(change, "alter-constraint-back " + name, "check " + name + " as before")
                                .lock(table.name(), LockMode.ACCESS_EXCLUSIVE)
                                .brief(Step.Purpose.DDL, back))
                        .brief(Step.Purpose.DDL, alter + " " + change.text()));
    }
}
