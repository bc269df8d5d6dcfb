package dev.sluice.lab.traffic;

/**
 * Latencies of requests in nanoseconds, each counted from the moment the request was due, not from the moment it was
 * sent: a request that waits for a free connection while the database stalls is counted with its wait.
 */
public record Latency(long requests, long p50, long p99, long longest) {

    static Latency of(LatencyHistogram histogram) {
        return new Latency(
                histogram.count(), histogram.percentile(0.5), histogram.percentile(0.99), histogram.longest());
    }

    public double p50Millis() {
        return millis(p50);
    }

    public double p99Millis() {
        return millis(p99);
    }

    public double longestMillis() {
        return millis(longest);
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
