package dev.sluice.cli.render;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.sluice.run.HistoryEntry;
import java.util.List;

/** The journal's events. */
public final class HistoryText {
    private HistoryText() {}

    public static String text(List<HistoryEntry> events, boolean withSql, Style style) {
        if (events.isEmpty()) {
            return "Sluice has done nothing here yet.\n";
        }
        if (!withSql) {
            TextTable table = new TextTable();
            events.forEach(event -> row(table, event, style));
            return table.render();
        }
        StringBuilder text = new StringBuilder();
        for (HistoryEntry event : events) {
            TextTable table = new TextTable();
            row(table, event, style);
            text.append(table.render());
            event.sql().ifPresent(sql -> text.append(sql.strip().indent(8)));
        }
        return text.toString();
    }

    private static void row(TextTable table, HistoryEntry event, Style style) {
        StringBuilder about = new StringBuilder();
        event.step().ifPresent(step -> about.append(step).append("  "));
        event.duration().ifPresent(time -> about.append(Quantities.time(time)).append("  "));
        event.rows()
                .filter(rows -> rows > 0)
                .ifPresent(rows -> about.append(Quantities.rows(rows)).append("  "));
        event.lockHeld()
                .filter(held -> !held.isZero())
                .ifPresent(held -> about.append("lock ")
                        .append(Quantities.time(held))
                        .append(event.lockExpected()
                                .map(time -> " (estimated " + Quantities.time(time) + ")")
                                .orElse(""))
                        .append("  "));
        event.message().ifPresent(message -> about.append(message.strip().replace("\n", " ")));
        table.row(
                style.dim(Moments.text(event.at())),
                event.version().orElse(""),
                event.kind(),
                style.dim(event.actor()),
                about.toString());
    }

    /** Documented in docs/cli.md; fields are only ever added. */
    public static String json(List<HistoryEntry> events) {
        JsonArray array = new JsonArray();
        for (HistoryEntry event : events) {
            JsonObject item = new JsonObject();
            item.addProperty("id", event.id());
            item.addProperty("at", event.at().toString());
            event.version().ifPresent(version -> item.addProperty("version", version));
            event.step().ifPresent(step -> item.addProperty("step", step));
            item.addProperty("kind", event.kind());
            item.addProperty("actor", event.actor());
            item.addProperty("databaseUser", event.databaseUser());
            event.message().ifPresent(message -> item.addProperty("message", message));
            event.sql().ifPresent(sql -> item.addProperty("sql", sql));
            event.lockWait().ifPresent(time -> item.addProperty("lockWaitMs", time.toMillis()));
            event.lockHeld().ifPresent(time -> item.addProperty("lockHeldMs", time.toMillis()));
            event.lockExpected().ifPresent(time -> item.addProperty("lockHeldEstimatedMs", time.toMillis()));
            event.duration().ifPresent(time -> item.addProperty("durationMs", time.toMillis()));
            event.rows().ifPresent(rows -> item.addProperty("rows", rows));
            array.add(item);
        }
        JsonObject object = new JsonObject();
        object.add("events", array);
        return Json.pretty(object);
    }
}
