package dev.sluice.backfill;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.sql.QualifiedName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Goes over the rows of tables window by window, each batch one short transaction of about the target time, and saves
 * where it stands with every batch. Retries what may go away, names the row for what will not. Not thread-safe.
 */
final class Walk {

    private static final int CONFLICTS_BEFORE_SKIPPING = 3;
    private static final long MAX_STATEMENT_MILLIS = 60_000;
    private static final int VANISHED_ERRORS = 20;

    private final DataContext context;
    private final Link link;
    private final Work work;
    private final WalkOptions options;
    private final Pace pace;
    private final Vacuum vacuum;
    private final Meter meter;
    private final Culprit culprit;
    private final BatchSize size;
    private final UpdateCounts counts = new UpdateCounts();
    private Optional<CursorStore> store;
    private Optional<InStep> inStep = Optional.empty();
    private boolean claimed;
    private boolean begun;
    private Cursor at = Cursor.start();
    private Optional<Cursor> saved = Optional.empty();
    private long blocksBefore;
    private long statementMillis;
    private int conflicts;
    private int vanished;
    private int lastPasses;
    private long batches;
    private boolean ended;

    Walk(DataContext context, Link link, QualifiedName table, Work work, WalkOptions options) {
        this.context = context;
        this.link = link;
        this.work = work;
        this.options = options;
        this.store = options.store();
        this.pace = new Pace(context);
        this.vacuum = new Vacuum(context);
        this.meter = new Meter(context.listener(), table, work.activity());
        this.culprit = new Culprit(link, work, options.keyColumns());
        this.lastPasses = work.writes() ? 8 : 1;
        this.size =
                new BatchSize(context.options().targetBatch().toMillis(), options.firstWindow(), options.maxWindow());
    }

    /** All rows the tables have now, from the stored cursor on if there is one. What was written is on disk in the end. */
    void all(List<Leaf> leaves) {
        meter.expect(leaves);
        do {
            once(leaves);
        } while (!isOnDisk());
    }

    private void once(List<Leaf> leaves) {
        at = load();
        saved = Optional.empty();
        blocksBefore = 0;
        if (at.stage() != Cursor.Stage.WALK) {
            return;
        }
        boolean first = true;
        for (Leaf leaf : leaves) {
            if (ended) {
                break;
            }
            if (leaf.oid() >= at.relation()) {
                if (leaf.oid() != at.relation() || leaf.filenode() != at.filenode()) {
                    at = enter(leaf);
                }
                if (first) {
                    meter.resume(blocksBefore + at.block(), at.rows());
                }
                first = false;
                toEnd(leaf);
            }
            blocksBefore += leaf.blocks();
        }
        meter.finished();
    }

    /**
     * Batches do not wait for the disk, so a server that crashes may lose the last ones and their cursor. Nobody may draw a
     * conclusion from their being done before a COMMIT that does wait.
     *
     * @return false when some of them are lost
     */
    private boolean isOnDisk() {
        if (saved.isEmpty()) {
            return true;
        }
        CursorStore kept = store.orElseThrow();
        return link.inBatch("look at the cursor", session -> {
            Optional<Cursor> stored = kept.load(session);
            stored.ifPresent(cursor -> kept.save(session, cursor));
            return stored.equals(saved);
        });
    }

    /**
     * A range that this worker has claimed.
     *
     * @param others with whom it begins its batches
     * @throws Ranges.ClaimLostException when somebody else has taken it over
     * @throws RewrittenException when its block numbers mean nothing any more
     */
    void range(Leaf leaf, Ranges.Claim claim, InStep others) {
        store = Optional.of(claim);
        claimed = true;
        at = claim.cursor();
        inStep = Optional.of(others);
        others.enter();
        try {
            toEnd(leaf);
        } finally {
            others.leave();
        }
    }

    Meter meter() {
        return meter;
    }

    /** Some blocks of one table. */
    void blocks(Leaf leaf, long from, long to) {
        at = new Cursor(Cursor.Stage.WALK, leaf.oid(), leaf.filenode(), from, 0, 0, 1, to, at.rows());
        toEnd(leaf);
    }

    Cursor cursor() {
        return at;
    }

