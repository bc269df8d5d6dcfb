package dev.sluice.postgres.op;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Table;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the actions of foreign keys (CASCADE, SET NULL, SET DEFAULT) do to a table's other rows when some of its rows are
 * deleted or updated, also by way of other tables. Pure.
 */
final class KeyActions {

    /** Rows of a table that are deleted, or of which these columns are updated. */
    private record Event(QualifiedName table, boolean delete, Set<String> columns) {}

    private KeyActions() {}

    /** The columns of a table that change in other rows when rows of one, the same or another, are deleted. */
    static Set<String> ofDelete(Catalog catalog, Table table, Table of) {
        return reached(catalog, new Event(table.name(), true, Set.of()), of.name());
    }

    /** The columns of a table that change in other rows when these columns of one, the same or another, are updated. */
    static Set<String> ofUpdate(Catalog catalog, Table table, Set<String> updated, Table of) {
        return reached(catalog, new Event(table.name(), false, updated), of.name());
    }

    /**
     * Whether deleting rows of the table may delete others of it in a way that batches do not follow: they see what goes through
     * the table's own foreign keys to itself, within one table and where nothing else of it forbids the deletion.
     */
    static boolean deletesUnseen(Catalog catalog, Table table) {
        List<Constraint.Action> own = table.foreignKeys().stream()
                .map(key -> key.foreignKey().orElseThrow())
                .filter(key -> key.table().equals(table.name()))
                .map(Constraint.ForeignKey::onDelete)
                .toList();
        boolean alone = table.kind() == Table.Kind.ORDINARY
                && !table.isPartition()
                && table.inheritedBy().isEmpty();
        boolean followed = !own.contains(Constraint.Action.CASCADE)
                || alone && own.stream().allMatch(KeyActions::acts);
        return !followed || comesBack(catalog, table);
    }

    private static boolean comesBack(Catalog catalog, Table table) {
        Set<QualifiedName> seen = new HashSet<>(Set.of(table.name()));
        Deque<QualifiedName> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            QualifiedName from = open.remove();
            for (Catalog.IncomingForeignKey incoming : catalog.foreignKeysTo(from)) {
                QualifiedName to = incoming.table().name();
                if (incoming.constraint().foreignKey().orElseThrow().onDelete() != Constraint.Action.CASCADE) {
                    continue;
                }
                if (to.equals(table.name()) && !from.equals(to)) {
                    return true;
                }
                if (seen.add(to)) {
                    open.add(to);
                }
            }
        }
        return false;
    }

    static boolean acts(Constraint.Action action) {
        return action != Constraint.Action.NO_ACTION && action != Constraint.Action.RESTRICT;
    }

    private static Set<String> reached(Catalog catalog, Event first, QualifiedName of) {
        Set<String> columns = new HashSet<>();
        Set<Event> seen = new HashSet<>(Set.of(first));
        Deque<Event> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            Event event = open.remove();
            for (Catalog.IncomingForeignKey incoming : catalog.foreignKeysTo(event.table)) {
                Constraint.ForeignKey key = incoming.constraint().foreignKey().orElseThrow();
                Constraint.Action action = event.delete ? key.onDelete() : key.onUpdate();
                if (!acts(action) || !event.delete && Collections.disjoint(key.columns(), event.columns)) {
                    continue;
                }
                boolean delete = event.delete && action == Constraint.Action.CASCADE;
                Set<String> set =
                        delete ? Set.of() : Set.copyOf(incoming.constraint().columns());
                if (incoming.table().name().equals(of)) {
                    columns.addAll(set);
                }
                Event next = new Event(incoming.table().name(), delete, set);
                if (seen.add(next)) {
                    open.add(next);
                }
            }
        }
        return columns;
    }
}
