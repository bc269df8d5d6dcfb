package dev.sluice.backfill;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.db.DatabaseException;
import dev.sluice.plan.Assignment;
import dev.sluice.plan.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One backfill step: the walk that fills, then sweeps until one finds nothing. */
final class Backfill implements AutoCloseable {

    private final DataContext context;
    private final Step.Backfill step;
    private final Link link;
    private final long started = System.nanoTime();
    private long batches;
    private long swept;
    private long retries;
    private double hotRatio;

    Backfill(DataContext context, Step.Backfill step) {
        this.context = context;
        this.step = step;
        this.link = new Link(context, step.suppressUserTriggers());
    }

    /** A session for the batches of a step, whose triggers stay silent where nobody could tell the difference. */
    static Link link(DataContext context, Step.Backfill step) {
        Link link = new Link(context, step.suppressUserTriggers());
        silenceIfHarmless(link, step);
        return link;
    }

    private static void silenceIfHarmless(Link link, Step.Backfill step) {
        if (link.patiently("look at the triggers", s -> SilentTriggers.changeNothing(s, step))) {
            link.silence();
        }
    }

    WalkReport run(CursorStore store) {
        checkReplicaRole();
        silenceIfHarmless(link, step);
        List<Leaf> leaves = leaves(link, step);
        if (!leaves.stream().allMatch(Leaf::heap)) {
            Relations.requireNoForeign(leaves);
            return byKey(leaves, store);
        }
        Cursor at = store.ranges().isPresent()
                ? together(leaves, store, store.ranges().get())
                : alone(leaves, store);
        Cursor walked = at.at(Cursor.Stage.SWEEP);
        if (at.stage() == Cursor.Stage.WALK) {
            save(store, walked);
        }
        sweepUntilClean(() -> save(store, walked));
        save(store, walked.at(Cursor.Stage.DONE));
        return report(walked.rows());
    }

    /** Where there are no blocks to go by: one worker, whose last pass is the proof. */
    private WalkReport byKey(List<Leaf> leaves, CursorStore store) {
        KeyWalk.Filled filled = new KeyWalk(context, link, step, store).untilClean(leaves);
        batches = filled.batches();
        save(store, Cursor.start().at(Cursor.Stage.DONE));
        swept = filled.swept();
        return report(filled.rows() - filled.swept());
    }

    /** One worker, one cursor. */
    private Cursor alone(List<Leaf> leaves, CursorStore store) {
        Walk walk = fillingWalk(context, link, step, leaves, Optional.of(store));
        walk.all(leaves);
        batches += walk.batches();
        hotRatio = walk.hotRatio();
        return walk.cursor();
    }

    /** This process's workers, and whoever else helps. */
    private Cursor together(List<Leaf> leaves, CursorStore store, Ranges ranges) {
        Optional<Cursor> stored = link.inBatch("look at the cursor", store::load);
        if (stored.filter(cursor -> cursor.stage() != Cursor.Stage.WALK).isPresent()) {
            return stored.get();
        }
        long open = link.inBatch("offer of the ranges", s -> {
            ranges.offer(s, BlockRanges.of(leaves, context.options()));
            return ranges.tally(s).open();
        });
        Crew crew = new Crew(context, step, ranges);
        try {
            crew.finish(open);
        } finally {
            batches += crew.batches();
            hotRatio = crew.hotRatio();
            retries += crew.retries();
        }
        long rows = link.inBatch("look at the ranges", ranges::tally).rows();
        return new Cursor(Cursor.Stage.WALK, 0, 0, 0, 0, 0, 1, 0, rows);
    }

    private WalkReport report(long walked) {
        return new WalkReport(
                walked + swept,
                swept,
                0,
                batches,
                link.retries() + retries,
                hotRatio,
                Duration.ofNanos(System.nanoTime() - started));
    }

    static List<Leaf> leaves(Link link, Step.Backfill step) {
        return link.inBatch("look at " + step.table(), s -> Relations.leaves(s, step.table()));
    }

    private void save(CursorStore store, Cursor cursor) {
        link.inBatch("save of the cursor", s -> {
            store.save(s, cursor);
            return true;
        });
    }

