package dev.sluice.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What happens on Ctrl-C or SIGTERM: the run is asked to stop, and the process waits until it has said where the database
 * stands. The JVM then exits with 128 + the signal's number (130, 143) by itself. Thread-safe.
 */
public final class Interruption {
    private static final long PATIENCE_SECONDS = 30;

    private enum State {
        /** Nothing that a signal would have to stop in an orderly way. */
        IDLE,
        RUNNING,
        SIGNALLED,
        FINISHED
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile Runnable stop = () -> {};

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
        state.compareAndSet(State.IDLE, State.RUNNING);
    }

    /**
     * Everything was said.
     *
     * @return whether the process has to exit by itself. Not when a signal ends it: JDK 17's {@code System.exit} halts at once,
     *     with its own status instead of the signal's, when it comes between the last shutdown hook and the end
     */
    boolean finished() {
        boolean signalled = state.getAndSet(State.FINISHED) == State.SIGNALLED;
        finished.countDown();
        return !signalled;
    }

    /** The shutdown hook: that of a signal, or of an end of the program's own, which has nothing to wait for. */
    void shutDown() {
        if (!state.compareAndSet(State.RUNNING, State.SIGNALLED)) {
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
