package dev.sluice.backfill;

import dev.sluice.db.Session;
import dev.sluice.plan.Step;
import dev.sluice.plan.Step.BatchedDml.Kind;
import java.util.List;

/** Puts archived rows or values back; what is back leaves the archive in the same transaction, so nothing comes twice. */
final class Restoring implements Work {

    private final Step.BatchedDml step;
    private final DmlSql sql;
    private final List<String> archiveColumns;
    private final List<String> generated;
    private final boolean deferrable;
    private long writtenInBatch;
    private long writtenSince;

    private Restoring(
            Step.BatchedDml step, DmlSql sql, List<String> archiveColumns, List<String> generated, boolean deferrable) {
        this.step = step;
        this.sql = sql;
        this.archiveColumns = archiveColumns;
        this.generated = generated;
        this.deferrable = deferrable;
    }

    static Restoring of(Session session, Step.BatchedDml step, DmlSql sql) {
        return new Restoring(
                step,
                sql,
                Relations.columns(session, step.archive(), false),
                Relations.columns(session, step.table(), true),
                Relations.hasDeferrableKey(session, step.table()));
    }

    @Override
    public String activity() {
        return "restore of " + step.table();
    }

    @Override
    public boolean writes() {
        return true;
    }

    @Override
    public long batch(Session session, Leaf leaf, Slice slice) {
        // Without statistics of the archive the planner may want to hash the whole table for every batch.
        session.execute("SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off");
        if (step.kind() == Kind.RESTORE_DELETED) {
            return session.execute(sql.restoreDeleted(slice.sql(), generated, deferrable));
        }
        writtenInBatch = session.one(sql.writtenSince(slice, archiveColumns), row -> row.number(1))
                .orElse(0L);
        return session.execute(sql.restoreUpdated(slice, archiveColumns, generated));
    }

    @Override
    public boolean committed(Leaf leaf, Slice slice, long rows) {
        writtenSince += writtenInBatch;
        return true;
    }

    /** Rows that kept a value because the application has written it since. */
    long writtenSince() {
        return writtenSince;
    }

    long allAtOnce(Batches batches, Session session) {
        return batches.withStatementTimeout(DmlStep.AT_ONCE_MILLIS)
                .run(session, () -> session.execute(sql.restoreDeleted("ctid >= '(0,0)'::tid", generated, deferrable)));
    }
}
