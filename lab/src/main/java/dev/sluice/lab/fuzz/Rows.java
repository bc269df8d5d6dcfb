package dev.sluice.lab.fuzz;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Column;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Table;
import dev.sluice.sql.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Rows written in the shape that a catalog describes. */
final class Rows {

    private Rows() {}

    /**
     * An INSERT of rows with these numbers that names its columns; foreign keys point at a row that exists, if any does.
     *
     * @param counters whether columns that count by themselves are given values, too
     */
    static Optional<String> insert(Catalog catalog, Table table, String name, int from, int to, boolean counters) {
        List<String> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (Column column : table.columns()) {
            boolean counter = column.isIdentity() || column.ownedSequence().isPresent();
            if (column.isGenerated() || counter && !counters) {
                continue;
            }
            Optional<String> value = reference(catalog, table, column).or(() -> Values.of(column.type(), catalog, "i"));
            if (value.isPresent()) {
                columns.add(Identifier.quote(column.name()));
                values.add(value.get());
            }
        }
        return columns.isEmpty()
                ? Optional.empty()
                : Optional.of("INSERT INTO " + name + " (" + String.join(", ", columns) + ")"
                        + (counters ? " OVERRIDING SYSTEM VALUE" : "") + " SELECT "
                        + String.join(", ", values) + " FROM generate_series(" + from + ", " + to + ") i");
    }

    /** Rows made from those of another table: one column from there, the others by number. */
    static Optional<String> copied(
            Catalog catalog, Table table, String name, Column target, Draw.Place source, String from) {
        String numbered = "(SELECT (100000 + row_number() OVER (ORDER BY " + source.name() + "::text))::integer AS i, "
                + source.name() + " AS s FROM " + from + " ORDER BY 1 LIMIT 5) numbered";
        return insert(catalog, table, name, 1, 1, true)
                .filter(sql -> sql.contains(Identifier.quote(target.name())))
                .map(sql -> copying(sql, catalog, table, target).replace("generate_series(1, 1) i", numbered));
    }

    private static String copying(String insert, Catalog catalog, Table table, Column target) {
        String value = reference(catalog, table, target)
                .or(() -> Values.of(target.type(), catalog, "i"))
                .orElseThrow();
        int select = insert.indexOf(" SELECT ");
        return insert.substring(0, select) + insert.substring(select).replaceFirst(Pattern.quote(value), "s");
    }

    private static Optional<String> reference(Catalog catalog, Table table, Column column) {
        return table.constraints().stream()
                .filter(c ->
                        c.kind() == Constraint.Kind.FOREIGN_KEY && c.columns().equals(List.of(column.name())))
                .findFirst()
                .flatMap(Constraint::foreignKey)
                .filter(key -> catalog.table(key.table()).isPresent())
                .map(key -> "(SELECT " + Identifier.quote(key.columns().get(0)) + " FROM "
                        + key.table().quoted() + " ORDER BY 1 LIMIT 1)");
    }
}
