package dev.sluice;

import dev.sluice.migration.Migration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Makes what migrations need before they are asked for, one after the other in their order, on a thread of its own: while
 * the server works on the one before. The thread ends after some idle seconds, so that one that is never closed leaks
 * nothing. To be used by one thread.
 *
 * @param <T> what is made of each
 */
final class Ahead<T> implements AutoCloseable {

    /** Enough to stay ahead of a server that has small scripts to run, few enough to hold in memory. */
    static final int MOST = 16;

    private static final long IDLE_SECONDS = 5;

    private final ThreadPoolExecutor executor;
    private final Deque<Migration> expected = new ArrayDeque<>();
    private final Deque<Made<T>> made = new ArrayDeque<>();

    private record Made<T>(Migration migration, Future<T> result) {}

    Ahead() {
        executor = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "sluice-ahead");
            thread.setDaemon(true);
            return thread;
        });
        executor.allowCoreThreadTimeOut(true);
    }

    /** These will be asked for, in this order; begins nothing yet. */
    void expect(List<Migration> migrations) {
        forget();
        expected.addAll(migrations);
    }

    /** Begins with the next ones, as long as there are not so many that nobody has taken. */
    void begin(int most, Function<Migration, T> maker) {
        while (made.size() < most && !expected.isEmpty()) {
            Migration next = expected.remove();
            made.add(new Made<>(next, executor.submit(() -> maker.apply(next))));
        }
    }

    /**
     * What was made of this migration; waits for it. Empty when that was not begun. Who asks in another order than expected
     * ends all expectations.
     *
     * @throws RuntimeException what making it has thrown
     */
    Optional<T> take(Migration migration) {
        if (made.isEmpty() || !made.element().migration().equals(migration)) {
            forget();
            return Optional.empty();
        }
        return Optional.of(await(made.remove().result()));
    }

    /** Returns when nothing is being made any more. */
    void settle() {
        if (!made.isEmpty()) {
            await(executor.submit(() -> true));
        }
    }

    private void forget() {
        expected.clear();
        made.forEach(m -> m.result().cancel(false));
        settle();
        made.clear();
    }

    private static <R> R await(Future<R> result) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get();
                } catch (InterruptedException e) {
                    interrupted = true; // planning takes milliseconds: the caller sees the interrupt afterwards
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
