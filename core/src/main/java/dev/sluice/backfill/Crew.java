package dev.sluice.backfill;

import dev.sluice.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The workers of one backfill in this process, each on a thread and a connection of its own; the first one on the caller's,
 * and only it tells how far all have come. When one fails, the others end after their batch, and its failure is thrown.
 */
final class Crew {

    private final DataContext context;
    private final Step.Backfill step;
    private final Ranges ranges;
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final List<Result> results = new ArrayList<>();

    Crew(DataContext context, Step.Backfill step, Ranges ranges) {
        this.context = context;
        this.step = step;
        this.ranges = ranges;
    }

    /** @param rows that it has changed */
    private record Result(long rows, long batches, long retries, double hotRatio) {}

    /** @param toTheEnd whether to wait for what other processes do, too */
    void run(boolean toTheEnd) {
        List<Thread> others = new ArrayList<>();
        for (int i = 1; i < context.options().workers(); i++) {
            Thread thread = new Thread(() -> work(false, toTheEnd), "sluice-backfill-" + (i + 1));
            thread.setDaemon(true);
            thread.start();
            others.add(thread);
        }
        work(true, toTheEnd);
        others.forEach(this::join);
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    synchronized long rows() {
        return results.stream().mapToLong(Result::rows).sum();
    }

    synchronized long batches() {
        return results.stream().mapToLong(Result::batches).sum();
    }

    synchronized long retries() {
        return results.stream().mapToLong(Result::retries).sum();
    }

    synchronized double hotRatio() {
        double weighted =
                results.stream().mapToDouble(r -> r.hotRatio() * r.rows()).sum();
        return rows() == 0 ? 0 : weighted / rows();
    }

    private void work(boolean first, boolean toTheEnd) {
        try (RangeWorker worker = new RangeWorker(contextOf(first), step, ranges)) {
            try {
                if (toTheEnd) {
                    worker.untilAllIsDone();
                } else {
                    worker.untilNothingIsFree();
                }
            } finally {
                add(worker);
            }
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    private synchronized void add(RangeWorker worker) {
        results.add(new Result(
                worker.rows(),
                worker.walk().batches(),
                worker.retries(),
                worker.walk().hotRatio()));
    }

    private DataContext contextOf(boolean first) {
        ProgressListener listener = first
                ? context.listener()
                : new ProgressListener() {
                    @Override
                    public void notice(String text) {
                        context.listener().notice(text);
                    }
                };
        return context.with(listener, new Control() {
            @Override
            public double maxDuty() {
                return context.control().maxDuty();
            }

            @Override
            public String whyPaused() {
                return context.control().whyPaused();
            }

            @Override
            public boolean stopRequested() {
                return context.control().stopRequested() || failure.get() != null;
            }
        });
    }

    private void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure.compareAndSet(null, Pauses.stopped());
        }
    }
}
