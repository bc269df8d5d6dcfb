package dev.sluice.lab.rows;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Index;
import dev.sluice.db.Session;
import dev.sluice.sql.Identifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Some rows that are in a table now, as texts by the table's column names, in the order of its key.
 *
 * @param count how many there are in all, counted up to a limit
 */
record PresentRows(List<Map<String, Optional<String>>> rows, long count) {

    private static final int COUNTED = 5_000;
    private static final int READ = 6;

    PresentRows {
        rows = List.copyOf(rows);
    }

    /** Reads a few rows that follow one another. */
    static PresentRows read(Session session, WritableRelation relation, Random random) {
        long count = session.one(
                        "SELECT count(*) FROM (SELECT FROM " + relation.name().quoted() + " LIMIT " + COUNTED + ") r",
                        row -> row.number(1))
                .orElseThrow();
        List<Column> columns = relation.columns();
        if (count == 0 || columns.isEmpty()) {
            return new PresentRows(List.of(), count);
        }
        String order = relation.keys().stream()
                .findFirst()
                .map(Index::keyColumns)
                .map(relation::quoted)
                .orElse("ROW("
                        + relation.quoted(columns.stream().map(Column::name).toList()) + ")::text COLLATE \"C\"");
        List<String> texts =
                columns.stream().map(c -> relation.quoted(c.name()) + "::text").toList();
        List<Map<String, Optional<String>>> rows = session.query(
                // texts are made of the few rows that are wanted, not of those passed over
                "SELECT " + String.join(", ", texts) + " FROM (SELECT * FROM "
                        + relation.name().quoted() + " ORDER BY " + order + " OFFSET " + random.nextInt((int) count)
                        + " LIMIT " + READ + ") few",
                row -> {
                    Map<String, Optional<String>> values = new HashMap<>();
                    for (int i = 0; i < columns.size(); i++) {
                        values.put(columns.get(i).name(), row.textIfAny(i + 1));
                    }
                    return Map.copyOf(values);
                });
        return new PresentRows(rows, count);
    }

    /** A value as SQL. */
    static String literal(Optional<String> value) {
        return value.map(Identifier::literal).orElse("NULL");
    }
}
