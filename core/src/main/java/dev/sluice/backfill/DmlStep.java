package dev.sluice.backfill;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.plan.Step;
import dev.sluice.plan.Step.BatchedDml.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One UPDATE or DELETE in batches, every row exactly once; or the way back. */
final class DmlStep implements AutoCloseable {

    static final long AT_ONCE_MILLIS = 60_000;

    private final DataContext context;
    private final Step.BatchedDml step;
    private final DmlSql sql;
    private final Link link;
    private final long started = System.nanoTime();

    DmlStep(DataContext context, Step.BatchedDml step) {
        this.context = context;
        this.step = step;
        this.sql = new DmlSql(step);
        this.link = new Link(context, false);
        if (step.keyColumns().isEmpty()) {
            throw refusal("it has no key, so a row cannot be told from another");
        }
        if (sql.assigned().stream().anyMatch(step.keyColumns()::contains)) {
            throw refusal("it changes the key, by which a row is known to have had its turn");
        }
    }

    WalkReport run(CursorStore store) {
        return step.kind() == Kind.UPDATE || step.kind() == Kind.DELETE ? change(store) : restore(store);
    }

    private WalkReport change(CursorStore store) {
        List<Leaf> leaves = leaves();
        createArchive(store);
        Optional<Strides> strides = Optional.empty();
        if (step.kind() == Kind.UPDATE) {
            boolean indexed = link.patiently(
                    "look at the indexes",
                    s -> leaves.stream().anyMatch(leaf -> Relations.indexed(s, leaf, sql.assigned())));
            strides = Optional.of(new Strides(!indexed));
        }
        Cascades cascades = step.kind() == Kind.DELETE
                ? link.patiently("look at the foreign keys", s -> Cascades.of(s, step.table()))
                : new Cascades(List.of());
        Changing changing = new Changing(step, sql, cascades);
        Walk walk = new Walk(
                context,
                link,
                step.table(),
                changing,
                WalkOptions.writing(Optional.of(store), strides, step.keyColumns()));
        long atOnce = 0;
        try {
            walk.all(leaves);
        } catch (RowFailure e) {
            atOnce = deleteAtOnce(e, cascades);
        }
        Cursor cursor = walk.cursor();
        if (cursor.stage() == Cursor.Stage.DONE) {
            return report(walk, cursor.rows(), 0, 0);
        }
        long missed = atOnce + new LeftOvers(context, link, step, sql, changing).change(leaves, store, cursor);
        return report(walk, cursor.rows() + missed, missed, 0);
    }

    /** Rows that refer to one another: only all together they can go, and nothing that would not be kept goes with them. */
    private long deleteAtOnce(RowFailure failure, Cascades cascades) {
        if (step.kind() != Kind.DELETE || !failure.refusal().is("23503") || !cascades.isEmpty()) {
            throw failure;
        }
        return link.patiently("deletion of all rows at once", s -> {
            try {
                return link.batches().withStatementTimeout(AT_ONCE_MILLIS).run(s, () -> s.execute(sql.deleteRest()));
            } catch (DatabaseException e) {
                if (e.is("23503") || e.is("57014")) {
                    failure.addSuppressed(e);
                    throw failure;
                }
                throw e;
            }
        });
    }

    private List<Leaf> leaves() {
        List<Leaf> leaves = link.inBatch("look at " + step.table(), s -> Relations.leaves(s, step.table()));
        Relations.requireHeap(leaves);
        boolean inherits = leaves.size() > 1
                && leaves.stream().anyMatch(leaf -> leaf.name().equals(step.table()));
        if (step.kind() == Kind.DELETE && inherits) {
            throw refusal("other tables inherit from it, and the archive would not know which table a row was in");
        }
        return leaves;
    }

    private void createArchive(CursorStore store) {
        link.inBatch("creation of the archive", s -> {
            store.fence(s);
            if (!Relations.exists(s, step.archive())) {
                String schema = step.archive().schema();
                if (!s.isTrue("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = ?)", schema)) {
                    s.execute("CREATE SCHEMA " + dev.sluice.sql.Identifier.quote(schema));
                }
                s.execute(sql.createArchive());
                s.execute(sql.archiveKey());
            }
            return true;
        });
    }

    private WalkReport restore(CursorStore store) {
        boolean archived = link.patiently("look at the archive", s -> Relations.exists(s, step.archive()));
        if (!archived) {
            return new WalkReport(0, 0, 0, 0, link.retries(), 0, elapsed());
        }
        List<Leaf> leaves = link.inBatch("look at the archive", s -> Relations.leaves(s, step.archive()));
        Restoring restoring = link.patiently("look at the columns", s -> Restoring.of(s, step, sql));
        Walk walk = new Walk(
                context,
                link,
                step.archive(),
                restoring,
                WalkOptions.writing(Optional.of(store), Optional.empty(), step.keyColumns()));
        long atOnce = 0;
        try {
            walk.all(leaves);
        } catch (RowFailure e) {
            if (step.kind() != Kind.RESTORE_DELETED || !e.refusal().is("23503")) {
                throw e;
            }
            // rows that refer to one another: only all together are they consistent
            atOnce = link.patiently("restore of all rows at once", s -> restoring.allAtOnce(link.batches(), s));
        }
        long left = dropArchiveIfEmpty(store);
        return report(walk, walk.cursor().rows() + atOnce, 0, left + restoring.writtenSince());
    }

    /** Nobody writes into it between the look and the end of this transaction, and only the one runner drops it. */
    private long dropArchiveIfEmpty(CursorStore store) {
        return link.patiently(
                "removal of the empty archive",
                s -> link.batches().withStatementTimeout(AT_ONCE_MILLIS).run(s, () -> {
                    store.fence(s);
                    if (!Relations.exists(s, step.archive())) {
                        return 0L; // dropped by the transaction whose answer was lost
                    }
                    String archive = step.archive().quoted();
                    s.execute("LOCK TABLE " + archive + " IN ACCESS EXCLUSIVE MODE");
                    long left = s.one("SELECT count(*) FROM " + archive, row -> row.number(1))
                            .orElse(0L);
                    if (left == 0) {
                        s.execute("DROP TABLE " + archive);
                    }
                    return left;
                }));
    }

    private WalkReport report(Walk walk, long rows, long swept, long left) {
        return new WalkReport(rows, swept, left, walk.batches(), link.retries(), walk.hotRatio(), elapsed());
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private SluiceException refusal(String reason) {
        return new SluiceException(
                ExitCode.HAZARD_BLOCKED,
                "Cannot change " + step.table() + " in batches: " + reason + " ("
                        + step.info().source() + ")."
                        + " Run the statement as a whole, in a quiet hour, or give the table a primary key first.");
    }

    @Override
    public void close() {
        link.close();
    }

    /** Picks the rows of a slice whose turn it is, and changes them. */
    record Changing(Step.BatchedDml step, DmlSql sql, Cascades cascades) implements Work {

        @Override
        public String activity() {
            return step.kind() == Kind.DELETE ? "batched DELETE" : "batched UPDATE";
        }

        @Override
        public boolean writes() {
            return true;
        }

        @Override
        public long batch(Session session, Leaf leaf, Slice slice) {
            List<String> tids = session.query(sql.pick(leaf, slice), row -> row.text(1));
            return change(session, leaf, tids);
        }

        /** @param tids places of rows that this transaction has locked */
        long change(Session session, Leaf leaf, List<String> tids) {
            return cascades.isEmpty()
                    ? session.execute(sql.change(leaf, tids))
                    : session.execute(sql.deleteWithOthers(leaf, cascades.with(session, leaf, tids)));
        }
    }
}
