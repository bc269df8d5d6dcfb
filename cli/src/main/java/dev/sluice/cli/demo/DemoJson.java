package dev.sluice.cli.demo;

import com.google.gson.JsonObject;
import dev.sluice.lab.traffic.TrafficReport;

/** The report as the documented JSON; durations in the unit their name says, rounded to a microsecond. */
final class DemoJson {
    private DemoJson() {}

    static JsonObject of(DemoReport report) {
        JsonObject json = new JsonObject();
        json.add("old", version(report.oldVersions()));
        json.add("new", version(report.newVersions()));
        JsonObject backfill = new JsonObject();
        backfill.addProperty("rows", report.cost().backfilledRows());
        backfill.addProperty("seconds", report.cost().backfillTime().toMillis() / 1e3);
        json.add("backfill", backfill);
        json.addProperty("longest_lock_ms", rounded(report.cost().longestLock().toNanos() / 1e6));
        json.addProperty("data_equal", report.isDataEqual());
        json.addProperty("undone", report.isUndone());
        return json;
    }

    private static JsonObject version(TrafficReport traffic) {
        JsonObject json = new JsonObject();
        json.addProperty("statements", traffic.statements());
        json.addProperty("failed", traffic.failed());
        json.addProperty("p99_ms", rounded(traffic.latency().p99Millis()));
        json.addProperty("longest_ms", rounded(traffic.latency().longestMillis()));
        return json;
    }

    private static double rounded(double millis) {
        return Math.round(millis * 1e3) / 1e3;
    }
}
