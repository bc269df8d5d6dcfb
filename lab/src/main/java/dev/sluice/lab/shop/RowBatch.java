package dev.sluice.lab.shop;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows that go to the server in one INSERT, a text array for each column. */
final class RowBatch {
    private final List<Object[]> rows = new ArrayList<>();

    /** Adds a row; its values are written as the text that {@link Object#toString} gives. */
    void row(Object... values) {
        rows.add(values);
    }

    /**
     * Inserts.
     *
     * @param columns {@code name type} of each
     */
    void insertInto(String table, Connection connection, String... columns) throws SQLException {
        String names = IntStream.range(0, columns.length)
                .mapToObj(i -> columns[i].substring(0, columns[i].indexOf(' ')))
                .collect(Collectors.joining(", "));
        String casts = IntStream.range(0, columns.length)
                .mapToObj(i -> "c" + i + "::" + columns[i].substring(columns[i].indexOf(' ') + 1))
                .collect(Collectors.joining(", "));
        String aliases =
                IntStream.range(0, columns.length).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        String places =
                IntStream.range(0, columns.length).mapToObj(i -> "?::text[]").collect(Collectors.joining(", "));
        String sql = "INSERT INTO pg_temp." + table + " (" + names + ") SELECT " + casts + " FROM unnest(" + places
                + ") AS r (" + aliases + ")";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int i = 0; i < columns.length; i++) {
                int column = i;
                Array values = connection.createArrayOf(
                        "text", rows.stream().map(row -> row[column].toString()).toArray());
                insert.setArray(i + 1, values);
            }
            insert.executeUpdate();
        }
    }
}
