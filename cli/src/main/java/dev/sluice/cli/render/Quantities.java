package dev.sluice.cli.render;

import java.time.Duration;
import java.util.Locale;

/** Numbers, sizes and times as people read them. */
public final class Quantities {
    private static final long KIB = 1024;

    private Quantities() {}

    /** {@code 4,200,000}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 row}, {@code 4,200,000 rows}. */
    public static String rows(long rows) {
        return count(rows) + (rows == 1 ? " row" : " rows");
    }

    /** {@code 3 steps}. */
    public static String of(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** {@code 1.2 GB}, in powers of 1024 as {@code pg_size_pretty} has them. */
    public static String bytes(long bytes) {
        if (bytes < 10 * KIB) {
            return bytes + " bytes";
        }
        double value = bytes;
        for (String unit : new String[] {"kB", "MB", "GB", "TB"}) {
            value /= KIB;
            if (value < 10 * KIB / 10 || unit.equals("TB")) {
                return value < 10
                        ? String.format(Locale.ROOT, "%.1f %s", value, unit)
                        : String.format(Locale.ROOT, "%.0f %s", value, unit);
            }
        }
        throw new AssertionError("unreachable");
    }

    /** {@code 7 ms}, {@code 1.2 s}, {@code 3 min 20 s}, {@code 2 h 5 min}. */
    public static String time(Duration time) {
        long millis = time.toMillis();
        if (millis < 1000) {
            return millis + " ms";
        }
        long seconds = Math.round(millis / 1000.0);
        if (seconds < 60) {
            return millis < 10_000 ? String.format(Locale.ROOT, "%.1f s", millis / 1000.0) : seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
        }
        long minutes = seconds / 60;
        if (minutes < 48 * 60) {
            return minutes / 60 + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
        }
        return minutes / (24 * 60) + " d " + minutes / 60 % 24 + " h";
    }
}
