package dev.sluice.postgres.op;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Table;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Mark;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.Slot;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
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
        Slot slot = ReadRows.behind(change, draft, Optional.of(table), Placement.of(change, draft, Slot.CREATE));
        Slot own = restrictedLater && slot.ordinal() < Slot.PROVE.ordinal() ? Slot.PROVE : slot;
        return behindEarlier(draft, table, Slot.later(free(change, draft, table), own));
    }

    /** When the keys are gone that the script before takes away, and with them what they forbid, or do to other rows. */
    private static Slot free(Change change, Draft draft, TableDraft table) {
        ScriptBefore before = ScriptBefore.of(draft, change);
        if (isBehindParts(change, draft, table, before)) {
            return Slot.AFTER_SWAP;
        }
        Slot slot = whenDefaultsAreGone(change, draft, table, before);
        for (Catalog.IncomingForeignKey key : keys(draft.catalog(), table.table())) {
            QualifiedName of = key.table().name();
            boolean columnGoes = before.dropsColumnOf(of, key.constraint());
            if (columnGoes && (refersTo(key, table) || restricts(key.constraint(), change))) {
                return Slot.AFTER_SWAP; // the swap of that table takes the column, and the key with it
            }
            if (before.drops(key.constraint().name()) || !of.equals(table.name()) && before.drops(of.name())) {
                slot = Slot.later(slot, Slot.SWAP);
            }
        }
        return slot;
    }

    /**
     * Whether the script before takes a unique index or a partition away, which goes at the end of contract; or makes the unique
     * index that ON CONFLICT needs.
     */
    private static boolean isBehindParts(Change change, Draft draft, TableDraft table, ScriptBefore before) {
        boolean needsUnique = change.command().get("onConflictClause").has("infer")
                || change.kind().equals("MergeStmt");
        return table.table().indexes().stream()
                        .filter(index ->
                                index.unique() && index.constraintName().isEmpty())
                        .anyMatch(index -> before.drops(index.name().name()))
                || before.changes().stream()
                        .filter(c -> c.kind().equals("AT_DetachPartition"))
                        .flatMap(c -> Stream.of(
                                draft.findTable(c.relation()),
                                draft.findTable(c.command().get("def").get("name"))))
                        .anyMatch(detached -> detached.filter(t -> t == table).isPresent())
                || needsUnique
                        && before.changes().stream()
                                .filter(c -> c.kind().equals("AT_AddConstraint")
                                        || c.kind().equals("IndexStmt")
                                                && c.command().flag("unique"))
                                .anyMatch(c -> draft.findTable(c.relation())
                                        .filter(t -> t == table)
                                        .isPresent());
    }

    /** When the defaults are gone that the script before takes from columns to which the statement gives no value. */
    private static Slot whenDefaultsAreGone(Change change, Draft draft, TableDraft table, ScriptBefore before) {
        return before.changes().stream()
                .filter(c -> isDefaultOf(c, draft, table) && !c.command().has("def"))
                .map(c -> c.command().text("name"))
                .filter(column -> takesDefault(change, column))
                .map(column -> table.waitsForSwap(column) ? Slot.AFTER_SWAP : Slot.SWAP)
                .reduce(Slot.CREATE, Slot::later);
    }

    /** Refuses what would take a default that a later line gives: because it waits, or the column is new. */
    static void requireDefaults(Change change, Draft draft, TableDraft table, Slot slot) {
        draft.request().up().statements().stream()
                .filter(s -> s.start() > change.statement().start())
                .flatMap(s -> Change.of(s).stream())
                .filter(c -> isDefaultOf(c, draft, table)
                        && takesDefault(change, c.command().text("name")))
                // that of a new column is part of its definition, which may come later still
                .filter(c -> slot != Slot.CREATE || table.isAdded(c.command().text("name")))
                .findFirst()
                .ifPresent(later -> {
                    throw draft.refuse(
                            change,
                            "rows-before-default",
                            "this statement would take the default that line "
                                    + later.source().line() + " gives to "
                                    + later.command().text("name"),
                            "Give the column a value in this statement, or write line "
                                    + later.source().line() + " in a later migration.");
                });
    }

    private static boolean isDefaultOf(Change change, Draft draft, TableDraft table) {
        return change.kind().equals("AT_ColumnDefault")
                && draft.findTable(change.relation()).filter(t -> t == table).isPresent();
    }

    private static boolean takesDefault(Change change, String column) {
        boolean named = change.command().list("cols").stream()
                .anyMatch(c -> c.text("name").equals(column));
        return !change.command().all("SetToDefault").isEmpty()
                || Set.of("InsertStmt", "MergeStmt").contains(change.kind()) && !named;
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
        List<QualifiedName> tables = new ArrayList<>(List.of(table.name()));
        tables.addAll(KeyActions.reached(catalog, table.name()));
        tables.forEach(name -> keys.addAll(catalog.foreignKeysTo(name)));
        return keys;
    }

    /**
     * Whether rows of the table change so late, in the script before, that what restricts them has to come later still, and
     * cannot be looked for at the beginning of contract.
     */
    static boolean changesLate(Draft draft, QualifiedName table) {
        return draft.lastRowsChange(table).compareTo(Slot.SWAP) >= 0;
    }

    /** Statements that change the rows of a table keep their order. */
    private static Slot behindEarlier(Draft draft, TableDraft table, Slot slot) {
        Slot last = Slot.later(slot, draft.lastRowsUse(table.name()));
        draft.mark(new Mark.RowsChange(last, table.name()));
        return last;
    }
}
