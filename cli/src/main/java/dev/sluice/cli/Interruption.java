package dev.sluice.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What happens on Ctrl-C or SIGTERM: the run is asked to stop, and the process waits until it has said where the database
 * stands. The JVM then exits with 128 + the signal's number (130, 143) by itself. Thread-safe.
 */
public final class Interruption {
    private static final long PATIENCE_SECONDS = 30;

    private volatile Runnable stop = () -> {};
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean running;

    /** For tests and programs that handle signals themselves: nothing ever interrupts. */
    public static Interruption none() {
        return new Interruption();
    }

    static Interruption ofProcess() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::shutDown, "sluice-interrupt"));
        return interruption;
    }

    /** From now on a signal calls this. */
    public void whenInterrupted(Runnable action) {
        stop = action;
        running = true;
    }

    /** Everything was said. */
    void finished() {
        running = false;
        finished.countDown();
    }

    private void shutDown() {
        if (!running) {
            return;
        }
        stop.run();
        try {
            if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                Thread.currentThread().interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
