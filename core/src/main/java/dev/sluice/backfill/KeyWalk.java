package dev.sluice.backfill;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.plan.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Fills tables whose rows have no block numbers (an access method other than heap) by ranges of a unique key, each batch one
 * short transaction of about the target time. Nothing has to be known of where it stood: a row that is filled is not pending
 * any more, so one that begins anew reads what is done and writes only the rest. Batches wait for the disk, because a later
 * pass concludes from their being done. Not thread-safe.
 */
final class KeyWalk {

    private static final long FIRST_ROWS = 500;
    private static final long MOST_ROWS = 50_000;
    private static final long MAX_STATEMENT_MILLIS = 60_000;

    private final DataContext context;
    private final Link link;
    private final Step.Backfill step;
    private final CursorStore store;
    private final Pace pace;
    private final Meter meter;
    private final BatchSize size;
    private boolean begun;
    private long statementMillis;
    private long rows;
    private long batches;
    private long blocksBefore;

    KeyWalk(DataContext context, Link link, Step.Backfill step, CursorStore store) {
        this.context = context;
        this.link = link;
        this.step = step;
        this.store = store;
        this.pace = new Pace(context);
        this.meter = new Meter(context.listener(), step.table(), "backfill");
        this.size = new BatchSize(context.options().targetBatch().toMillis(), FIRST_ROWS, MOST_ROWS);
    }

    /** A table and the key that it is walked by. */
    private record Keyed(Leaf leaf, RowKey key) {}

    /**
     * Fills until a whole pass finds nothing to fill.
     *
     * @return rows that were changed, and of these the ones that the first pass had missed
     * @throws SluiceException HAZARD_BLOCKED, before anything is written, when a table has no usable key
     */
    Filled untilClean(List<Leaf> leaves) {
        List<Keyed> keyed = new ArrayList<>();
        leaves.forEach(leaf -> keyed.add(new Keyed(leaf, key(leaf))));
        meter.expect(leaves);
        long first = pass(keyed, "backfill");
        long changed = first;
        for (int pass = 1; changed > 0; pass++) {
            if (pass > context.options().maxSweeps() + 1) {
                throw new SluiceException(
                        ExitCode.FAILED_SAFE,
                        changed + " rows of " + step.table() + " were still to be filled in pass " + pass
                                + ". Either something writes past the dual write, or a trigger undoes what the backfill"
                                + " sets, or the condition stays true for a filled row: " + step.pending()
                                + "\nStop that, then run the same command again.");
            }
            changed = pass(keyed, "sweep " + pass);
        }
        meter.finished();
        return new Filled(rows, rows - first, batches);
    }

    record Filled(long rows, long swept, long batches) {}

    private RowKey key(Leaf leaf) {
        return link.inBatch("look at the keys of " + leaf.name(), session -> RowKey.of(session, leaf))
                .orElseThrow(
                        () -> Relations.noBlocks(
                                leaf,
                                "and it has no valid unique key whose columns are NOT NULL, by which they could be told apart"));
    }

    private long pass(List<Keyed> tables, String activity) {
        long before = rows;
        blocksBefore = 0;
        for (Keyed table : tables) {
            walk(table, new Filling(step, activity));
            blocksBefore += table.leaf().blocks();
        }
        return rows - before;
    }

    private void walk(Keyed table, Filling filling) {
        Optional<List<String>> after = Optional.empty();
        long seen = 0;
        boolean more = true;
        while (more) {
            pace.stopIfAsked();
            long most = size.blocks();
            try {
                Session session = link.session();
                if (!begun) {
                    begun = true;
                    pace.beforeFirst(session, table.leaf().oid());
                }
                Optional<List<String>> from = after;
                long started = System.nanoTime();
                Done done = link.batches()
                        .withStatementTimeout(limit())
                        .run(session, () -> batch(session, table, filling, from, most));
                double millis = (System.nanoTime() - started) / 1e6;
                link.succeeded();
                size.observe(most, millis, pace.targetShare());
                rows += done.rows();
                batches++;
                seen += most;
                more = done.upTo().isPresent();
                after = done.upTo();
                tell(table.leaf(), seen, millis, done.rows());
                pace.afterBatch(session, table.leaf().oid(), millis);
            } catch (DatabaseException e) {
                recover(e, table, filling, after, most);
            }
        }
    }

    private record Done(long rows, Optional<List<String>> upTo) {}

    private Done batch(Session session, Keyed table, Filling filling, Optional<List<String>> after, long most) {
        store.begin(session);
        RowKey key = table.key();
        Optional<List<String>> upTo = session.one(key.lastOf(table.leaf(), after, most), key::read);
        if (upTo.isPresent() && upTo.equals(after)) {
            throw new SluiceException(
                    ExitCode.FAILED_SAFE,
                    "the key " + key.named(upTo.get()) + " of " + table.leaf().name()
                            + " does not come back from its text as it was: the walk would not get on. Nothing of this batch"
                            + " was changed. Report this, with the definition of the table.");
        }
        long changed = filling.fill(session, table.leaf(), key.range(after, upTo));
        store.save(
                session,
                new Cursor(
                        Cursor.Stage.WALK, table.leaf().oid(), table.leaf().filenode(), 0, 0, 0, 1, 0, rows + changed));
        pace.lookForWaiters(session);
        return new Done(changed, upTo);
    }

    private void tell(Leaf leaf, long seen, double millis, long changed) {
        double share = leaf.rows() > 0 ? Math.min(1, (double) seen / leaf.rows()) : 0;
        meter.position(blocksBefore + (long) (share * leaf.blocks()), rows);
        meter.batch(Duration.ofNanos((long) (millis * 1e6)), pace.share(), changed, 0);
    }

    private long limit() {
        return statementMillis == 0 ? link.batches().statementTimeoutMillis() : statementMillis;
    }

    private void recover(DatabaseException e, Keyed table, Filling filling, Optional<List<String>> after, long most) {
        Fault fault = Fault.of(e);
        if (fault == Fault.DEFINITE) {
            if (most == 1) {
                throw new RowFailure(filling.activity(), table.leaf(), next(table, after), e);
            }
            size.shrink(most);
            return;
        }
        if (fault == Fault.TIMEOUT && most == 1) {
            statementMillis = Math.min(MAX_STATEMENT_MILLIS, 2 * limit());
        } else if (fault == Fault.TIMEOUT || fault == Fault.CONFLICT) {
            size.shrink(most);
        }
        link.failed(
                e,
                "batch of " + table.leaf().name() + " behind "
                        + after.map(table.key()::named).orElse("its start"));
    }

    private String next(Keyed table, Optional<List<String>> after) {
        RowKey key = table.key();
        return link.inBatch(
                        "look at the failing row",
                        session -> session.one(key.lastOf(table.leaf(), after, 1), key::read))
                .map(key::named)
                .orElse("at its end");
    }
}
