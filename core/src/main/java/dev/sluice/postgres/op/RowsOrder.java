package dev.sluice.postgres.op;

import dev.sluice.catalog.Constraint;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Mark;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.Slot;
import dev.sluice.planner.TableDraft;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/** In which phase a statement that changes rows runs, beside what the script does before and after it to the same table. It notes the phase in the draft. */
final class RowsOrder {

    private static final Set<Constraint.Kind> IN_CONTRACT =
            EnumSet.of(Constraint.Kind.PRIMARY_KEY, Constraint.Kind.UNIQUE, Constraint.Kind.FOREIGN_KEY);

    private static final Set<String> RESTRICTS = Set.of("AT_AddConstraint", "AT_SetNotNull", "AT_AlterColumnType");

    private RowsOrder() {}

    static Slot slot(Change change, Draft draft, TableDraft table) {
        boolean restrictedLater = draft.request().up().statements().stream()
                .filter(s -> s.start() > change.statement().start())
                .filter(s -> s.node().has("relation")
                        && draft.findTable(s.node().get("relation"))
                                .filter(t -> t == table)
                                .isPresent())
                .flatMap(s -> Change.of(s).stream())
                .anyMatch(c -> RESTRICTS.contains(c.kind())
                        || c.kind().equals("IndexStmt") && c.command().flag("unique"));
        Slot slot = Placement.of(change, draft, Slot.CREATE);
        Slot own = restrictedLater && slot.ordinal() < Slot.PROVE.ordinal() ? Slot.PROVE : slot;
        return behindEarlier(draft, table, frees(change, draft, table) ? later(Slot.SWAP, own) : own);
    }

    /** Whether the script before takes away a key that may stand in the way of the statement: that goes in contract. */
    private static boolean frees(Change change, Draft draft, TableDraft table) {
        ScriptBefore before = ScriptBefore.of(draft, change);
        return Stream.concat(
                        table.table().constraints().stream()
                                .filter(c -> IN_CONTRACT.contains(c.kind()))
                                .map(Constraint::name),
                        draft.catalog().foreignKeysTo(table.name()).stream()
                                .flatMap(i -> Stream.of(
                                        i.constraint().name(), i.table().name().name())))
                .anyMatch(before::drops);
    }

    /**
     * Whether rows of the table change so late, in the script before, that what restricts them has to come later still, and
     * cannot be looked for at the beginning of contract.
     */
    static boolean changesLate(Draft draft, TableDraft table) {
        return Stream.of(Slot.SWAP, Slot.AFTER_SWAP)
                .anyMatch(slot -> draft.has(new Mark.RowsChange(slot, table.name())));
    }

    /** Statements that change the rows of a table keep their order. */
    private static Slot behindEarlier(Draft draft, TableDraft table, Slot slot) {
        Slot last = Stream.of(Slot.values())
                .filter(earlier -> draft.has(new Mark.RowsChange(earlier, table.name())))
                .reduce(slot, RowsOrder::later);
        draft.mark(new Mark.RowsChange(last, table.name()));
        return last;
    }

    private static Slot later(Slot one, Slot other) {
        return one.ordinal() > other.ordinal() ? one : other;
    }
}
