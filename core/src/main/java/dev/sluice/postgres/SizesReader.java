package dev.sluice.postgres;

import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.lint.size.BusyQuery;
import dev.sluice.lint.size.Sizes;
import dev.sluice.lint.size.TableSize;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads how large tables are and how much they are used: from {@code pg_class}, {@code pg_stat_user_tables} and, where the
 * extension is there and may be read, {@code pg_stat_statements}. Reads only; takes no lock on any table but the shortest that
 * {@code pg_relation_size} needs. Stateless, thread-safe.
 */
public final class SizesReader {

    private static final String SINCE = """
            extract(epoch FROM now() - greatest(pg_postmaster_start_time(),
                (SELECT stats_reset FROM pg_stat_database WHERE datname = current_database())))""";

    /** Rows: as many on a page as when they were counted last, which is how the server's planner counts. */
    private static final String TABLES = """
            SELECT n.nspname, c.relname,
                CASE WHEN c.reltuples < 0 THEN coalesce(nullif(s.n_live_tup, 0), -1)
                     WHEN c.relpages > 0 THEN c.reltuples / c.relpages
                         * (pg_relation_size(c.oid) / current_setting('block_size')::int)
                     ELSE c.reltuples END::bigint,
                coalesce(pg_relation_size(c.oid), 0) + coalesce(pg_relation_size(nullif(c.reltoastrelid, 0)), 0),
                coalesce(pg_indexes_size(c.oid), 0),
                (SELECT count(*) FROM pg_index i WHERE i.indrelid = c.oid)::int,
                ((coalesce(s.seq_scan, 0) + coalesce(s.idx_scan, 0)) / since.seconds)::float8,
                ((coalesce(s.n_tup_ins, 0) + coalesce(s.n_tup_upd, 0) + coalesce(s.n_tup_del, 0)) / since.seconds)::float8
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_stat_all_tables s ON s.relid = c.oid
            CROSS JOIN (SELECT greatest(1, %s) AS seconds) since
            WHERE c.relkind IN ('r', 'm', 'p') AND c.relpersistence <> 't'
              AND n.nspname <> 'information_schema' AND n.nspname !~ '^(pg_|sluice$|sluice_archive$)'
            """.formatted(SINCE);

    /** The view's columns were renamed before 14; {@code pg_stat_statements_info} tells when it began to count. */
    private static final String QUERIES = """
            SELECT s.query, s.calls / greatest(1, extract(epoch FROM now() - i.stats_reset))::float8
            FROM %1$s.pg_stat_statements s, %1$s.pg_stat_statements_info i
            WHERE s.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND s.query ~* '^\\s*(select|insert|update|delete|merge|with)\\M' AND s.query !~* 'pg_catalog|pg_stat_'
            ORDER BY s.calls DESC LIMIT 500
            """;

    private SizesReader() {}

    /** @throws DatabaseException when the connection is lost or the catalog cannot be read */
    public static Sizes read(Session session) {
        Map<QualifiedName, TableSize> tables = new TreeMap<>();
        session.query(TABLES, row -> {
            tables.put(
                    QualifiedName.of(row.text(1), row.text(2)),
                    new TableSize(
                            row.number(3),
                            row.number(4),
                            row.number(5),
                            row.integer(6),
                            row.decimal(7),
                            row.decimal(8)));
            return true;
        });
        String source = session.one(
                        "SELECT current_database() || ', ' || to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC'",
                        row -> row.text(1))
                .orElseThrow();
        return new Sizes(source, tables, queries(session));
    }

    /** Empty where the extension is not there, not loaded, or not ours to read: then rates of tables have to do. */
    private static List<BusyQuery> queries(Session session) {
        List<String> schema = session.query(
                "SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace"
                        + " WHERE e.extname = 'pg_stat_statements'",
                row -> row.text(1));
        if (schema.isEmpty()) {
            return List.of();
        }
        try {
            return session.query(
                    String.format(QUERIES, schema.get(0)), row -> new BusyQuery(row.text(1), row.decimal(2)));
        } catch (DatabaseException e) {
            if (e.isConnectionLost()) {
                throw e;
            }
            return List.of();
        }
    }
}
