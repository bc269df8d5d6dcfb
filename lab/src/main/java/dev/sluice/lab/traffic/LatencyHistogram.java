package dev.sluice.lab.traffic;

import java.util.Arrays;

/**
 * Durations in nanoseconds, kept in buckets no wider than 1/64 of their value (relative error below 1.6 %), the longest
 * one exactly. Not thread-safe.
 */
public final class LatencyHistogram {
    private static final int SUB_BITS = 6;
    private static final int SUB = 1 << SUB_BITS;

    private final long[] counts = new long[(Long.SIZE - SUB_BITS) * SUB];
    private long total;
    private long longest;

    /** @param nanos a duration; a negative one counts as zero */
    public void record(long nanos) {
        long value = Math.max(0, nanos);
        counts[bucket(value)]++;
        total++;
        longest = Math.max(longest, value);
    }

    public void add(LatencyHistogram other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        total += other.total;
        longest = Math.max(longest, other.longest);
    }

    /** Forgets everything. */
    public void clear() {
        Arrays.fill(counts, 0);
        total = 0;
        longest = 0;
    }

    public long count() {
        return total;
    }

    /** The longest duration, exact; 0 when nothing was recorded. */
    public long longest() {
        return longest;
    }

    /**
     * The smallest recorded duration that at least {@code fraction} of all are not longer than, rounded up to its bucket's
     * end; 0 when nothing was recorded.
     *
     * @param fraction above 0, at most 1: 0.99 for the 99th percentile
     */
    public long percentile(double fraction) {
        if (!(fraction > 0 && fraction <= 1)) {
            throw new IllegalArgumentException("a fraction above 0 and at most 1, not " + fraction);
        }
        long rank = Math.max(1, (long) Math.ceil(fraction * total));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return Math.min(longest, upperEnd(i));
            }
        }
        return longest;
    }

    /** Values below 64 have a bucket each; above, each power of two is cut into 64 buckets. */
    private static int bucket(long value) {
        int exponent = Math.max(0, Long.SIZE - SUB_BITS - 1 - Long.numberOfLeadingZeros(value));
        return exponent == 0 ? (int) value : exponent * SUB + (int) (value >>> exponent);
    }

    private static long upperEnd(int bucket) {
        int exponent = Math.max(0, bucket / SUB - 1);
        if (bucket < 2 * SUB) {
            return bucket;
        }
        long mantissa = bucket - (long) exponent * SUB;
        return ((mantissa + 1) << exponent) - 1;
    }
}