    long batches() {
        return batches;
    }

    double hotRatio() {
        return meter.hotRatio();
    }

    private Cursor load() {
        return store.flatMap(kept -> link.inBatch("look at the cursor", kept::load))
                .orElseGet(Cursor::start);
    }

    private Cursor enter(Leaf leaf) {
        return new Cursor(Cursor.Stage.WALK, leaf.oid(), leaf.filenode(), 0, 0, 0, 1, leaf.blocks(), at.rows());
    }

    private void toEnd(Leaf entered) {
        Leaf leaf = entered;
        while (at.block() < at.end() && !ended) {
            pace.stopIfAsked();
            if (at.windowEnd() == 0) {
                chooseWindow(leaf);
            }
            leaf = batch(leaf);
        }
    }

    private void chooseWindow(Leaf leaf) {
        int passes =
                options.strides().map(s -> s.passes(leaf.secondaryIndexes())).orElse(1);
        if (passes != lastPasses) {
            size.scale((double) lastPasses / passes);
            lastPasses = passes;
        }
        // a window that turns out dense after a sparse stretch must still end within a few batch times
        long most = work.writes()
                ? Math.min(size.blocks(), Math.min(128L * passes, pace.mostBlocks(leaf.blocks(), passes)))
                : size.blocks();
        at = window(Math.min(at.end(), at.block() + Math.max(1, most)), passes);
    }

    private Cursor window(long end, int passes) {
        return new Cursor(
                at.stage(), at.relation(), at.filenode(), at.block(), end, at.pass(), passes, at.end(), at.rows());
    }

    /** @return the leaf, looked at anew if it was rewritten */
    private Leaf batch(Leaf leaf) {
        Slice slice = new Slice(
                TidRange.blocks(at.block(), at.windowEnd()),
                at.pass(),
                at.passes(),
                work.writes() && conflicts >= CONFLICTS_BEFORE_SKIPPING);
        try {
            Session session = link.session();
            if (work.writes() && !begun) {
                begun = true;
                pace.beforeFirst(session, leaf.oid());
            }
            long started = System.nanoTime();
            long limit = statementMillis == 0 ? link.batches().statementTimeoutMillis() : statementMillis;
            Batches settings = link.batches().withStatementTimeout(limit).relaxed();
            Done done = settings.run(session, () -> inTransaction(session, leaf, slice));
            double millis = (System.nanoTime() - started) / 1e6;
            committed(leaf, slice, done, millis);
            afterCommit(session, leaf, slice, millis);
        } catch (RewrittenException e) {
            if (claimed) {
                throw e;
            }
            return rewritten(leaf);
        } catch (DatabaseException e) {
            recover(e, leaf, slice);
        }
        return leaf;
    }

    private Done inTransaction(Session session, Leaf leaf, Slice slice) {
        if (work.writes()) {
            store.ifPresent(kept -> kept.begin(session));
        }
        long rows = work.batch(session, leaf, slice);
        // The lock we hold by now keeps the file from being exchanged before COMMIT.
        UpdateCounts.Sample sample = session.one(
                        UpdateCounts.SQL, UpdateCounts::read, leaf.oid(), leaf.oid(), leaf.oid())
                .orElseThrow();
        if (sample.filenode() != leaf.filenode()) {
            throw new RewrittenException();
        }
        Cursor next = after(slice, rows);
        if (work.writes()) {
            store.ifPresent(kept -> kept.save(session, next));
            pace.lookForWaiters(session);
        }
        return new Done(rows, sample, next);
    }

    private Cursor after(Slice slice, long rows) {
        long total = at.rows() + rows;
        if (slice.pass() == slice.passes() - 1) {
            return new Cursor(
                    at.stage(), at.relation(), at.filenode(), at.windowEnd(), 0, 0, at.passes(), at.end(), total);
        }
        // Nothing in the first share of the rows: probably nothing at all. One batch finds out.
        int pass = slice.pass() == 0 && rows == 0 ? slice.passes() - 1 : slice.pass() + 1;
        return new Cursor(
                at.stage(),
                at.relation(),
                at.filenode(),
                at.block(),
                at.windowEnd(),
                pass,
                at.passes(),
                at.end(),
                total);
    }

