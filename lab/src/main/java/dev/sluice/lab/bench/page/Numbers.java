package dev.sluice.lab.bench.page;

import dev.sluice.lab.bench.Spread;
import java.util.Locale;

/** Numbers as the page writes them. */
final class Numbers {
    private Numbers() {}

    static String text(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** {@code 3.1 (2.9–3.4)}; without the brackets where all values look the same. */
    static String withRange(Spread spread, int decimals) {
        String median = text(spread.median(), decimals);
        String min = text(spread.min(), decimals);
        String max = text(spread.max(), decimals);
        return min.equals(max) ? median : median + " (" + min + "–" + max + ")";
    }
}
