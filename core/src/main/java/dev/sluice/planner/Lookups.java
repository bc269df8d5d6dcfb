package dev.sluice.planner;

import dev.sluice.sql.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** New columns whose values are looked up in other tables, of which the script may make a part, too. Pure. */
public final class Lookups {

    private Lookups() {}

    private static Stream<AddedColumn.Fill> of(TableDraft table) {
        return table.added().values().stream()
                .flatMap(column -> column.fill().stream())
                .filter(AddedColumn.Fill::lookup);
    }

    private static Stream<TableDraft> read(Draft draft, AddedColumn.Fill fill) {
        return relations(fill)
                .filter(relation -> !draft.isNew(relation))
                .flatMap(relation -> draft.findTable(relation).stream());
    }

    private static Stream<Node> relations(AddedColumn.Fill fill) {
        return fill.expression().tree().all("RangeVar").stream();
    }

    /** Whether any value of the one table's new columns is looked up in the other. */
    static boolean go(Draft draft, TableDraft from, TableDraft into) {
        return of(from).flatMap(fill -> read(draft, fill)).anyMatch(table -> table == into);
    }

    /** Whether it reads a column that the script gives the table, under that name. */
    private static boolean readsNewColumn(Draft draft, AddedColumn.Fill fill, TableDraft table) {
        Set<String> named = fill.expression().columns();
        return read(draft, fill).anyMatch(other -> other == table)
                && (fill.expression().namesWholeRow()
                        || table.added().keySet().stream().anyMatch(named::contains));
    }

    /** A column that it reads under the name, or with the type, that the script gives it only in contract. */
    public static Optional<Change> readsWhatWaits(Draft draft, AddedColumn.Fill fill) {
        Set<String> named = fill.expression().columns();
        return read(draft, fill)
                .flatMap(table -> Stream.concat(
                        table.renamed().stream()
                                .filter(rename -> named.contains(rename.after()))
                                .map(TableDraft.Renamed::change),
                        table.retyped().stream()
                                .filter(retyped -> named.contains(retyped.column()))
                                .map(TableDraft.Retyped::change)))
                .findFirst();
    }

    /** Whether what it reads is there, as the plain script finds it, only once steps before it have run. */
    static boolean readsWhatTheScriptMakes(Draft draft, AddedColumn.Fill fill) {
        return relations(fill).anyMatch(draft::isNew)
                || read(draft, fill)
                        .anyMatch(table -> readsNewColumn(draft, fill, table)
                                || draft.lastRowsChange(table.name()).compareTo(Slot.CREATE) > 0);
    }

    /**
     * The tables in the order in which their new columns can be filled: first those that others look up.
     *
     * @throws ChangeRefused when there is no such order
     */
    static List<TableDraft> inOrder(Draft draft) {
        List<TableDraft> left = new ArrayList<>(draft.tables());
        List<TableDraft> order = new ArrayList<>();
        while (!left.isEmpty()) {
            TableDraft next = left.stream()
                    .filter(table -> left.stream().noneMatch(other -> needs(draft, table, other)))
                    .findFirst()
                    .orElseThrow(() -> roundabout(draft, left));
            left.remove(next);
            order.add(next);
        }
        return List.copyOf(order);
    }

    private static boolean needs(Draft draft, TableDraft table, TableDraft other) {
        return of(table).anyMatch(fill -> readsNewColumn(draft, fill, other));
    }

    private static ChangeRefused roundabout(Draft draft, List<TableDraft> tables) {
        AddedColumn.Fill fill = tables.stream()
                .flatMap(table ->
                        of(table).filter(f -> tables.stream().anyMatch(other -> readsNewColumn(draft, f, other))))
                .max(Comparator.comparingInt(f -> f.change().start()))
                .orElseThrow();
        return draft.refuse(
                fill.change(),
                "fill-from-filled",
                "this statement reads a new column in other rows, and that is filled at the same time or, by way of another"
                        + " table, from what this statement fills: there is no order in which the tables can be filled",
                "Write this statement, with the column that it fills, in a migration after this one.");
    }
}
