package dev.sluice.lab.proof.shapes;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Table;
import dev.sluice.db.Row;
import dev.sluice.db.Session;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How to read the rows of a table (or of a view in its place) as one version sees them. Values are read as SQL literals in
 * the form that the type's output function gives them, so that nothing is lost and they can be written again.
 *
 * @param key columns that tell rows apart; none when the table has no primary key
 */
record TableRows(QualifiedName name, List<String> columns, List<String> key) {

    static final String NULL = "NULL";

    TableRows {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }

    static TableRows of(Table table) {
        List<String> columns = table.userColumns().stream().map(Column::name).toList();
        List<String> key = table.primaryKey()
                .map(Constraint::columns)
                .filter(columns::containsAll)
                .orElse(List.of());
        return new TableRows(table.name(), columns, key);
    }

    boolean isKeyed() {
        return !key.isEmpty();
    }

    /** The same for the same rows, whatever their order. */
    String digest(Session session) {
        String values = columns.stream().map(Identifier::quote).collect(Collectors.joining(", ", "ROW(", ")::text"));
        return session.one(
                        "SELECT count(*) || ' ' || coalesce(sum(hashtextextended(" + values
                                + " COLLATE \"C\", 0)::numeric), 0) FROM " + name.quoted(),
                        row -> row.text(1))
                .orElseThrow();
    }

    /** The same without these columns. */
    TableRows without(Set<String> ignored) {
        return new TableRows(
                name,
                columns.stream().filter(c -> !ignored.contains(c)).toList(),
                key.stream().anyMatch(ignored::contains) ? List.of() : key);
    }

    /** All rows by their key: column to literal. Rows without a key count as different ones. */
    SortedMap<String, Map<String, String>> read(Session session) {
        if (columns.isEmpty()) {
            return new TreeMap<>();
        }
        String values = columns.stream().map(TableRows::literal).collect(Collectors.joining(", "));
        SortedMap<String, Map<String, String>> rows = new TreeMap<>();
        for (Map<String, String> row : session.query("SELECT " + values + " FROM " + name.quoted(), this::values)) {
            String id = id(row);
            String unused = id;
            for (int n = 2; rows.containsKey(unused); n++) {
                unused = id + " #" + n;
            }
            rows.put(unused, row);
        }
        return rows;
    }

    static String literal(String column) {
        String quoted = Identifier.quote(column);
        return "CASE WHEN pg_catalog.num_nulls(" + quoted
                + ") = 0 THEN pg_catalog.quote_literal(pg_catalog.format('%s', " + quoted + ")) ELSE '" + NULL
                + "' END";
    }

    private Map<String, String> values(Row row) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            values.put(columns.get(i), row.text(i + 1));
        }
        return values;
    }

    /** The values of the key, without names: a renamed key column makes no other row. */
    private String id(Map<String, String> row) {
        return (isKeyed() ? key : columns).stream().map(row::get).collect(Collectors.joining(", ", "(", ")"));
    }

    /** A condition that this row meets, and no other; without a key also those that are the same. */
    String where(Map<String, String> row) {
        return (isKeyed() ? key : columns)
                .stream()
                        .map(column -> literal(column) + " = " + Identifier.literal(String.valueOf(row.get(column))))
                        .collect(Collectors.joining(" AND ", " WHERE ", ""));
    }
}
