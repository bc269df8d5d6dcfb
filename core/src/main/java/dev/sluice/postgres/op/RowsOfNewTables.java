package dev.sluice.postgres.op;

import dev.sluice.plan.Note;
import dev.sluice.plan.Phase;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Mark;
import dev.sluice.planner.Slot;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/** Rows of a relation that the migration makes, which goes when the migration is taken back. */
final class RowsOfNewTables {

    private RowsOfNewTables() {}

    static void plan(Change change, Draft draft) {
        if (!draft.isNew(change.relation())) {
            requireNoView(change, draft);
            draft.table(change);
        }
        Optional<QualifiedName> made = draft.newRelation(change.relation());
        Slot slot = ReadRows.behind(
                change,
                draft,
                Optional.empty(),
                Slot.later(
                        Placement.of(change, draft, Slot.CREATE),
                        made.map(draft::lastRowsUse).orElse(Slot.CREATE)));
        ReadRows.tell(change, draft, Optional.empty(), slot);
        made.ifPresent(name -> draft.mark(new Mark.RowsChange(slot, name)));
        if (slot.phase() == Phase.CONTRACT) {
            draft.note(
                    Note.Level.WARNING,
                    change.source(),
                    "the new version finds what this does to "
                            + change.relation().text("relname")
                            + " only after contract: it reads rows that change only then");
        }
        draft.add(
                change,
                slot,
                draft.step(change, "data " + change.relation().text("relname"), Placement.words(change))
                        .because("changes only a relation that this migration makes")
                        .opaque(List.of(change.statement().sql()), true, Optional.empty()));
    }

    private static void requireNoView(Change change, Draft draft) {
        String schema = change.relation().text("schemaname");
        String name = change.relation().text("relname");
        if (draft.catalog()
                .resolveView(schema.isEmpty() ? Optional.empty() : Optional.of(schema), name)
                .isPresent()) {
            throw draft.refuse(
                    change,
                    "write-through-view",
                    name
                            + " is a view: which rows of which tables this changes is for its rules and triggers to say, and"
                            + " could not be put back",
                    "Write the statement for the table.");
        }
    }
}
