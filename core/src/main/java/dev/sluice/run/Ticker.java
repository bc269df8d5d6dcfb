package dev.sluice.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Does something again and again on a daemon thread, until closed. The task must not throw. */
final class Ticker implements AutoCloseable {

    private final CountDownLatch closed = new CountDownLatch(1);

    private Ticker() {}

    static Ticker every(Duration period, String threadName, Runnable task) {
        Ticker ticker = new Ticker();
        Thread thread = new Thread(() -> ticker.loop(period, task), threadName);
        thread.setDaemon(true);
        thread.start();
        return ticker;
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** The task does not begin again; one that runs is not waited for. */
    @Override
    public void close() {
        closed.countDown();
    }

    private void loop(Duration period, Runnable task) {
        try {
            while (!closed.await(period.toMillis(), TimeUnit.MILLISECONDS)) {
                task.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
