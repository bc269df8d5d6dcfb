package dev.sluice.backfill;

import dev.sluice.plan.Probe;
import dev.sluice.plan.Step;
import java.util.List;
import java.util.Optional;

/**
 * Runs the steps that go over the rows of a table. Blocks until the work is done; one thread, one table, one connection
 * at a time. Safe to use from several threads for different steps.
 *
 * <p>Every method throws {@link dev.sluice.SluiceException}: FAILED_SAFE when a row's data is in the way (the message
 * names the row by its key and has the server's words) or when nothing succeeded for longer than {@link
 * DataOptions#patience}; running the same step again goes on where it stopped.
 */
public final class DataWork {

    private final DataContext context;

    public DataWork(DataContext context) {
        this.context = context;
    }

    /** Fills every row and proves it by a sweep; resumes from the stored cursor. */
    public WalkReport backfill(Step.Backfill step, CursorStore cursors) {
        try (Backfill backfill = new Backfill(context, step)) {
            return backfill.run(cursors);
        }
    }

    /**
     * Helps with a backfill that another process runs and proves: walks the ranges that nobody works on.
     *
     * @return rows changed
     */
    public long help(Step.Backfill step, Ranges ranges) {
        Crew crew = new Crew(context, step, ranges);
        crew.help();
        return crew.rows();
    }

    /** Every row exactly once; creates the archive, or puts its rows back. */
    public WalkReport batchedDml(Step.BatchedDml step, CursorStore cursors) {
        try (DmlStep dml = new DmlStep(context, step)) {
            return dml.run(cursors);
        }
    }

    /** Counts what violates the probe, with the first rows. */
    public ProbeResult probe(Probe probe) {
        try (ProbeScan scan = new ProbeScan(context, false)) {
            return scan.run(probe);
        }
    }

    /** Like {@link #probe}, but stops at the first violation. */
    public ProbeResult probeExistence(Probe probe) {
        try (ProbeScan scan = new ProbeScan(context, true)) {
            return scan.run(probe);
        }
    }

    /** Rows for which {@code keepWhen} holds: data that exists nowhere else. 0 means the thing may be dropped. */
    public ProbeResult keep(Step.Discard step) {
        try (ProbeScan scan = new ProbeScan(context, false)) {
            return scan.exists(step.table(), step.column())
                    ? scan.run(new Probe.NoRows(step.table(), step.keepWhen(), List.of()))
                    : new ProbeResult(0, true, List.of(), Optional.empty());
        }
    }
}
