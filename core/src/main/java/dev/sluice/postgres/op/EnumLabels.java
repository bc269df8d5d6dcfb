package dev.sluice.postgres.op;

import dev.sluice.catalog.UserType;
import dev.sluice.plan.Note;
import dev.sluice.plan.Step;
import dev.sluice.planner.About;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Operation;
import dev.sluice.planner.Slot;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import java.util.List;
import java.util.Optional;

/**
 * ALTER TYPE … ADD VALUE: its own transaction, since a label may be used only after it; PostgreSQL cannot take it back.
 * RENAME VALUE: in contract, since the old version writes the old label.
 */
final class EnumLabels implements Operation {

    @Override
    public String id() {
        return "enum-value";
    }

    @Override
    public About about() {
        return About.of("Add or rename a label of an enum", "`ALTER TYPE … ADD VALUE`, `RENAME VALUE`")
                .expand("""
                        ADD VALUE, in a transaction of its own: a label can be used only after it.
                        """)
                .contract("RENAME VALUE.")
                .undo("""
                        A renamed label gets its old name; an added one stays, because PostgreSQL cannot remove it.
                        Planned again, it is there already.
                        """)
                .locks("None on tables.");
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        if (!change.kind().equals("AlterEnumStmt")) {
            return false;
        }
        Node node = change.command();
        List<String> parts = node.strings("typeName");
        Optional<UserType> type = draft.catalog().resolveType(ObjectNames.schema(parts), ObjectNames.last(parts));
        String before = node.text("oldVal");
        String label = node.text("newVal");
        String what = ObjectNames.last(parts) + " " + label;
        if (!before.isEmpty()) {
            String alter =
                    "ALTER TYPE " + type.map(t -> t.name().quoted()).orElse(Identifier.quote(ObjectNames.last(parts)))
                            + " RENAME VALUE ";
            draft.note(
                    Note.Level.WARNING,
                    change.source(),
                    "label " + label
                            + " is there only after contract: until then the new version has to write and read "
                            + before);
            draft.add(
                    change,
                    Slot.AFTER_SWAP,
                    draft.step(change, "rename-label " + what, "rename label " + before + " to " + label)
                            .because("the old version writes and reads the old label until it is gone")
                            .undo(draft.step(
                                            change,
                                            "rename-label-back " + what,
                                            "rename label " + label + " back to " + before)
                                    .brief(
                                            Step.Purpose.DDL,
                                            alter + Identifier.literal(label) + " TO " + Identifier.literal(before)))
                            .brief(
                                    Step.Purpose.DDL,
                                    alter + Identifier.literal(before) + " TO " + Identifier.literal(label)));
            return true;
        }
        if (type.filter(t -> t.labels().contains(label)).isPresent()) {
            draft.note(Note.Level.INFO, change.source(), "the type has label " + label + " already: nothing to do");
            return true;
        }
        draft.note(
                Note.Level.INFO,
                change.source(),
                "down leaves label " + label + " in the type: PostgreSQL cannot remove one");
        draft.add(
                change,
                Slot.CREATE,
                draft.step(change, "add-label " + what, "add label " + label)
                        .because("additive; a transaction of its own, because a label can be used only after it")
                        .undo(draft.step(
                                        change,
                                        "keep-label " + what,
                                        "label " + label + " stays: PostgreSQL cannot remove it")
                                .brief(Step.Purpose.DDL, "SELECT 1"))
                        .brief(Step.Purpose.DDL, change.statement().sql()));
        return true;
    }
}
