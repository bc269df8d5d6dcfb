package dev.sluice.run;

import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.plan.TableLock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Estimates how long the steps of a plan hold the locks that an application waits for: by what a catalog change took in
 * earlier steps of this database, or else in a temporary table, and by the rows of small tables that are rewritten.
 */
final class LockEstimates {

    private static final int STATEMENTS = 4;
    /** A change of the catalog that is committed, against one of a temporary table that is rolled back. */
    private static final double COMMITTED = 2;
    /** For each row that a step goes over under its locks: about what an UPDATE in place costs. */
    private static final double MICROS_PER_ROW = 4;

    private static final String EARLIER = """
            SELECT count(*), coalesce(sum(e.lock_held_ms) / sum(1 + length(e.sql) - length(replace(e.sql, ';' || chr(10), ' '))), 0),
                coalesce(percentile_cont(0.9) WITHIN GROUP (ORDER BY e.lock_wait_ms), 0)
            FROM sluice.event e WHERE e.kind = 'step done' AND e.lock_held_ms > 0 AND coalesce(e.rows, 0) = 0 AND e.sql <> ''
            """;

    private LockEstimates() {}

    /** @param millis for each statement while the lock is held */
    private record Cost(Optional<Double> millis, Optional<Duration> waited) {}

    /** Changes nothing; outside of a transaction. Nobody is named as being in the way: see {@link #withBlockers}. */
    static List<LockEstimate> of(Session session, Plan plan) {
        List<Step> steps = Stream.concat(plan.expand().stream(), plan.contract().stream())
                .filter(step -> !step.info().locks().isEmpty())
                .toList();
        if (steps.isEmpty()) {
            return List.of();
        }
        Cost cost =
                steps.stream().anyMatch(step -> LockEstimate.blocks(step.info().locks()))
                        ? cost(session)
                        : new Cost(Optional.empty(), Optional.empty());
        List<LockEstimate> estimates = new ArrayList<>();
        for (Step step : steps) {
            boolean blocks = LockEstimate.blocks(step.info().locks());
            estimates.add(new LockEstimate(
                    step.id(),
                    step.info().title(),
                    step.info().locks(),
                    blocks && !isUnknown(step) ? cost.millis().map(millis -> held(step, millis)) : Optional.empty(),
                    blocks ? cost.waited() : Optional.empty(),
                    List.of()));
        }
        return estimates;
    }

    /** The same, with who is in the way at this moment. */
    static List<LockEstimate> withBlockers(Session session, List<LockEstimate> estimates) {
        Map<List<TableLock>, List<Blocker>> seen = new HashMap<>();
        return estimates.stream()
                .map(estimate -> !estimate.blocks()
                        ? estimate
                        : estimate.withBlockers(
                                seen.computeIfAbsent(estimate.locks(), locks -> new LockWatch(locks).holders(session))))
                .toList();
    }

    /** What a directive allows may do anything while it holds the locks that its author names. */
    private static boolean isUnknown(Step step) {
        return step instanceof Step.Opaque opaque && opaque.allowed().isPresent();
    }

    private static Duration held(Step step, double millis) {
        double rows = Math.max(0, step.info().estimatedRows()) * MICROS_PER_ROW / 1e3;
        return Duration.ofNanos((long) ((Math.max(1, step.statements().size()) * millis + rows) * 1e6));
    }

    private static Cost cost(Session session) {
        if (JournalSchema.exists(session)) {
            Optional<Cost> earlier = session.one(
                            EARLIER,
                            row -> row.number(1) == 0
                                    ? Optional.<Cost>empty()
                                    : Optional.of(
                                            new Cost(Optional.of(row.decimal(2)), Optional.of(Duration.ofNanos((long)
                                                    (row.decimal(3) * 1e6))))))
                    .orElseThrow();
            if (earlier.isPresent()) {
                return earlier.get();
            }
        }
        return new Cost(measured(session), Optional.empty());
    }

    /** Empty where no temporary table may be made. */
    private static Optional<Double> measured(Session session) {
        try {
            session.inTransaction(() -> {
                session.execute("CREATE TEMPORARY TABLE sluice_locks (id int) ON COMMIT DROP");
                long started = System.nanoTime();
                for (int i = 0; i < STATEMENTS; i++) {
                    session.execute("ALTER TABLE pg_temp.sluice_locks ADD COLUMN c" + i + " int");
                }
                throw new Measured(COMMITTED * (System.nanoTime() - started) / 1e6 / STATEMENTS);
            });
        } catch (Measured done) {
            return Optional.of(done.millis);
        } catch (DatabaseException e) {
            if (e.isConnectionLost()) {
                throw e;
            }
        }
        return Optional.empty();
    }

    /** So that the transaction is rolled back. */
    private static final class Measured extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final double millis;

        Measured(double millis) {
            super("measured", null, false, false);
            this.millis = millis;
        }
    }
}
