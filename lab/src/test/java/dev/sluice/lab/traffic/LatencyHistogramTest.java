package dev.sluice.lab.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {

    @Test
    void percentilesAreWithinTwoPercentOfTheSortedValues() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        LatencyHistogram histogram = new LatencyHistogram();
        long[] values = new long[10_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (long) Math.exp(random.nextDouble() * 25);
            histogram.record(values[i]);
        }
        Arrays.sort(values);
        for (double fraction : new double[] {0.01, 0.5, 0.9, 0.99, 0.999, 1}) {
            long exact = values[(int) Math.ceil(fraction * values.length) - 1];
            assertThat(histogram.percentile(fraction))
                    .as("%s, seed %s", fraction, seed)
                    .isBetween(exact, exact + exact / 50 + 1);
        }
        assertThat(histogram.longest()).isEqualTo(values[values.length - 1]);
    }

    @Test
    void smallAndExtremeValuesKeepTheirPlace() {
        for (long value : new long[] {0, 1, 63, 64, 127, 128, 129, 1L << 40, Long.MAX_VALUE}) {
            LatencyHistogram histogram = new LatencyHistogram();
            histogram.record(value);
            assertThat(histogram.percentile(0.99)).isEqualTo(value);
        }
    }

    @Test
    void isEmptyAtFirstAndAfterClear() {
        LatencyHistogram histogram = new LatencyHistogram();
        assertThat(histogram.percentile(0.99)).isZero();
        histogram.record(5);
        histogram.clear();
        assertThat(histogram.count()).isZero();
        assertThat(histogram.longest()).isZero();
    }

    @Test
    void addsUpAnother() {
        LatencyHistogram one = new LatencyHistogram();
        LatencyHistogram other = new LatencyHistogram();
        one.record(10);
        other.record(1_000_000);
        one.add(other);
        assertThat(one.count()).isEqualTo(2);
        assertThat((double) one.percentile(0.5)).isCloseTo(10, within(0.0));
        assertThat(one.longest()).isEqualTo(1_000_000);
    }
}
