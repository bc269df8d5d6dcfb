package dev.sluice.run;

import dev.sluice.backfill.Rates;
import dev.sluice.db.Session;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.sql.QualifiedName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Estimates what the locks of all steps of a plan cost, and what those steps take that go over large tables: from the sizes
 * of the tables, and from how fast earlier backfills of this database were, by its journal, or else a measurement. The
 * factors are those of the laboratory (several passes over 256 pages at a time: the heap grows by 0.45, indexes by 0.4).
 */
public final class Estimates {

    /** Smaller tables take less than a second. */
    private static final long LARGE_ROWS = 10_000;

    private static final double HEAP_GROWTH = 0.45;
    private static final double INDEX_GROWTH = 0.4;
    /** Of a row's log record, without the row itself. */
    private static final double RECORD_BYTES = 100;
    /** Of an index entry; a third of the updates needs new ones. */
    private static final double INDEX_ENTRY_BYTES = 80;

    private static final double NOT_HOT = 0.35;
    /** A logged UPDATE in batches with its sweep, against one of a temporary table. */
    private static final double LOGGED = 1.8;

    private static final double BLOCK = 8192;
    private static final double READ_BYTES_PER_SECOND = 300e6;
    private static final double INDEX_ROWS_PER_SECOND = 700e3;
    private static final double INDEX_ROW_BYTES = 28;

    private static final String SIZES = """
            WITH RECURSIVE family AS (
                SELECT to_regclass(?)::oid AS oid
                UNION SELECT i.inhrelid FROM family JOIN pg_catalog.pg_inherits i ON i.inhparent = family.oid)
            SELECT coalesce(sum(greatest(c.reltuples, 0)), 0)::float8, coalesce(sum(pg_relation_size(c.oid)), 0)::float8,
                coalesce(sum(pg_indexes_size(c.oid)), 0)::float8,
                coalesce(max((SELECT count(*) FROM pg_catalog.pg_index x WHERE x.indrelid = c.oid)), 0)
            FROM family JOIN pg_catalog.pg_class c USING (oid) WHERE c.relkind IN ('r', 'm')
            """;

    private final Session session;
    private final Rates rates;

    private Estimates(Session session, Rates rates) {
        this.session = session;
        this.rates = rates;
    }

    /** Changes nothing; outside of a transaction. */
    public static PlanEstimate of(Session session, Plan plan) {
        List<Step> steps = Stream.concat(plan.expand().stream(), plan.contract().stream())
                .filter(step -> table(step).isPresent() && step.info().estimatedRows() >= LARGE_ROWS)
                .toList();
        List<LockEstimate> locks = LockEstimates.of(session, plan);
        if (steps.isEmpty()) {
            return new PlanEstimate(List.of(), locks, Rates.unknown(), Optional.empty(), 0);
        }
        Rates rates = rates(session);
        Estimates estimates = new Estimates(session, rates);
        List<StepEstimate> each = new ArrayList<>();
        steps.forEach(step -> each.add(estimates.step(step)));
        long wal = session.one("SELECT pg_size_bytes(current_setting('max_wal_size'))", row -> row.number(1))
                .orElse(0L);
        return new PlanEstimate(each, locks, rates, lockHeld(session), wal);
    }

    /** The same, with who is in the way of each step at this moment: for people, not for a run, which will see. */
    public static PlanEstimate withBlockers(Session session, PlanEstimate estimate) {
        return new PlanEstimate(
                estimate.steps(),
                LockEstimates.withBlockers(session, estimate.locks()),
                estimate.rates(),
                estimate.lockHeld(),
                estimate.walAtOnce());
    }

    private record Sizes(double rows, double heap, double indexes, long indexCount) {}

    private static Rates rates(Session session) {
        Rates measured = Rates.measure(session);
        if (!JournalSchema.exists(session)) {
            return measured;
        }
        return session.one(
                        """
                        SELECT sum(s.duration_ms) * 1000 / sum(s.rows), count(*) FROM sluice.step s
                        JOIN sluice.backfill b ON b.version = s.version AND b.step = s.id
                        WHERE s.state = 'done' AND s.rows >= ? AND s.duration_ms > 0
                        HAVING count(*) > 0
                        """,
                        row -> new Rates(
                                row.decimal(1) / LOGGED,
                                measured.dualWriteMicros(),
                                "from " + row.number(2)
                                        + (row.number(2) == 1 ? " earlier backfill" : " earlier backfills")
                                        + " of this database"),
                        LARGE_ROWS)
                .orElse(measured);
    }

    private static Optional<Duration> lockHeld(Session session) {
        if (!JournalSchema.exists(session)) {
            return Optional.empty();
        }
        return session.one(
                        "SELECT percentile_cont(0.9) WITHIN GROUP (ORDER BY lock_held_ms)::text FROM sluice.step"
                                + " WHERE lock_held_ms > 0",
                        row -> row.textIfAny(1))
                .flatMap(found -> found)
                .map(text -> Duration.ofNanos((long) (Double.parseDouble(text) * 1e6)));
    }

    private static Optional<QualifiedName> table(Step step) {
        if (step instanceof Step.Backfill backfill) {
            return Optional.of(backfill.table());
        }
        if (step instanceof Step.BatchedDml dml) {
            return Optional.of(dml.table());
        }
        if (step instanceof Step.BuildIndex index) {
            return Optional.of(index.table());
        }
        return step instanceof Step.Validate validate ? Optional.of(validate.table()) : Optional.empty();
    }

    private StepEstimate step(Step step) {
        QualifiedName table = table(step).orElseThrow();
        Sizes sizes = sizes(table);
        double rows = Math.max(step.info().estimatedRows(), sizes.rows());
        if (step instanceof Step.Validate) {
            return estimate(step, table, reading(sizes), 0, 0);
        }
        if (step instanceof Step.BuildIndex) {
            double index = rows * INDEX_ROW_BYTES;
            return estimate(step, table, rows / INDEX_ROWS_PER_SECOND + 2 * reading(sizes), index, index);
        }
        double width = sizes.rows() > 0 ? sizes.heap() / sizes.rows() : 100;
        double pageImage = Math.min(BLOCK, width);
        double wal = rows * (RECORD_BYTES + width + pageImage + NOT_HOT * INDEX_ENTRY_BYTES * sizes.indexCount());
        double disk = HEAP_GROWTH * sizes.heap() + INDEX_GROWTH * sizes.indexes();
        return estimate(step, table, rows * rates.updateMicros() * LOGGED / 1e6, wal, disk);
    }

    private static double reading(Sizes sizes) {
        return sizes.heap() / READ_BYTES_PER_SECOND;
    }

    private StepEstimate estimate(Step step, QualifiedName table, double seconds, double wal, double disk) {
        return new StepEstimate(
                step.id(),
                step.info().title(),
                table,
                rates.isKnown() ? Optional.of(Duration.ofMillis((long) (seconds * 1000))) : Optional.empty(),
                (long) wal,
                (long) disk);
    }

    private Sizes sizes(QualifiedName table) {
        return session.one(
                        SIZES,
                        row -> new Sizes(row.decimal(1), row.decimal(2), row.decimal(3), row.number(4)),
                        table.quoted())
                .orElseThrow();
    }
}
