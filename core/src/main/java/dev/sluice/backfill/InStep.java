package dev.sluice.backfill;

import java.util.concurrent.TimeUnit;

/**
 * Lets the workers of one process begin their batches together. A row version that a batch has replaced can be pruned only
 * when no transaction is open that began before that batch ended: beside a worker that is always in the middle of one, the
 * room that a pass leaves could not be used by the next (measured: indexes grew by half instead of an eighth). Thread-safe.
 */
final class InStep {

    private int workers;
    private int waiting;
    private long round;

    /** The caller begins to work in batches. */
    synchronized void enter() {
        workers++;
    }

    /** The caller does no more batches for now: nobody waits for it. */
    synchronized void leave() {
        workers--;
        if (waiting > 0 && waiting >= workers) {
            next();
        }
    }

    /**
     * Waits until everyone who works has ended a batch.
     *
     * @param nanos how long at most: who sleeps, or has a batch that takes longer, is not waited for
     * @return whether all came
     */
    synchronized boolean await(long nanos) {
        if (workers < 2) {
            return true;
        }
        waiting++;
        if (waiting >= workers) {
            next();
            return true;
        }
        long mine = round;
        long end = System.nanoTime() + nanos;
        while (round == mine) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                waiting--;
                return false;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                if (round == mine) {
                    waiting--;
                }
                return false;
            }
        }
        return true;
    }

    private void next() {
        round++;
        waiting = 0;
        notifyAll();
    }
}
