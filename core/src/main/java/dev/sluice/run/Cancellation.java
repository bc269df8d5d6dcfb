package dev.sluice.run;

import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Whether a command is to stop, and why. Thread-safe. A statement that starts in the moment of the cancellation would
 * escape a single cancel request, so the request is repeated while anything still runs.
 */
final class Cancellation {

    private static final long REPEAT_MILLIS = 200;

    private volatile Supplier<RuntimeException> reason = () -> new IllegalStateException("not cancelled");
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final Set<Session> running = ConcurrentHashMap.newKeySet();

    /** Returns at once; the first reason counts. */
    void cancel(Supplier<RuntimeException> why) {
        synchronized (this) {
            if (isCancelled()) {
                return;
            }
            reason = why;
            cancelled.countDown();
        }
        Thread canceller = new Thread(this::cancelUntilQuiet, "sluice-cancel");
        canceller.setDaemon(true);
        canceller.start();
    }

    boolean isCancelled() {
        return cancelled.getCount() == 0;
    }

    /** Throws why, when the command is to stop. */
    void check() {
        if (isCancelled()) {
            throw reason.get();
        }
    }

    /** Does the work; whatever statement of it fails because the command is to stop, the reason of that is thrown. */
    <T> T during(Supplier<T> work) {
        try {
            return work.get();
        } catch (DatabaseException e) {
            check();
            throw e;
        }
    }

    /** Statements of this session are cancelled when the command is. */
    void watch(Session session) {
        running.add(session);
    }

    void unwatch(Session session) {
        running.remove(session);
    }

    /** Waits; ends at once, by throwing, when the command is to stop. */
    void sleep(Duration time) {
        try {
            if (cancelled.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                check();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedRunException("interrupted");
        }
    }

    private void cancelUntilQuiet() {
        while (!running.isEmpty()) {
            for (Session session : running) {
                try {
                    session.cancel();
                } catch (DatabaseException e) {
                    // the server is out of reach: the statement will fail by itself
                    continue;
                }
            }
            try {
                Thread.sleep(REPEAT_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
