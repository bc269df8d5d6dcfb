package dev.sluice.parser;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs the grammar on one thread of its own, because deeply nested SQL needs a deep stack and callers' stacks are shallow. The thread
 * ends after some idle seconds and comes back when needed, so an unclosed parser leaks nothing.
 */
final class GrammarThread {
    /** 3,000 nested function calls and sums of 20,000 terms fit (measured); reserved address space, not memory. */
    private static final long STACK_BYTES = 64L << 20;

    private static final long IDLE_SECONDS = 5;

    private final ThreadPoolExecutor executor;
    /** Only touched by the executor's thread. */
    private @Nullable LibPgQuery libPgQuery;

    GrammarThread() {
        executor = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(null, task, "sluice-pg-parser", STACK_BYTES);
            thread.setDaemon(true);
            return thread;
        });
        executor.allowCoreThreadTimeOut(true);
    }

    interface Work {
        String on(LibPgQuery pg) throws PgSyntaxException;
    }

    String call(Work work) throws PgSyntaxException {
        Future<String> answer;
        try {
            answer = executor.submit(() -> run(work));
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("this PgParser is closed", e);
        }
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return answer.get();
                } catch (InterruptedException e) {
                    // a call takes milliseconds: finish it and let the caller see the interrupt afterwards
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private String run(Work work) throws PgSyntaxException {
        LibPgQuery pg = libPgQuery;
        if (pg == null) {
            pg = new LibPgQuery();
        }
        // only an instance that answered, if only with a syntax error, may be used again
        libPgQuery = null;
        try {
            String answer = work.on(pg);
            libPgQuery = pg;
            return answer;
        } catch (PgSyntaxException e) {
            libPgQuery = pg;
            throw e;
        }
    }

    private static PgSyntaxException rethrown(@Nullable Throwable cause) {
        if (cause instanceof PgSyntaxException e) {
            return e;
        }
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof StackOverflowError) {
                return new PgSyntaxException("stack depth limit exceeded", 0);
            }
        }
        if (cause instanceof Error e) {
            throw e;
        }
        throw new IllegalStateException("PostgreSQL's grammar stopped unexpectedly: " + cause, cause);
    }

    void close() {
        executor.execute(() -> libPgQuery = null);
        executor.shutdown();
    }
}
