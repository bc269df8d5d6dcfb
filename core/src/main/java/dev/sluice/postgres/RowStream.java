package dev.sluice.postgres;

import dev.sluice.db.Row;
import dev.sluice.db.Session;
import dev.sluice.sql.Identifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The rows of one relation, streamed through a cursor in an order that is the same in every database: that of the hash of the key.
 * Needs an open transaction. For one thread.
 */
final class RowStream implements AutoCloseable {

    private static final String CURSOR = "sluice_rows";
    private static final int FETCH = 1_000;

    /**
     * One row.
     *
     * @param sort MD5 of the key, in hex
     * @param values one column each, as {@code ROW(column)::text} prints it
     */
    record Entry(String sort, List<String> values) {}

    /**
     * What to stream.
     *
     * @param from the relation as SQL, with ONLY where children have to be left out
     * @param key columns of the key; all columns where there is none
     * @param columns columns to fetch
     */
    record Selection(String from, List<String> key, List<String> columns) {

        /** One record per row in text form: its output functions lose nothing, unlike casts to text, and tell NULL from ''. */
        private static String record(List<String> columns) {
            return columns.stream().map(Identifier::quote).collect(Collectors.joining(", ", "ROW(", ")::text"));
        }

        /** Row count, and a sum of hashes that is the same for the same multiset of rows. */
        String digestSql() {
            return "SELECT count(*) || ' ' || coalesce(sum(hashtextextended(" + record(columns)
                    + " COLLATE \"C\", 0)::numeric), 0) FROM " + from;
        }

        /** What has to be the same in a column although its single values need not be. */
        String valuesSql(String column, ValueRule rule) {
            String value = record(List.of(column)) + " COLLATE \"C\"";
            String what = switch (rule.kind()) {
                case MOMENT -> "max('moments')";
                case CHANCE -> "count(DISTINCT " + value + ") || ' different values'";
                case DRAWN -> "'values with digest ' || coalesce(sum(hashtextextended(" + value + ", 0)::numeric), 0)";
            };
            return "SELECT " + what + " FROM " + from;
        }

        String rowsSql() {
            String values = columns.stream()
                    .map(column -> ", " + record(List.of(column)))
                    .collect(Collectors.joining());
            return "SELECT md5(" + record(key) + ") COLLATE \"C\"" + values + " FROM " + from + " ORDER BY 1";
        }
    }

    private final Session session;
    private final int columns;
    private final Deque<Entry> fetched = new ArrayDeque<>();
    private boolean exhausted;

    private RowStream(Session session, int columns) {
        this.session = session;
        this.columns = columns;
    }

    static RowStream open(Session session, Selection selection) {
        session.execute("DECLARE " + CURSOR + " NO SCROLL CURSOR FOR " + selection.rowsSql());
        return new RowStream(session, selection.columns().size());
    }

    /** The next row without taking it. */
    Optional<Entry> peek() {
        if (fetched.isEmpty() && !exhausted) {
            List<Entry> batch = session.query("FETCH " + FETCH + " FROM " + CURSOR, this::entry);
            exhausted = batch.size() < FETCH;
            fetched.addAll(batch);
        }
        return Optional.ofNullable(fetched.peek());
    }

    /** Takes the next row. */
    Entry next() {
        Entry entry = peek().orElseThrow();
        fetched.remove();
        return entry;
    }

    @Override
    public void close() {
        session.execute("CLOSE " + CURSOR);
    }

    private Entry entry(Row row) {
        List<String> values = new ArrayList<>(columns);
        for (int i = 0; i < columns; i++) {
            values.add(row.text(i + 2));
        }
        return new Entry(row.text(1), values);
    }
}
