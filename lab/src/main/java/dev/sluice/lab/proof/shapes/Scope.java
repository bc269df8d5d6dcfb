package dev.sluice.lab.proof.shapes;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Column;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Table;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.plan.TableLock;
import dev.sluice.planner.Protection;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The tables that a migration concerns, as both versions see them. A table keeps its object id through a plain run, and a
 * column its number: by these the two shapes of one thing are found. Immutable.
 *
 * @param start catalog of the old version
 * @param plain catalog of the new version
 * @param touched tables of the old version in use that the plan's steps lock against writers or other DDL
 * @param related these, the tables they point at, and those whose rows go when theirs go
 */
record Scope(Catalog start, Catalog plain, Set<QualifiedName> touched, Set<QualifiedName> related) {

    Scope {
        touched = Set.copyOf(touched);
        related = Set.copyOf(related);
    }

    static Scope of(Plan plan, Catalog start, Catalog plain) {
        Set<QualifiedName> touched = new TreeSet<>();
        Stream.concat(plan.expand().stream(), plan.contract().stream())
                .map(Step::info)
                .flatMap(info -> info.locks().stream())
                .filter(lock -> lock.mode().compareTo(LockMode.ROW_EXCLUSIVE) > 0)
                .map(TableLock::table)
                .filter(name -> start.table(name).isPresent())
                .forEach(touched::add);
        start.tables().values().stream()
                .filter(table -> isChanged(table, plain))
                .map(Table::name)
                .forEach(touched::add);
        // an application would make the plan another one: such a table was never written to
        Protection inUse = new Protection(start, Set.of());
        touched.removeIf(name -> !inUse.protects(name));
        Set<QualifiedName> related = new TreeSet<>(touched);
        for (QualifiedName name : touched) {
            start.table(name).orElseThrow().foreignKeys().forEach(key -> related.add(target(key)));
        }
        touched.forEach(name -> addDependents(start, name, related));
        // what nobody needs is changed as written, without regard to the old version
        related.removeIf(name -> start.table(name)
                .filter(table -> inUse.protects(name) || !isChanged(table, plain))
                .isEmpty());
        return new Scope(start, plain, touched, related);
    }

    private static boolean isChanged(Table table, Catalog plain) {
        Optional<Table> after = byId(plain, table.oid());
        return after.isEmpty()
                || !after.get().name().equals(table.name())
                || !after.get().columns().equals(table.columns());
    }

    private static QualifiedName target(Constraint foreignKey) {
        return foreignKey.foreignKey().orElseThrow().table();
    }

    private static void addDependents(Catalog catalog, QualifiedName name, Set<QualifiedName> all) {
        for (Catalog.IncomingForeignKey key : catalog.foreignKeysTo(name)) {
            if (all.add(key.table().name())) {
                addDependents(catalog, key.table().name(), all);
            }
        }
    }

    private static Optional<Table> byId(Catalog catalog, long oid) {
        return catalog.tables().values().stream().filter(t -> t.oid() == oid).findFirst();
    }

    /** What a table of the old version is for the new one; empty when it is dropped. */
    Optional<Table> successor(Table old) {
        return byId(plain, old.oid());
    }

    /** What a table of the new version is for the old one; empty when it is new. */
    Optional<Table> ancestor(Table fresh) {
        return byId(start, fresh.oid());
    }

    List<Table> oldTables() {
        return related.stream()
                .sorted()
                .flatMap(n -> start.table(n).stream())
                .filter(Scope::hasRows)
                .toList();
    }

    /** The new version's forms of the related tables, and the tables that only it has. */
    List<Table> newTables() {
        List<Table> tables = new ArrayList<>();
        for (Table table : plain.tables().values()) {
            Optional<Table> ancestor = ancestor(table);
            if (hasRows(table)
                    && (ancestor.isEmpty() || related.contains(ancestor.get().name()))) {
                tables.add(table);
            }
        }
        return tables;
    }

    /** Where the old version writes. */
    List<QualifiedName> oldTargets() {
        return touched.stream()
                .sorted()
                .flatMap(n -> start.table(n).stream())
                .filter(table -> hasRows(table) && !table.isPartition() && !isAttached(table))
                .map(Table::name)
                .toList();
    }

    /** A table that becomes a partition: the plan forbids from its first step on what would not fit. */
    private boolean isAttached(Table old) {
        return successor(old).filter(Table::isPartition).isPresent();
    }

    /** Tables that become partitions, and what they become part of: the old version sees their rows there during expand. */
    Set<QualifiedName> attached() {
        Set<QualifiedName> names = new TreeSet<>();
        for (Table table : start.tables().values()) {
            Optional<Table> fresh = successor(table);
            if (!table.isPartition() && isAttached(table)) {
                names.add(table.name());
                fresh.flatMap(t -> t.partitioning().parent())
                        .flatMap(plain::table)
                        .flatMap(this::ancestor)
                        .map(Table::name)
                        .ifPresent(names::add);
            }
        }
        return names;
    }

    /** Partitions that are detached, and what they are part of: the rows stay in there until contract. */
    Set<QualifiedName> detached() {
        Set<QualifiedName> names = new TreeSet<>();
        for (Table table : start.tables().values()) {
            Optional<QualifiedName> parent = table.partitioning().parent();
            if (parent.isPresent()
                    && successor(table)
                            .filter(fresh -> fresh.partitioning().parent().equals(parent))
                            .isEmpty()) {
                names.add(table.name());
                names.add(parent.get());
            }
        }
        return names;
    }

    /** Where the new version writes. */
    List<QualifiedName> newTargets() {
        return plain.tables().values().stream()
                .filter(table -> hasRows(table) && !table.isPartition())
                .filter(table -> ancestor(table)
                        .filter(old -> touched.contains(old.name()))
                        .isPresent())
                .map(Table::name)
                .toList();
    }

    private static boolean hasRows(Table table) {
        return table.kind() != Table.Kind.FOREIGN && !table.userColumns().isEmpty();
    }

    /** Whether the two versions see different columns in it: something has to translate. */
    boolean isTranslated(Table old, Table fresh) {
        return !own(old, fresh).isEmpty() || !own(fresh, old).isEmpty();
    }

    /** Columns that the other form does not have under the same name and type. */
    static List<String> own(Table table, Table other) {
        return table.userColumns().stream()
                .filter(column -> other.column(column.name())
                        .filter(c -> c.type().equals(column.type()) && c.attnum() == column.attnum())
                        .isEmpty())
                .map(Column::name)
                .toList();
    }

    /** The column of {@code other} that is the same one, whatever its name and type. */
    static Optional<Column> same(Column column, Table other) {
        return other.columns().stream()
                .filter(c -> c.attnum() == column.attnum())
                .findFirst();
    }
}
