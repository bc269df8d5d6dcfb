package dev.sluice.backfill;

import dev.sluice.plan.Step;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One of the workers of a backfill: claims range after range and walks it, until none is left. What it has learned about
 * batch sizes and passes it takes along from range to range. One thread, one connection.
 */
final class RangeWorker implements AutoCloseable {

    private static final int LOOK_AGAIN_MILLIS = 50;

    private final DataContext context;
    private final Step.Backfill step;
    private final Ranges ranges;
    private final InStep others;
    private final Link link;
    private List<Leaf> leaves;
    private final Walk walk;
    private long rows;

    RangeWorker(DataContext context, Step.Backfill step, Ranges ranges, InStep others) {
        this.context = context;
        this.step = step;
        this.ranges = ranges;
        this.others = others;
        this.link = Backfill.link(context, step);
        this.leaves = leaves();
        this.walk = Backfill.fillingWalk(context, link, step, leaves, Optional.empty());
        walk.meter().expect(leaves);
    }

    /** Rows that this worker has changed. */
    long rows() {
        return rows;
    }

    Walk walk() {
        return walk;
    }

    long retries() {
        return link.retries();
    }

    /** Walks what nobody else does. */
    void untilNothingIsFree() {
        for (Optional<Ranges.Claim> claim = claim(); claim.isPresent(); claim = claim()) {
            walk(claim.get());
        }
    }

    /**
     * Walks what nobody else does, as long as nobody else is at work on the database; in between looks now and then whether
     * somebody is.
     *
     * @param over whether to end
     */
    void whileTheDatabaseIsIdle(BooleanSupplier over) {
        Traffic traffic = new Traffic();
        while (!over.getAsBoolean()) {
            boolean busy = link.patiently("look at who else is at work", session -> {
                traffic.look(session);
                return traffic.isSeen();
            });
            if (!busy && context.control().maxDuty() > 0) {
                Optional<Ranges.Claim> claim = claim();
                if (claim.isEmpty()) {
                    return;
                }
                walk(claim.get());
            } else {
                Pauses.sleep(LOOK_AGAIN_MILLIS);
            }
        }
    }

    /** The same, and waits for what others do, to take it over if they end. */
    void untilAllIsDone() {
        while (true) {
            untilNothingIsFree();
            Ranges.Tally tally = link.inBatch("look at the ranges", ranges::tally);
            walk.meter().others(tally.blocksDone(), tally.rows());
            if (tally.open() == 0) {
                walk.meter().finished();
                return;
            }
            if (context.control().stopRequested()) {
                throw Pauses.stopped();
            }
            Pauses.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    private Optional<Ranges.Claim> claim() {
        if (context.control().stopRequested()) {
            throw Pauses.stopped();
        }
        return context.control().maxDuty() > 0 ? link.inBatch("claim of a range", ranges::claim) : paused();
    }

    /** A paused worker holds no range: whoever is not paused may have it. */
    private Optional<Ranges.Claim> paused() {
        context.listener().notice(context.control().whyPaused());
        while (context.control().maxDuty() <= 0) {
            if (context.control().stopRequested()) {
                throw Pauses.stopped();
            }
            Pauses.sleep(LOOK_AGAIN_MILLIS);
        }
        return link.inBatch("claim of a range", ranges::claim);
    }

    private void walk(Ranges.Claim claim) {
        Optional<Leaf> leaf = leafOf(claim.cursor());
        if (leaf.isEmpty()) {
            leaves = leaves();
            leaf = leafOf(claim.cursor());
        }
        if (leaf.isEmpty()) {
            offerAgain();
            return;
        }
        long before = claim.cursor().rows();
        try {
            walk.range(leaf.get(), claim, others);
        } catch (Ranges.ClaimLostException e) {
            context.listener().notice(String.valueOf(e.getMessage()));
        } catch (RewrittenException e) {
            context.listener().notice(leaf.get().name() + " was rewritten meanwhile: going over it again");
            offerAgain();
        } catch (RuntimeException e) {
            giveBack(claim, e);
            throw e;
        } finally {
            rows += walk.cursor().rows() - before;
        }
    }

    private Optional<Leaf> leafOf(Cursor cursor) {
        return leaves.stream()
                .filter(leaf -> leaf.oid() == cursor.relation() && leaf.filenode() == cursor.filenode())
                .findFirst();
    }

    private void offerAgain() {
        leaves = leaves();
        link.inBatch("offer of the ranges", s -> {
            ranges.offer(s, BlockRanges.of(leaves, context.options()));
            return true;
        });
    }

    /** Others need not wait for the claim to expire; when this does not work either, they will. */
    private void giveBack(Ranges.Claim claim, RuntimeException reason) {
        try {
            link.batches().run(link.session(), () -> {
                claim.release(link.session());
                return true;
            });
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    private List<Leaf> leaves() {
        return Backfill.leaves(link, step);
    }

    @Override
    public void close() {
        link.close();
    }
}
