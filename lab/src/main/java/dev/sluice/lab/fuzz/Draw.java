package dev.sluice.lab.fuzz;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Column;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Table;
import dev.sluice.catalog.TypeRef;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a form of statement is drawn from: the schema as it is now, the dice, and fresh names.
 *
 * @param large tables that get the plan of large ones
 */
record Draw(Dice dice, Names names, Catalog catalog, Set<QualifiedName> large) {

    /** A column of a table that is no partition. */
    record Place(Table table, Column column) {
        String name() {
            return Identifier.quote(column.name());
        }
    }

    List<Table> tables() {
        return catalog.tables().values().stream()
                .filter(t -> t.partitioning().parent().isEmpty())
                .filter(t -> !t.name().name().equals(Acting.LOG))
                .toList();
    }

    Optional<Table> table() {
        return dice.any(tables());
    }

    Optional<Table> table(Predicate<Table> wanted) {
        return dice.any(tables().stream().filter(wanted).toList());
    }

    Optional<Place> column(Predicate<Column> wanted) {
        return dice.any(tables().stream()
                .flatMap(t -> t.columns().stream().filter(wanted).map(c -> new Place(t, c)))
                .toList());
    }

    Optional<Place> column(Table table, Predicate<Column> wanted) {
        return dice.any(table.columns().stream()
                .filter(wanted)
                .map(c -> new Place(table, c))
                .toList());
    }

    /** The table's name as a script would write it: with its schema, or without where that is enough. */
    String name(Table table) {
        return name(table.name());
    }

    String name(QualifiedName name) {
        return name.schema().equals("public") && dice.percent(70) ? Identifier.quote(name.name()) : name.quoted();
    }

    String fresh(String kind) {
        return Identifier.quote(names.fresh(kind));
    }

    Optional<String> constant(TypeRef type) {
        return Values.of(type, catalog, Integer.toString(dice.between(1, 9)));
    }

    Optional<ColumnType> plainType(Column column) {
        return ColumnType.ALL.stream()
                .filter(t -> t.sql().equals(column.type().formatted())
                        || t.base().equals(column.type().name().name()))
                .findFirst()
                .filter(t -> column.type().name().schema().equals("pg_catalog"));
    }

    /** Whether two plain runs would agree on the column's values. */
    static boolean settled(Column column) {
        return !column.name().contains(Names.ANY_VALUE);
    }

    boolean hasLog() {
        return catalog.tables().containsKey(QualifiedName.of("public", Acting.LOG));
    }

    static boolean writable(Column column) {
        return !column.isGenerated() && column.identity() != Column.Identity.ALWAYS;
    }

    static boolean isKey(Table table, Column column) {
        return table.constraints().stream()
                .filter(c -> c.kind() == Constraint.Kind.PRIMARY_KEY
                        || c.kind() == Constraint.Kind.UNIQUE
                        || c.kind() == Constraint.Kind.FOREIGN_KEY)
                .anyMatch(c -> c.columns().contains(column.name()));
    }
}
