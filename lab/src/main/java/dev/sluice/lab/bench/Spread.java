package dev.sluice.lab.bench;

import java.util.List;

/** The median of a few values, with the smallest and the largest. */
public record Spread(double median, double min, double max, int count) {

    /** @throws IllegalArgumentException without any value */
    public static Spread of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values");
        }
        List<Double> sorted = values.stream().sorted().toList();
        int n = sorted.size();
        double median = n % 2 == 1 ? sorted.get(n / 2) : (sorted.get(n / 2 - 1) + sorted.get(n / 2)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(n - 1), n);
    }
}
