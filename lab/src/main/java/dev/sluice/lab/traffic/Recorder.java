package dev.sluice.lab.traffic;

import java.util.ArrayList;
import java.util.List;

/** Counts what applications do. Thread-safe; one recorder may serve several applications. */
public final class Recorder {
    private static final int KEPT_FAILURES = 100;

    private final List<Failure> firstFailures = new ArrayList<>();
    private final LatencyHistogram latencies = new LatencyHistogram();
    private LatencyHistogram interval = new LatencyHistogram();
    private long statements;
    private long failed;

    synchronized void statement() {
        statements++;
    }

    synchronized void failed(Failure failure) {
        failed++;
        if (firstFailures.size() < KEPT_FAILURES) {
            firstFailures.add(failure);
        }
    }

    synchronized void latency(long nanos) {
        latencies.record(nanos);
        interval.record(nanos);
    }

    /** All there was so far. */
    public synchronized TrafficReport report() {
        return new TrafficReport(statements, failed, Latency.of(latencies), firstFailures);
    }

    /** Latency since the last call of this method. */
    public synchronized Latency takeInterval() {
        LatencyHistogram taken = interval;
        interval = new LatencyHistogram();
        return Latency.of(taken);
    }

    /** Forgets the latencies so far (a warm-up); statements and failures stay counted. */
    public synchronized void forgetLatencies() {
        latencies.clear();
        interval.clear();
    }
}
