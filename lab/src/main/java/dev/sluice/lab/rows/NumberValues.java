package dev.sluice.lab.rows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Numbers: small ones mostly, and the limits of each type. */
final class NumberValues {

    private static final int EDGES_EVERY = 24;

    private NumberValues() {}

    /** Whole numbers of a type with these limits. Distinct ones count from 1, as keys do. */
    static Values integers(long minimum, long maximum) {
        Values usual = new Values() {
            @Override
            public String next(Random random) {
                long magnitude =
                        random.nextInt(8) == 0 ? maximum : Math.min(maximum, random.nextBoolean() ? 100 : 10_000);
                long value = Math.floorMod(random.nextLong(), magnitude);
                return Long.toString(minimum < 0 && random.nextInt(8) == 0 ? -value : value);
            }

            @Override
            public String distinct(Random random, long number) {
                return Long.toString(number < maximum ? number + 1 : minimum + (number - maximum));
            }
        };
        return Values.withEdges(
                usual,
                EDGES_EVERY,
                List.of("0", "1", Long.toString(minimum < 0 ? -1 : 2), Long.toString(minimum), Long.toString(maximum)));
    }

    /** {@code numeric} without limits. */
    static Values numeric() {
        return Values.withEdges(
                decimals(),
                EDGES_EVERY,
                List.of(
                        "0",
                        "0.00",
                        "1.0",
                        "1.00",
                        "-0.5",
                        "NaN",
                        "Infinity",
                        "-Infinity",
                        "1e-20",
                        "1e30",
                        "123456789012345678901234567890.123456789012345678901234567890"));
    }

    /** {@code numeric(precision, scale)}; the scale may be negative from PostgreSQL 15 on. */
    static Values numeric(int precision, int scale) {
        BigInteger largest = BigInteger.TEN.pow(precision).subtract(BigInteger.ONE);
        Values usual = new Values() {
            @Override
            public String next(Random random) {
                int digits = 1 + random.nextInt(precision);
                BigInteger unscaled = new BigInteger(8 + digits * 4, random).mod(BigInteger.TEN.pow(digits));
                return plain(random.nextInt(6) == 0 ? unscaled.negate() : unscaled);
            }

            @Override
            public String distinct(Random random, long number) {
                return plain(BigInteger.valueOf(number + 1).mod(largest.add(BigInteger.ONE)));
            }

            private String plain(BigInteger unscaled) {
                return new BigDecimal(unscaled, scale).toPlainString();
            }
        };
        List<String> edges = new ArrayList<>(List.of("0", "NaN"));
        edges.add(new BigDecimal(largest, scale).toPlainString());
        edges.add(new BigDecimal(largest.negate(), scale).toPlainString());
        edges.add(new BigDecimal(BigInteger.ONE, scale).toPlainString());
        return Values.withEdges(usual, EDGES_EVERY, edges);
    }

    static Values floats(boolean twice) {
        List<String> limits = twice
                ? List.of("1.7976931348623157e308", "-1.7976931348623157e308", "4.9e-324", "0.1")
                : List.of("3.4028235e38", "-3.4028235e38", "1.4e-45", "0.1");
        List<String> edges = new ArrayList<>(limits);
        edges.addAll(List.of("0", "-0", "NaN", "Infinity", "-Infinity"));
        return Values.withEdges(decimals(), EDGES_EVERY, edges);
    }

    static Values money() {
        return Values.withEdges(
                new Values() {
                    @Override
                    public String next(Random random) {
                        return cents(random.nextInt(10_000_000) - 500_000L);
                    }

                    @Override
                    public String distinct(Random random, long number) {
                        return cents(number);
                    }
                },
                EDGES_EVERY,
                List.of("0.00", "-92233720368547758.08", "92233720368547758.07"));
    }

    private static String cents(long cents) {
        return BigDecimal.valueOf(cents, 2).toPlainString();
    }

    private static Values decimals() {
        return new Values() {
            @Override
            public String next(Random random) {
                long unscaled = random.nextInt(2_000_000) - (random.nextInt(6) == 0 ? 1_000_000L : 0);
                return BigDecimal.valueOf(unscaled, random.nextInt(5)).toPlainString();
            }

            @Override
            public String distinct(Random random, long number) {
                return BigDecimal.valueOf(number * 4 + random.nextInt(4), 2).toPlainString();
            }
        };
    }
}
