package dev.sluice.lifecycle;

import dev.sluice.db.Session;
import dev.sluice.lab.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every row of every table and view, as the number of rows and one hash for each. */
final class Contents {

    private Contents() {}

    /** @param anyValue columns that are left out */
    static Map<String, String> of(TestDatabase database, List<String> anyValue) {
        Map<String, String> contents = new TreeMap<>();
        try (Session session = Session.open(database::connect, "test")) {
            session.query("""
                    SELECT c.oid::regclass::text,
                           string_agg(quote_ident(attname) || '::text', ', ' ORDER BY attname)
                    FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
                    JOIN pg_attribute a ON attrelid = c.oid AND attnum > 0 AND NOT attisdropped
                    WHERE relkind IN ('r', 'v') AND attname NOT LIKE 'sluice%' AND attname <> ALL (?::text[])
                      AND nspname NOT IN ('sluice', 'sluice_archive', 'pg_catalog', 'information_schema', 'pg_toast')
                    GROUP BY c.oid
                    """, row -> Map.entry(row.text(1), row.text(2)), anyValue)
                    .forEach(table -> contents.put(
                            table.getKey() + " (" + table.getValue() + ")",
                            session.one(
                                            "SELECT count(*) || ' rows, ' || coalesce(sum(hashtextextended(ROW("
                                                    + table.getValue() + ")::text, 0)::numeric), 0) FROM "
                                                    + table.getKey(),
                                            row -> row.text(1))
                                    .orElseThrow()));
        }
        return contents;
    }

    /** How many rows they were. */
    static long rows(Map<String, String> contents) {
        return contents.values().stream()
                .mapToLong(text -> Long.parseLong(text.substring(0, text.indexOf(' '))))
                .sum();
    }
}