    static Walk fillingWalk(
            DataContext context, Link link, Step.Backfill step, List<Leaf> leaves, Optional<CursorStore> store) {
        List<String> columns =
                step.assignments().stream().map(Assignment::column).toList();
        boolean indexed = link.patiently(
                "look at the indexes", s -> leaves.stream().anyMatch(leaf -> Relations.indexed(s, leaf, columns)));
        WalkOptions options = WalkOptions.writing(store, Optional.of(new Strides(!indexed)), step.keyColumns());
        return new Walk(context, link, step.table(), new Filling(step, "backfill"), options);
    }

    /**
     * Reads the whole table, fills what it finds, and again, until a full pass finds nothing. Windows are enough, although
     * each has its own snapshot: a row that nobody has touched since the dual write was installed stays where it is, and
     * one that was touched is filled.
     *
     * @param durable commits in a way that survives a crash of the server, so that what was filled is there when the next
     *     pass does not miss it
     */
    private void sweepUntilClean(Runnable durable) {
        for (int pass = 1; ; pass++) {
            List<Leaf> leaves = leaves(link, step);
            // what goes on coming, by the plan, is left to the phase that comes when nothing does any more
            String left = pass == 1 ? step.pending() : step.required().orElse(step.pending());
            Counting counting = new Counting("sweep " + pass, left, false);
            Walk reading = new Walk(context, link, step.table(), counting, WalkOptions.reading(step.keyColumns()));
            reading.all(leaves);
            batches += reading.batches();
            if (counting.found() == 0) {
                return;
            }
            if (pass > context.options().maxSweeps()) {
                throw stillPending(counting, left);
            }
            fill(counting.hits(), pass);
            durable.run();
        }
    }

    private void fill(List<Counting.Hit> hits, int pass) {
        WalkOptions options = new WalkOptions(Optional.empty(), Optional.empty(), step.keyColumns(), 8, 1024);
        Walk walk = new Walk(context, link, step.table(), new Filling(step, "sweep " + pass), options);
        for (Counting.Hit hit : hits) {
            walk.blocks(hit.leaf(), hit.from(), hit.to());
        }
        swept += walk.cursor().rows();
        batches += walk.batches();
    }

    private SluiceException stillPending(Counting counting, String left) {
        Counting.Hit hit = counting.hits().get(0);
        String columns = step.keyColumns().isEmpty() ? "ctid::text" : Culprit.texts(step.keyColumns());
        List<String> names = step.keyColumns().isEmpty() ? List.of("ctid") : step.keyColumns();
        List<String> sample = link.inBatch(
                "look at the rows that are left",
                s -> s.query(
                        "SELECT " + columns + " FROM " + hit.leaf().from() + " WHERE "
                                + TidRange.blocks(hit.from(), hit.to()).sql() + " AND "
                                + Filling.isTrue(left) + " LIMIT 5",
                        row -> Culprit.named(row, names)));
        return new SluiceException(
                ExitCode.FAILED_SAFE,
                counting.found() + " rows of " + step.table() + " are still not filled after "
                        + context.options().maxSweeps() + " sweeps, for example " + String.join("; ", sample)
                        + ". Either something writes past the dual write (a session with session_replication_role ="
                        + " replica, a disabled trigger), or a trigger undoes what the backfill sets, or the condition"
                        + " stays true for a filled row: " + left
                        + "\nStop that, then run the same command again.");
    }

    /** Before anything is written. */
    private void checkReplicaRole() {
        if (!step.suppressUserTriggers()) {
            return;
        }
        try {
            link.inBatch("check of session_replication_role", s -> s.isTrue("SELECT true"));
        } catch (DatabaseException e) {
            if (!e.is("42501")) {
                throw e;
            }
            throw new SluiceException(
                    ExitCode.FAILED_SAFE,
                    "The backfill of " + step.table() + " must not fire the table's own triggers (the plain migration"
                            + " would not have fired them), but this role may not set session_replication_role. Nothing"
                            + " was written. Run as a superuser, or (PostgreSQL 15 or newer) let a superuser run:"
                            + " GRANT SET ON PARAMETER session_replication_role TO this role."
                            + " Or take it back, and let the triggers fire: -- sluice:allow backfill-fires-triggers"
                            + " above the statement.",
                    e);
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
