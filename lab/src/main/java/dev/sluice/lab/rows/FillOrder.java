package dev.sluice.lab.rows;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Table;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Tables in an order in which parents come before children. Where keys go round in a circle, those that can be NULL come
 * before their parents.
 */
final class FillOrder {

    private FillOrder() {}

    static List<Table> of(Catalog catalog, Set<QualifiedName> tables) {
        List<Table> waiting = new ArrayList<>(tables.stream()
                .sorted()
                .flatMap(name -> catalog.table(name).stream())
                .toList());
        Set<QualifiedName> placed = new LinkedHashSet<>();
        List<Table> order = new ArrayList<>();
        while (!waiting.isEmpty()) {
            Set<QualifiedName> open =
                    new LinkedHashSet<>(waiting.stream().map(Table::name).toList());
            Table next = waiting.stream()
                    .min(Comparator.<Table>comparingLong(table -> cost(catalog, table, open)))
                    .orElseThrow();
            waiting.remove(next);
            placed.add(next.name());
            order.add(next);
        }
        return List.copyOf(order);
    }

    /** What it takes to fill this table before the open ones: keys that must be set later, mandatory ones above all. */
    private static long cost(Catalog catalog, Table table, Set<QualifiedName> open) {
        long cost = 0;
        for (Constraint key : table.foreignKeys()) {
            QualifiedName parent = key.foreignKey().orElseThrow().table();
            if (!parent.equals(table.name()) && isOpen(catalog, parent, open)) {
                cost += isOptional(table, key) ? 1 : 1_000;
            }
        }
        return cost;
    }

    /** Whether rows are still to come into this table: it is open itself, or one of its partitions is. */
    static boolean isOpen(Catalog catalog, QualifiedName table, Set<QualifiedName> open) {
        return open.contains(table)
                || catalog.table(table).stream()
                        .flatMap(t -> t.partitioning().children().stream())
                        .anyMatch(partition -> isOpen(catalog, partition, open));
    }

    /** Whether a row can do without a parent. */
    static boolean isOptional(Table table, Constraint key) {
        boolean full = key.foreignKey().orElseThrow().matchFull();
        List<Boolean> nullable = key.columns().stream()
                .map(name -> table.column(name).filter(c -> !c.notNull()).isPresent())
                .toList();
        return full ? !nullable.contains(false) : nullable.contains(true);
    }
}
