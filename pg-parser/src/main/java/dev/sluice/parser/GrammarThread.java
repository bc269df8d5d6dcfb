package dev.sluice.parser;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.TrapException;

/**
 * Runs the grammar on one thread of its own, because deeply nested SQL needs a deep stack and callers' stacks are shallow. The thread
 * ends after some idle seconds and comes back when needed, so an unclosed parser leaks nothing.
 */
final class GrammarThread {
    /** Address space, not memory, as long as nobody nests that deep: sums of 20,000 terms need some 64 MiB (measured). */
    static final long STACK_BYTES = 256L << 20;

    private static final long IDLE_SECONDS = 5;
    /** 128 MiB: an instance that grew beyond it, which takes a script of some megabytes, is not kept. */
    private static final int PAGES_TO_KEEP = 2_048;

    private final ThreadPoolExecutor executor;
    /** Only touched by the executor's thread. */
    private @Nullable LibPgQuery libPgQuery;

    GrammarThread(long stackBytes) {
        executor = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(null, task, "sluice-pg-parser", stackBytes);
            thread.setDaemon(true);
            return thread;
        });
        executor.allowCoreThreadTimeOut(true);
    }

    interface Work {
        String on(LibPgQuery pg) throws PgSyntaxException;
    }

    /** Makes the instance ready; what goes wrong is for the first call to tell. */
    void load() {
        Future<String> unused = submit(() -> {
            if (libPgQuery == null) {
                libPgQuery = new LibPgQuery();
            }
            return "";
        });
    }

    String call(Work work) throws PgSyntaxException {
        Future<String> answer = submit(() -> run(work));
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

    private Future<String> submit(Callable<String> task) {
        try {
            return executor.submit(task);
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("this PgParser is closed", e);
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
            keep(pg);
            return answer;
        } catch (PgSyntaxException e) {
            keep(pg);
            throw e;
        }
    }

    private void keep(LibPgQuery pg) {
        if (pg.pages() <= PAGES_TO_KEEP && !executor.isShutdown()) {
            libPgQuery = pg;
        }
    }

    private static PgSyntaxException rethrown(@Nullable Throwable cause) {
        if (cause instanceof PgSyntaxException e) {
            return e;
        }
        for (Throwable t = cause; t != null; t = t.getCause()) {
            // Java's stack or, checked by a trap, the stack of the C code
            if (t instanceof StackOverflowError || t instanceof TrapException) {
                return new PgSyntaxException("stack depth limit exceeded", 0);
            }
        }
        if (cause instanceof Error e) {
            throw e;
        }
        throw new GrammarFailure(String.valueOf(cause), cause);
    }

    void close() {
        executor.shutdown();
    }
}