    private void committed(Leaf leaf, Slice slice, Done done, double millis) {
        long over = at.windowEnd() - at.block();
        at = done.next();
        if (work.writes() && store.isPresent()) {
            saved = Optional.of(at);
        }
        batches++;
        conflicts = 0;
        link.succeeded();
        size.observe(over, millis, pace.targetShare());
        UpdateCounts.Delta delta = counts.since(done.sample(), done.rows());
        options.strides().ifPresent(s -> s.updated(slice, delta.updated(), delta.hot()));
        vacuum.left(delta.updated() - delta.hot());
        tellPosition();
        meter.batch(Duration.ofNanos((long) (millis * 1e6)), pace.share(), delta.updated(), delta.hot());
        ended = !work.committed(leaf, slice, done.rows());
    }

    private void tellPosition() {
        Optional<Ranges.Tally> all = store.flatMap(CursorStore::tally);
        if (all.isPresent()) {
            meter.position(all.get().blocksDone(), all.get().rows());
            return;
        }
        double ofWindow = at.windowEnd() == 0 ? 0 : (double) at.pass() / at.passes() * (at.windowEnd() - at.block());
        meter.position(blocksBefore + at.block() + (long) ofWindow, at.rows());
    }

    private void afterCommit(Session session, Leaf leaf, Slice slice, double millis) {
        boolean windowDone = slice.pass() == slice.passes() - 1;
        if (windowDone && options.strides().map(Strides::windowDone).orElse(false)) {
            context.listener()
                    .notice("an old snapshot keeps dead rows of " + leaf.name()
                            + " from being reused (a long transaction, a replication slot?): the table will grow more");
        }
        if (windowDone && work.writes()) {
            vacuum.ifDue(session, leaf);
        }
        inStep.ifPresent(others -> others.await((long) (millis * 1e6)));
        pace.afterBatch(session, leaf.oid(), millis);
    }

    private Leaf rewritten(Leaf leaf) {
        context.listener().notice(leaf.name() + " was rewritten meanwhile: going over it again");
        Leaf now = link.inBatch("look at " + leaf.name(), s -> Relations.leaves(s, leaf.root())).stream()
                .filter(other -> other.oid() == leaf.oid())
                .findFirst()
                .orElseThrow(() -> new SluiceException(
                        ExitCode.DRIFT, "Table " + leaf.name() + " was dropped while it was being worked on."));
        at = enter(now);
        return now;
    }

    private void recover(DatabaseException e, Leaf leaf, Slice slice) {
        long over = at.windowEnd() - at.block();
        Fault fault = Fault.of(e);
        String what = "batch of " + leaf.name() + ", blocks " + at.block() + " to " + (at.windowEnd() - 1);
        if (fault == Fault.DEFINITE) {
            Optional<SluiceException> reason = culprit.explain(e, leaf, slice.range());
            if (reason.isPresent() || ++vanished > VANISHED_ERRORS) {
                throw reason.orElse(e);
            }
        } else if (fault == Fault.TIMEOUT && over == 1) {
            long before = statementMillis == 0 ? link.batches().statementTimeoutMillis() : statementMillis;
            statementMillis = Math.min(MAX_STATEMENT_MILLIS, 2 * before);
        } else if (fault == Fault.TIMEOUT || fault == Fault.CONFLICT) {
            size.shrink(fault == Fault.TIMEOUT ? Math.max(1, over / 5) : over);
            at = window(Math.min(at.windowEnd(), at.block() + size.blocks()), at.passes());
            conflicts += fault == Fault.CONFLICT ? 1 : 0;
        }
        link.failed(e, what);
        if (fault == Fault.LOST && store.isPresent()) {
            reload(leaf);
        }
    }

    /** Only the database knows whether the batch whose COMMIT got lost took place. */
    private void reload(Leaf leaf) {
        Cursor stored = load();
        saved = Optional.of(stored);
        at = claimed || stored.relation() == leaf.oid() && stored.filenode() == leaf.filenode() ? stored : enter(leaf);
        counts.reset();
    }

    private record Done(long rows, UpdateCounts.Sample sample, Cursor next) {}
}
