package dev.sluice.postgres.op;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.ObjectRef;
import dev.sluice.catalog.Table;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Mark;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.Slot;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
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
        return behindEarlier(draft, table, later(free(change, draft, table), own));
    }

    /** When the keys are gone that the script before takes away, and with them what they forbid, or do to other rows. */
    private static Slot free(Change change, Draft draft, TableDraft table) {
        ScriptBefore before = ScriptBefore.of(draft, change);
        Slot slot = Slot.CREATE;
        for (Catalog.IncomingForeignKey key : keys(draft.catalog(), table.table())) {
            QualifiedName of = key.table().name();
            boolean columnGoes =
                    key.constraint().columns().stream().anyMatch(column -> before.drops(ObjectRef.column(of, column)));
            if (columnGoes && (refersTo(key, table) || restricts(key.constraint(), change))) {
                return Slot.AFTER_SWAP; // the swap of that table takes the column, and the key with it
            }
            if (before.drops(key.constraint().name()) || !of.equals(table.name()) && before.drops(of.name())) {
                slot = Slot.SWAP;
            }
        }
        return slot;
    }

    private static boolean refersTo(Catalog.IncomingForeignKey key, TableDraft table) {
        return !key.table().name().equals(table.name())
                || key.constraint()
                        .foreignKey()
                        .filter(k -> k.table().equals(table.name()))
                        .isPresent();
    }

    /** Whether a key of the table itself may forbid the statement. */
    private static boolean restricts(Constraint key, Change change) {
        return switch (change.kind()) {
            case "DeleteStmt" -> false;
            case "UpdateStmt" -> WholeChange.assigned(change).anyMatch(key.columns()::contains);
            default -> true;
        };
    }

    /** Keys of the table, and foreign keys to it, or to one whose rows change with its rows. */
    private static List<Catalog.IncomingForeignKey> keys(Catalog catalog, Table table) {
        List<Catalog.IncomingForeignKey> keys = new ArrayList<>();
        table.constraints().stream()
                .filter(c -> IN_CONTRACT.contains(c.kind()))
                .forEach(c -> keys.add(new Catalog.IncomingForeignKey(table, c)));
        Set<QualifiedName> seen = new HashSet<>(Set.of(table.name()));
        Deque<QualifiedName> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            for (Catalog.IncomingForeignKey incoming : catalog.foreignKeysTo(open.remove())) {
                keys.add(incoming);
                Constraint.ForeignKey key = incoming.constraint().foreignKey().orElseThrow();
                boolean acts = KeyActions.acts(key.onDelete()) || KeyActions.acts(key.onUpdate());
                if (acts && seen.add(incoming.table().name())) {
                    open.add(incoming.table().name());
                }
            }
        }
        return keys;
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
