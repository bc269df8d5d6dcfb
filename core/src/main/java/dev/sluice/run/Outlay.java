package dev.sluice.run;

import dev.sluice.db.Session;
import dev.sluice.plan.Step;
import dev.sluice.sql.QualifiedName;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What a step over a large table took, beside what was expected of it. The log is that of the whole server meanwhile: other
 * sessions' writes count, too.
 */
record Outlay(long lsn, long tableBytes, QualifiedName table) {

    static final String EXPECTED = "estimated";

    static Outlay before(Session session, QualifiedName table) {
        return session.one("""
                        SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint, coalesce(sum(pg_total_relation_size(oid)), 0)::bigint
                        FROM (SELECT to_regclass(?)::oid AS oid UNION SELECT relid::oid FROM pg_partition_tree(to_regclass(?))) t
                        """, row -> new Outlay(row.number(1), row.number(2), table), table.quoted(), table.quoted())
                .orElseThrow();
    }

    /** Since then. */
    Outlay until(Session session) {
        Outlay now = before(session, table);
        return new Outlay(now.lsn - lsn, now.tableBytes - tableBytes, table);
    }

    static Optional<QualifiedName> table(Step step) {
        if (step instanceof Step.Backfill backfill) {
            return Optional.of(backfill.table());
        }
        return step instanceof Step.BatchedDml dml ? Optional.of(dml.table()) : Optional.empty();
    }

    static String words(Optional<Duration> duration, long walBytes, long diskBytes) {
        return duration.map(time -> String.format(Locale.ROOT, "%.1f s, ", time.toMillis() / 1000.0))
                        .orElse("")
                + String.format(Locale.ROOT, "%.1f MB of log, %.1f MB of disk", walBytes / 1e6, diskBytes / 1e6);
    }
}
