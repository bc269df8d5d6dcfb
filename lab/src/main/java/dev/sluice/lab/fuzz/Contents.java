package dev.sluice.lab.fuzz;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Column;
import dev.sluice.catalog.Table;
import dev.sluice.db.Session;
import dev.sluice.sql.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All rows of all tables as text, sorted: columns by name, without archived ones and those that may hold any value. */
record Contents(Map<String, List<String>> rows) {

    private static final int SHOWN = 3;

    static Contents read(Session session, Catalog catalog) {
        Map<String, List<String>> rows = new TreeMap<>();
        List<String> queries = new ArrayList<>();
        for (Table table : catalog.tables().values()) {
            if (table.kind() != Table.Kind.ORDINARY || table.name().name().startsWith(Identifier.SLUICE_PREFIX)) {
                continue;
            }
            List<String> columns = table.columns().stream()
                    .filter(c -> !c.archivedBySluice() && Draw.settled(c))
                    .map(Column::name)
                    .sorted()
                    .toList();
            String name = table.name() + " " + columns;
            rows.put(name, new ArrayList<>());
            queries.add("SELECT " + Identifier.literal(name) + ", "
                    + columns.stream().map(Identifier::quote).collect(Collectors.joining(", ", "ROW(", ")::text"))
                    + " FROM ONLY " + table.name().quoted());
        }
        if (!queries.isEmpty()) {
            session.query(String.join(" UNION ALL ", queries), row -> new String[] {row.text(1), row.text(2)})
                    .forEach(row -> rows.computeIfAbsent(row[0], key -> new ArrayList<>())
                            .add(row[1]));
        }
        rows.values().forEach(list -> list.sort(null));
        return new Contents(rows);
    }

    /** Without a table of that name. */
    Contents without(String table) {
        Map<String, List<String>> others = new TreeMap<>(rows);
        others.keySet().removeIf(name -> name.startsWith(table + " "));
        return new Contents(others);
    }

    /** What differs; empty when nothing does. */
    String difference(Contents actual) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, List<String>> table : rows.entrySet()) {
            List<String> others = actual.rows.getOrDefault(table.getKey(), List.of());
            if (!table.getValue().equals(others)) {
                text.append(table.getKey())
                        .append("\n  expected but not there: ")
                        .append(sample(without(table.getValue(), others)))
                        .append("\n  there but not expected: ")
                        .append(sample(without(others, table.getValue())))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static List<String> without(List<String> list, List<String> taken) {
        List<String> left = new ArrayList<>(list);
        taken.forEach(left::remove);
        return left;
    }

    private static String sample(List<String> rows) {
        return rows.size() + " rows " + rows.stream().limit(SHOWN).toList();
    }
}
