package dev.sluice.lab.bench;

import java.util.Objects;

/**
 * A quantity that the methods of a scenario are compared by. Less is always better.
 *
 * @param key its name in the samples
 * @param decimals how many the page shows
 * @param plotted whether the page has a plot of it
 */
public record Measure(String key, String title, String unit, int decimals, boolean plotted) {
    public Measure {
        Objects.requireNonNull(key);
        Objects.requireNonNull(title);
        Objects.requireNonNull(unit);
    }

    public static Measure plotted(String key, String title, String unit, int decimals) {
        return new Measure(key, title, unit, decimals, true);
    }

    public static Measure listed(String key, String title, String unit, int decimals) {
        return new Measure(key, title, unit, decimals, false);
    }

    /** With the unit, as a heading. */
    public String heading() {
        return unit.isEmpty() ? title : title + ", " + unit;
    }
}
