package dev.sluice.lint.size;

import static java.util.Objects.requireNonNull;

import dev.sluice.lint.Severity;
import dev.sluice.plan.LockMode;
import java.text.NumberFormat;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What a statement that works on all rows costs on a database of known size.
 *
 * @param size of all tables that it works on
 * @param duration of the work: an estimate, see {@link Work}
 * @param lock the strongest under which it works
 * @param waiting statements that wait meanwhile, the most frequent first; empty when nobody knows them
 */
public record Weight(TableSize size, Duration duration, LockMode lock, List<BusyQuery> waiting) {

    /** Nobody notices a wait this short. */
    private static final Duration UNNOTICED = Duration.ofMillis(100);

    /** Longer than this, requests pile up. */
    private static final Duration BEARABLE = Duration.ofSeconds(1);

    private static final int SHOWN = 3;
    private static final int SHOWN_CHARACTERS = 60;

    public Weight {
        requireNonNull(size);
        requireNonNull(duration);
        requireNonNull(lock);
        waiting = List.copyOf(waiting);
    }

    /** How bad it is, by how long others wait. */
    public Severity severity() {
        if (!lock.conflictsWith(LockMode.ROW_EXCLUSIVE) || duration.compareTo(UNNOTICED) < 0) {
            return Severity.INFO;
        }
        return duration.compareTo(BEARABLE) < 0 ? Severity.WARNING : Severity.ERROR;
    }

    /** In words, without a full stop. */
    public String text() {
        if (size.isEmpty()) {
            return "the table is empty";
        }
        StringBuilder text = new StringBuilder();
        text.append(size.rows() < 0 ? "an unknown number of" : "about " + number(size.rows()))
                .append(" rows, ")
                .append(bytes(size.heapBytes()))
                .append(" and ")
                .append(bytes(size.indexBytes()))
                .append(" of indexes: about ")
                .append(seconds())
                .append(" (estimate)");
        if (!lock.conflictsWith(LockMode.ROW_EXCLUSIVE)) {
            return text.append(", in which nobody waits").toString();
        }
        boolean reads = lock.conflictsWith(LockMode.ACCESS_SHARE);
        text.append(", in which ")
                .append(reads ? rate(size.readsPerSecond()) + " reads/s and " : "")
                .append(rate(size.writesPerSecond()))
                .append(" writes/s wait");
        if (!waiting.isEmpty()) {
            text.append(": ");
            for (int i = 0; i < Math.min(SHOWN, waiting.size()); i++) {
                BusyQuery query = waiting.get(i);
                text.append(i == 0 ? "" : ", ")
                        .append(shortened(query.text()))
                        .append(" (")
                        .append(rate(query.callsPerSecond()))
                        .append("/s)");
            }
            text.append(waiting.size() > SHOWN ? ", and " + (waiting.size() - SHOWN) + " more" : "");
        }
        return text.toString();
    }

    private String seconds() {
        double seconds = duration.toMillis() / 1e3;
        if (seconds < 1) {
            return Math.max(1, duration.toMillis()) + " ms";
        }
        return seconds < 120 ? Math.round(seconds) + " s" : Math.round(seconds / 60) + " min";
    }

    private static String shortened(String sql) {
        String line = sql.strip().replaceAll("\\s+", " ");
        return line.length() <= SHOWN_CHARACTERS ? line : line.substring(0, SHOWN_CHARACTERS - 1) + "…";
    }

    private static String number(long number) {
        return NumberFormat.getIntegerInstance(Locale.ROOT).format(number);
    }

    private static String rate(double perSecond) {
        return perSecond >= 10 || perSecond == 0
                ? Long.toString(Math.round(perSecond))
                : String.format(Locale.ROOT, perSecond < 0.1 ? "%.2f" : "%.1f", perSecond);
    }

    private static String bytes(long bytes) {
        if (bytes >= 1L << 30) {
            return String.format(Locale.ROOT, "%.1f GB", bytes / (double) (1L << 30));
        }
        return bytes >= 1L << 20 ? (bytes >> 20) + " MB" : ((bytes + 1023) >> 10) + " kB";
    }
}
