package dev.sluice.lab.traffic;

import java.util.concurrent.locks.LockSupport;

/**
 * Measures how long the machine and the JVM keep a thread from running that only wants to sleep: what no database is to
 * blame for, and what every latency of the applications may contain. Thread-safe.
 */
public final class HiccupMeter implements AutoCloseable {
    private static final long NAP = 1_000_000;

    private final LatencyHistogram hiccups = new LatencyHistogram();
    private final Thread thread = new Thread(this::run, "hiccup-meter");
    private volatile boolean stopped;

    private HiccupMeter() {}

    public static HiccupMeter start() {
        HiccupMeter meter = new HiccupMeter();
        meter.thread.setDaemon(true);
        meter.thread.start();
        return meter;
    }

    private void run() {
        while (!stopped) {
            long start = System.nanoTime();
            LockSupport.parkNanos(NAP);
            long late = System.nanoTime() - start - NAP;
            synchronized (hiccups) {
                hiccups.record(late);
            }
        }
    }

    /** Delays so far. */
    public Latency delays() {
        synchronized (hiccups) {
            return Latency.of(hiccups);
        }
    }

    @Override
    public void close() {
        stopped = true;
    }
}
