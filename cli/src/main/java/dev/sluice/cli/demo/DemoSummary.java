package dev.sluice.cli.demo;

import dev.sluice.cli.render.Style;
import dev.sluice.lab.traffic.Failure;
import dev.sluice.lab.traffic.Latency;
import dev.sluice.lab.traffic.TrafficReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The report as text. Pure. */
final class DemoSummary {
    private static final int SHOWN_FAILURES = 5;

    private DemoSummary() {}

    static String of(DemoReport report, Style style) {
        List<String> lines = new ArrayList<>();
        lines.add(row("", "statements", "failed", "p50", "p99", "longest"));
        lines.add(row("as the old version", report.oldVersions()));
        lines.add(row("as the new version", report.newVersions()));
        Latency before = report.before();
        lines.add(row(
                "before any migration",
                "",
                "",
                ms(before.p50Millis()),
                ms(before.p99Millis()),
                ms(before.longestMillis())));
        Latency hiccups = report.hiccups();
        lines.add(row(
                "the machine itself",
                "",
                "",
                ms(hiccups.p50Millis()),
                ms(hiccups.p99Millis()),
                ms(hiccups.longestMillis())));
        lines.add("");
        RunTally.Sum cost = report.cost();
        lines.add("longest stall    " + ms(report.longestStallMillis())
                + ", from when a request was due until it was answered");
        lines.add(
                "longest lock     " + ms(cost.longestLock().toNanos() / 1e6) + " that could make an application wait");
        double seconds = cost.backfillTime().toMillis() / 1e3;
        lines.add(format(
                "backfill         %,d rows in %.1f s, %,.0f rows/s, while both versions worked",
                cost.backfilledRows(), seconds, seconds == 0 ? 0.0 : cost.backfilledRows() / seconds));
        lines.add("rows and schema  "
                + (report.isDataEqual()
                        ? style.green("equal")
                                + format(
                                        " to what the plain scripts make of them (%,d rows compared)",
                                        report.rowsCompared())
                        : style.red("NOT equal") + " to what the plain scripts make of them"));
        lines.add("down, after contract  "
                + (report.isUndone()
                        ? style.green("undone") + ": rows and schema as before, then up again"
                        : style.red("NOT undone")));
        Stream.concat(report.differences().stream(), report.undoDifferences().stream())
                .forEach(difference -> lines.add("  " + style.red(difference)));
        List<Failure> failures = Stream.concat(
                        report.oldVersions().firstFailures().stream(), report.newVersions().firstFailures().stream())
                .limit(SHOWN_FAILURES)
                .toList();
        if (!failures.isEmpty()) {
            lines.add("");
            lines.add(style.red("First failed statements:"));
            failures.forEach(failure -> lines.add("  " + failure));
        }
        lines.add("");
        lines.add((report.isSuccess()
                        ? style.bold(style.green("No statement failed."))
                        : style.bold(style.red("Failed.")))
                + format(" %.0f s in all.", report.duration().toMillis() / 1e3));
        return String.join("\n", lines);
    }

    private static String row(String name, TrafficReport traffic) {
        Latency latency = traffic.latency();
        return row(
                name,
                format("%,d", traffic.statements()),
                format("%,d", traffic.failed()),
                ms(latency.p50Millis()),
                ms(latency.p99Millis()),
                ms(latency.longestMillis()));
    }

    private static String row(String name, String statements, String failed, String p50, String p99, String longest) {
        return format("%-22s%12s%9s%11s%11s%11s", name, statements, failed, p50, p99, longest);
    }

    static String ms(double millis) {
        return format(millis < 10 ? "%.1f ms" : "%.0f ms", millis);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
