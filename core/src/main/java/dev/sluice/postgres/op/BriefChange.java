package dev.sluice.postgres.op;

import dev.sluice.catalog.Table;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Step;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Slot;
import dev.sluice.planner.StepSpec;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/** A change of the catalog alone, with the statements that take it exactly back. */
final class BriefChange {

    private static final String ADDITIVE = "changes only the catalog; nobody loses anything by it";
    private static final String FINAL =
            "changes only the catalog; the old version may rely on what was, until it is gone";

    private BriefChange() {}

    /** In expand: it restricts nobody. */
    static void additive(Change change, Draft draft, Optional<QualifiedName> locked, String sql, List<String> undo) {
        add(change, draft, Slot.CREATE, ADDITIVE, locked, locked, sql, undo);
    }

    /** In contract: the old version may notice. */
    static void last(Change change, Draft draft, Optional<QualifiedName> locked, String sql, List<String> undo) {
        add(change, draft, Slot.AFTER_SWAP, FINAL, locked, locked, sql, undo);
    }

    /** The same where the statement gives the thing another name, by which the way back finds it. */
    static void moved(
            Change change, Draft draft, QualifiedName before, QualifiedName after, String sql, List<String> undo) {
        add(change, draft, Slot.AFTER_SWAP, FINAL, Optional.of(before), Optional.of(after), sql, undo);
    }

    private static void add(
            Change change,
            Draft draft,
            Slot normally,
            String why,
            Optional<QualifiedName> locked,
            Optional<QualifiedName> lockedBack,
            String sql,
            List<String> undo) {
        Slot slot = Placement.of(change, draft, normally);
        String title = Placement.words(change);
        StepSpec back = draft.step(change, "undo " + title, "take back: " + title);
        StepSpec spec = draft.step(change, title, title).because(why);
        // PostgreSQL has no LOCK TABLE for a foreign table, and for a view it would lock what is under it
        boolean lockable = locked.flatMap(draft.catalog()::table)
                .filter(table -> table.kind() != Table.Kind.FOREIGN)
                .isPresent();
        if (lockable) {
            locked.ifPresent(table -> spec.lock(table, LockMode.ACCESS_EXCLUSIVE));
            lockedBack.ifPresent(table -> back.lock(table, LockMode.ACCESS_EXCLUSIVE));
        }
        draft.add(change, slot, spec.undo(back.brief(Step.Purpose.DDL, undo)).brief(Step.Purpose.DDL, sql));
    }
}
