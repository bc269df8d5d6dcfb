package dev.sluice.backfill;

import dev.sluice.db.Row;

/**
 * How many of a batch's updates were HOT. The server's counters of "this transaction" are in truth those since the backend
 * last reported its statistics, at most once a second, so the difference to the last sample is taken. Not thread-safe.
 */
final class UpdateCounts {

    /** Parameters: three times the oid of the table. */
    static final String SQL = """
        SELECT coalesce(pg_relation_filenode(?::bigint::oid), 0)::bigint,
               pg_stat_get_xact_tuples_updated(?::bigint::oid), pg_stat_get_xact_tuples_hot_updated(?::bigint::oid)
        """;

    private Sample last = new Sample(0, 0, 0);

    record Sample(long filenode, long updated, long hot) {}

    record Delta(long updated, long hot) {}

    static Sample read(Row row) {
        return new Sample(
                row.number(1), row.numberIfAny(2).orElse(0L), row.numberIfAny(3).orElse(0L));
    }

    /** @param rows updated by the batch, as far as the statement told */
    Delta since(Sample now, long rows) {
        boolean reported = now.updated() < last.updated()
                || now.hot() < last.hot()
                || (now.updated() == rows && now.updated() - last.updated() != rows);
        Delta delta = reported
                ? new Delta(now.updated(), now.hot())
                : new Delta(now.updated() - last.updated(), now.hot() - last.hot());
        last = now;
        return delta;
    }

    void reset() {
        last = new Sample(0, 0, 0);
    }
}
