package dev.sluice.lab.rows;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Index;
import dev.sluice.catalog.TypeRef;
import dev.sluice.sql.Identifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Writes the WHERE of a statement about rows that are there. */
record RowCondition(WritableRelation relation, Random random) {

    private static final Set<String> COMPARABLE = Set.of(
            "int2",
            "int4",
            "int8",
            "numeric",
            "text",
            "varchar",
            "bpchar",
            "bool",
            "date",
            "timestamp",
            "timestamptz",
            "time",
            "uuid",
            "bytea",
            "citext",
            "interval",
            "inet",
            "jsonb");

    private static final int MOST_ROWS = 4;

    /** Which rows: one by its key, or several by a list or range of keys or by the value of a column. */
    Optional<String> of(PresentRows present, boolean several) {
        if (present.rows().isEmpty()) {
            return Optional.empty();
        }
        Map<String, Optional<String>> row = present.rows().get(0);
        List<Index> keys = relation.keys().stream()
                .filter(i -> i.keyColumns().stream()
                        .allMatch(c -> row.getOrDefault(c, Optional.empty()).isPresent()))
                .toList();
        if (keys.isEmpty() || (several && random.nextInt(3) == 0)) {
            return byValue(row);
        }
        List<String> key = (random.nextInt(4) > 0 ? keys.get(0) : Values.pick(random, keys)).keyColumns();
        if (!several) {
            return Optional.of(" WHERE " + equal(key, row));
        }
        List<Map<String, Optional<String>>> rows = present.rows().stream()
                .filter(r -> key.stream()
                        .allMatch(c -> r.getOrDefault(c, Optional.empty()).isPresent()))
                .limit(MOST_ROWS)
                .toList();
        if (key.size() == 1 && random.nextBoolean()) {
            String name = relation.quoted(key.get(0));
            return Optional.of(" WHERE " + name + " IN ("
                    + String.join(
                            ", ",
                            rows.stream()
                                    .map(r -> PresentRows.literal(r.getOrDefault(key.get(0), Optional.empty())))
                                    .toList())
                    + ")");
        }
        if (key.size() == 1 && key.equals(relation.keys().get(0).keyColumns())) {
            String name = relation.quoted(key.get(0));
            String last = PresentRows.literal(rows.get(rows.size() - 1).getOrDefault(key.get(0), Optional.empty()));
            String first = PresentRows.literal(row.getOrDefault(key.get(0), Optional.empty()));
            return Optional.of(" WHERE " + name + " >= " + first + " AND " + name + " <= " + last);
        }
        return Optional.of(" WHERE "
                + String.join(
                        " OR ",
                        rows.stream().map(r -> "(" + equal(key, r) + ")").toList()));
    }

    private Optional<String> byValue(Map<String, Optional<String>> row) {
        List<Column> comparable = relation.columns().stream()
                .filter(c -> c.type().category() == TypeRef.Category.ENUM
                        || COMPARABLE.contains(c.type().name().name()))
                .toList();
        if (comparable.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                " WHERE " + equal(List.of(Values.pick(random, comparable).name()), row));
    }

    private String equal(List<String> columns, Map<String, Optional<String>> row) {
        return String.join(
                " AND ",
                columns.stream()
                        .map(c -> row.getOrDefault(c, Optional.empty())
                                .map(v -> relation.quoted(c) + " = " + Identifier.literal(v))
                                .orElse(relation.quoted(c) + " IS NULL"))
                        .toList());
    }
}
