package dev.sluice.lab.rows;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Index;
import dev.sluice.catalog.Table;
import dev.sluice.sql.Identifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The INSERT of candidate rows: those that meet the table's conditions and conflict with no row.
 *
 * @param given the columns that the candidates have values for, in order
 */
record RowInsert(TableShape shape, List<Column> given) {

    RowInsert {
        given = List.copyOf(given);
    }

    /**
     * @param rows per row a value for each given column, empty for NULL
     * @param limit most rows to write
     */
    String sql(List<Map<String, Optional<String>>> rows, long limit) {
        Table table = shape.table();
        Set<String> names = new LinkedHashSet<>(given.stream().map(Column::name).toList());
        List<String> outputs = new ArrayList<>();
        List<String> arrays = new ArrayList<>();
        List<String> places = new ArrayList<>();
        for (Column column : given) {
            String place = "v" + places.size();
            places.add(place);
            arrays.add(TextArrays.nullable(rows.stream()
                    .map(row -> row.getOrDefault(column.name(), Optional.empty()))
                    .toList()));
            outputs.add("r." + place + "::" + column.type().formatted() + " AS " + Identifier.quote(column.name()));
        }
        for (Column column : computedForChecks(names)) {
            names.add(column.name());
            outputs.add(defaultOf(column) + " AS " + Identifier.quote(column.name()));
        }
        String list = String.join(", ", names.stream().map(Identifier::quote).toList());
        String from = given.isEmpty()
                ? "pg_catalog.generate_series(1, " + rows.size() + ") AS r"
                : "unnest(" + String.join(", ", arrays) + ") AS r(" + String.join(", ", places) + ")";
        String self = Identifier.quote(table.name().name());
        StringBuilder sql = new StringBuilder("INSERT INTO " + table.name().quoted());
        if (names.isEmpty()) {
            return sql.append(" SELECT FROM ").append(from).append(conflict()).toString();
        }
        sql.append(" (").append(list).append(")\nSELECT ").append(list).append("\nFROM (");
        List<Column> generated = table.userColumns().stream()
                .filter(Column::isGenerated)
                .filter(c -> isVirtual(c)
                        || shape.checks().stream()
                                .anyMatch(check -> check.columns().contains(c.name())))
                .toList();
        String inner = "SELECT " + String.join(", ", outputs) + " FROM " + from;
        if (!generated.isEmpty()) {
            inner = "SELECT *, "
                    + String.join(
                            ", ",
                            generated.stream()
                                    .map(c -> "(" + c.generationExpression().orElse("NULL") + ")::"
                                            + c.type().formatted() + " AS " + Identifier.quote(c.name()))
                                    .toList())
                    + " FROM (" + inner + ") AS " + self;
            generated.forEach(c -> names.add(c.name()));
        }
        sql.append(inner).append(") AS ").append(self);
        List<String> conditions = new ArrayList<>();
        shape.checks().stream()
                .filter(check -> names.containsAll(check.columns()))
                .forEach(check -> conditions.add("(" + check.sql() + ") IS NOT FALSE"));
        // computed when read: a row that cannot be read is none
        generated.stream()
                .filter(RowInsert::isVirtual)
                .forEach(c -> conditions.add("pg_catalog.num_nulls(" + Identifier.quote(c.name()) + ") >= 0"));
        if (!conditions.isEmpty()) {
            sql.append("\nWHERE ").append(String.join("\n  AND ", conditions));
        }
        return sql.append(rows.size() > limit ? "\nLIMIT " + limit : "")
                .append(conflict())
                .toString();
    }

    /** PostgreSQL does not take ON CONFLICT for a table with rules, nor where an index is checked at the end. */
    private String conflict() {
        boolean possible = shape.table().rules().isEmpty()
                && shape.table().indexes().stream().allMatch(Index::immediate);
        return possible ? "\nON CONFLICT DO NOTHING" : "";
    }

    private static boolean isVirtual(Column column) {
        return column.generated() == Column.Generated.VIRTUAL;
    }

    /** Columns left out that conditions read: their defaults have to be known before the row is written. */
    private List<Column> computedForChecks(Set<String> names) {
        boolean virtual = shape.table().userColumns().stream().anyMatch(RowInsert::isVirtual);
        return shape.writable().stream()
                .filter(c -> !names.contains(c.name()))
                .filter(c -> virtual
                        || shape.checks().stream()
                                .anyMatch(check -> check.columns().contains(c.name())))
                .toList();
    }

    private static String defaultOf(Column column) {
        String expression = column.defaultExpression()
                .or(() -> column.ownedSequence()
                        .map(s -> "pg_catalog.nextval(" + Identifier.literal(s.quoted()) + "::pg_catalog.regclass)"))
                .orElse("NULL");
        return "(" + expression + ")::" + column.type().formatted();
    }
}
