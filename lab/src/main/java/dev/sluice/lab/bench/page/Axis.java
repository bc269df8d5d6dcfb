package dev.sluice.lab.bench.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where values lie between the left and the right end of a plot. */
record Axis(double from, double to, boolean logarithmic, double left, double right, List<Double> ticks) {
    private static final int MOST_TICKS = 6;

    static Axis of(double smallest, double largest, boolean logarithmic, double left, double right) {
        if (logarithmic) {
            double from = Math.pow(10, Math.floor(Math.log10(smallest) - 0.01));
            List<Double> ticks = new ArrayList<>();
            for (double tick = from; tick <= largest * 1.0001; tick *= 10) {
                ticks.add(tick);
            }
            return new Axis(from, largest, true, left, right, ticks);
        }
        double to = largest > 0 ? largest : 1;
        double step = step(to);
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; i * step <= to * 1.0001; i++) {
            ticks.add(i * step);
        }
        return new Axis(0, to, false, left, right, ticks);
    }

    /** 1, 2 or 5 times a power of ten, so that there are not too many ticks. */
    private static double step(double to) {
        double power = Math.pow(10, Math.floor(Math.log10(to)) - 1);
        for (double factor : List.of(1.0, 2.0, 5.0, 10.0, 20.0)) {
            if (to / (factor * power) <= MOST_TICKS) {
                return factor * power;
            }
        }
        return 50 * power;
    }

    double at(double value) {
        double clamped = Math.max(from, Math.min(to, value));
        double share =
                logarithmic ? Math.log10(clamped / from) / Math.log10(to / from) : (clamped - from) / (to - from);
        return left + share * (right - left);
    }

    static String label(double tick) {
        return tick == Math.rint(tick)
                ? String.format(Locale.ROOT, "%,.0f", tick)
                : String.format(Locale.ROOT, "%s", Math.round(tick * 1e6) / 1e6);
    }
}
