package dev.sluice.backfill;

import static java.util.stream.Collectors.joining;

import dev.sluice.db.Row;
import dev.sluice.db.Session;
import dev.sluice.sql.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A unique key of a table, none of whose columns may be NULL: its rows have an order, in which a walk can go over them. An
 * index serves it, so that no batch reads more than its range.
 *
 * @param columns quoted, with the alias of the table in front
 * @param types for casting a value that was read as text back; with their lengths, since {@code character} alone is one
 *     character long
 */
record RowKey(List<String> names, List<String> columns, List<String> types) {

    private static final String BEST = """
            SELECT array_agg(a.attname::text ORDER BY k.place), array_agg(format_type(a.atttypid, a.atttypmod) ORDER BY k.place)
            FROM (SELECT x.* FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_am am ON am.oid = i.relam
                WHERE x.indrelid = ?::bigint::oid AND x.indisunique AND x.indisvalid AND x.indimmediate
                    AND x.indpred IS NULL AND x.indexprs IS NULL AND am.amname = 'btree'
                    AND NOT EXISTS (SELECT FROM unnest(x.indkey) WITH ORDINALITY AS c (attnum, place)
                        JOIN pg_attribute n ON n.attrelid = x.indrelid AND n.attnum = c.attnum
                        WHERE c.place <= x.indnkeyatts AND NOT n.attnotnull)
                ORDER BY x.indisprimary DESC, x.indnkeyatts, x.indexrelid LIMIT 1) best
            CROSS JOIN LATERAL unnest(best.indkey) WITH ORDINALITY AS k (attnum, place)
            JOIN pg_attribute a ON a.attrelid = best.indrelid AND a.attnum = k.attnum
            WHERE k.place <= best.indnkeyatts
            HAVING count(*) > 0
            """;

    RowKey {
        names = List.copyOf(names);
        columns = List.copyOf(columns);
        types = List.copyOf(types);
    }

    /** The primary key, or else the narrowest other one; empty when the table has none. */
    static Optional<RowKey> of(Session session, Leaf leaf) {
        return session.one(BEST, row -> of(leaf, row.texts(1), row.texts(2)), leaf.oid());
    }

    private static RowKey of(Leaf leaf, List<String> names, List<String> types) {
        return new RowKey(
                names,
                names.stream()
                        .map(name -> leaf.alias() + "." + Identifier.quote(name))
                        .toList(),
                types);
    }

    /** The key of the row that comes so many rows behind; no row when the table ends before. */
    String lastOf(Leaf leaf, Optional<List<String>> after, long rows) {
        String list = String.join(", ", columns);
        return "SELECT " + columns.stream().map(c -> c + "::text").collect(joining(", ")) + " FROM " + leaf.from()
                + " WHERE " + range(after, Optional.empty()) + " ORDER BY " + list + " LIMIT 1 OFFSET " + (rows - 1);
    }

    /** @return the key as text, column by column */
    List<String> read(Row row) {
        return IntStream.rangeClosed(1, columns.size()).mapToObj(row::text).toList();
    }

    /** Rows behind one key, up to another and including it. */
    String range(Optional<List<String>> after, Optional<List<String>> upTo) {
        List<String> conditions = new ArrayList<>();
        after.ifPresent(key -> conditions.add(row(columns) + " > " + row(literals(key))));
        upTo.ifPresent(key -> conditions.add(row(columns) + " <= " + row(literals(key))));
        return conditions.isEmpty() ? "true" : String.join(" AND ", conditions);
    }

    /** {@code id=7, name=x}. */
    String named(List<String> key) {
        return IntStream.range(0, names.size())
                .mapToObj(i -> names.get(i) + "=" + key.get(i))
                .collect(joining(", "));
    }

    private List<String> literals(List<String> key) {
        return IntStream.range(0, types.size())
                .mapToObj(i -> "CAST(" + Identifier.literal(key.get(i)) + " AS " + types.get(i) + ")")
                .toList();
    }

    private static String row(List<String> values) {
        return values.stream().collect(joining(", ", "ROW(", ")"));
    }
}
