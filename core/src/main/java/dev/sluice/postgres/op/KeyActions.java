package dev.sluice.postgres.op;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Table;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

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
     *
     * @param before what the script has dropped by then
     */
    static boolean deletesUnseen(Catalog catalog, Table table, ScriptBefore before) {
        List<Constraint.Action> own = foreignKeysTo(catalog, table.name(), before)
                .filter(key -> key.table().name().equals(table.name()))
                .map(KeyActions::onDelete)
                .toList();
        boolean alone = table.kind() == Table.Kind.ORDINARY
                && !table.isPartition()
                && table.inheritedBy().isEmpty();
        boolean followed = !own.contains(Constraint.Action.CASCADE)
                || alone && own.stream().allMatch(KeyActions::acts);
        return !followed || comesBack(catalog, table, before);
    }

    private static boolean comesBack(Catalog catalog, Table table, ScriptBefore before) {
        Set<QualifiedName> seen = new HashSet<>(Set.of(table.name()));
        Deque<QualifiedName> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            QualifiedName from = open.remove();
            List<QualifiedName> reached = foreignKeysTo(catalog, from, before)
                    .filter(key -> onDelete(key) == Constraint.Action.CASCADE)
                    .map(key -> key.table().name())
                    .toList();
            if (!from.equals(table.name()) && reached.contains(table.name())) {
                return true;
            }
            reached.stream().filter(seen::add).forEach(open::add);
        }
        return false;
    }

    private static Stream<Catalog.IncomingForeignKey> foreignKeysTo(
            Catalog catalog, QualifiedName table, ScriptBefore before) {
        return enforcedTo(catalog, table)
                .filter(key -> !before.drops(key.constraint().name()))
                .filter(key -> !before.dropsColumnOf(key.table().name(), key.constraint()));
    }

    /** Without those that are NOT ENFORCED (PostgreSQL 18): they do nothing. */
    static Stream<Catalog.IncomingForeignKey> enforcedTo(Catalog catalog, QualifiedName table) {
        return catalog.foreignKeysTo(table).stream()
                .filter(key -> key.constraint().enforced());
    }

    private static Constraint.Action onDelete(Catalog.IncomingForeignKey key) {
        return key.constraint().foreignKey().orElseThrow().onDelete();
    }

    /** Tables whose rows foreign keys change, or delete, when rows of this one change: also by way of others; without the table. */
    static Set<QualifiedName> reached(Catalog catalog, QualifiedName table) {
        Set<QualifiedName> seen = new HashSet<>(Set.of(table));
        Deque<QualifiedName> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            enforcedTo(catalog, open.remove())
                    .filter(incoming -> {
                        Constraint.ForeignKey key =
                                incoming.constraint().foreignKey().orElseThrow();
                        return acts(key.onDelete()) || acts(key.onUpdate());
                    })
                    .map(incoming -> incoming.table().name())
                    .filter(seen::add)
                    .forEach(open::add);
        }
        seen.remove(table);
        return seen;
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
            for (Catalog.IncomingForeignKey incoming :
                    enforcedTo(catalog, event.table).toList()) {
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
