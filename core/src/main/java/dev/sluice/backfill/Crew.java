package dev.sluice.backfill;

import dev.sluice.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The workers of one backfill in this process, each on a thread and a connection of its own; the first one on the caller's,
 * and only it tells how far all have come. When one fails, the others end after their batch, and its failure is thrown; but
 * one that is there only while the database is idle is not missed.
 */
final class Crew {

    private final DataContext context;
    private final Step.Backfill step;
    private final Ranges ranges;
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final InStep inStep = new InStep();
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<Result> results = new ArrayList<>();

    Crew(DataContext context, Step.Backfill step, Ranges ranges) {
        this.context = context;
        this.step = step;
        this.ranges = ranges;
    }

    /** @param rows that it has changed */
    private record Result(long rows, long batches, long retries, double hotRatio) {}

    /** Helps another process: returns when nothing is free any more. */
    void help() {
        run(context.options().workers(), 0, RangeWorker::untilNothingIsFree);
    }

    /**
     * Returns when all is done, and waits for what other processes do, too.
     *
     * @param open ranges: more workers would have nothing to do
     */
    void finish(long open) {
        int workers = (int) Math.max(1, Math.min(context.options().workers(), open));
        int idle = (int) Math.min(context.options().idleWorkers(), open - workers);
        run(workers, idle, RangeWorker::untilAllIsDone);
    }

    private void run(int workers, int idle, Consumer<RangeWorker> work) {
        List<Thread> others = new ArrayList<>();
        for (int i = 1; i < workers; i++) {
            others.add(thread(i, () -> work(contextOf(false, this::hasFailed), work)));
        }
        for (int i = 0; i < idle; i++) {
            others.add(thread(workers + i, this::workWhileIdle));
        }
        work(contextOf(true, this::hasFailed), work);
        over.set(true);
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

    private static Thread thread(int number, Runnable work) {
        Thread thread = new Thread(work, "sluice-backfill-" + (number + 1));
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void work(DataContext with, Consumer<RangeWorker> work) {
        try {
            attempt(with, work);
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    /** What is wrong with the data or the server the others find out themselves, and a claim that is left they take over. */
    private void workWhileIdle() {
        try {
            attempt(contextOf(false, this::isOver), worker -> worker.whileTheDatabaseIsIdle(this::isOver));
        } catch (RuntimeException e) {
            if (!isOver() && !context.control().stopRequested()) {
                context.listener().notice("going on with one session less: " + e.getMessage());
            }
        }
    }

    private void attempt(DataContext with, Consumer<RangeWorker> work) {
        try (RangeWorker worker = new RangeWorker(with, step, ranges, inStep)) {
            try {
                work.accept(worker);
            } finally {
                add(worker);
            }
        }
    }

    private boolean isOver() {
        return over.get() || hasFailed();
    }

    private boolean hasFailed() {
        return failure.get() != null;
    }

    private synchronized void add(RangeWorker worker) {
        results.add(new Result(
                worker.rows(),
                worker.walk().batches(),
                worker.retries(),
                worker.walk().hotRatio()));
    }

    private DataContext contextOf(boolean first, BooleanSupplier ended) {
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
                return context.control().stopRequested() || ended.getAsBoolean();
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
