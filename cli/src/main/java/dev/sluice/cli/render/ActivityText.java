package dev.sluice.cli.render;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.sluice.run.Activity;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What runs, as a person wants to see it. Remembers what it showed last, to tell rates. */
public final class ActivityText {

    private final Style style;
    private final Map<String, Sample> last = new HashMap<>();

    private record Sample(Instant at, long rows, double rate) {}

    public ActivityText(Style style) {
        this.style = requireNonNull(style);
    }

    /** @param now when the activity was read */
    public String lines(Activity activity, Instant now) {
        StringBuilder text = new StringBuilder();
        text.append(activity.runner().map(who -> "runner " + who).orElse("no runner"));
        long percent = Math.round(activity.share() * 100);
        text.append(
                percent == 0
                        ? style.yellow("; backfills are paused (sluice resume)")
                        : percent < 100 ? "; backfills work " + percent + " % of the time" : "");
        text.append('\n');
        for (Activity.RunningStep step : activity.steps()) {
            text.append("  ").append(style.bold(step.version())).append(' ').append(step.name());
            text.append(": ").append(step.title());
            step.fraction()
                    .ifPresent(done -> text.append(", ")
                            .append((int) Math.floor(done * 100))
                            .append(" %"));
            step.table().ifPresent(table -> text.append(" of ").append(table));
            if (step.rows() > 0) {
                text.append(", ").append(Quantities.rows(step.rows()));
                double rate = rate(step, now);
                text.append(rate > 0 ? ", " + Quantities.count(Math.round(rate)) + " rows/s" : "");
            }
            text.append(step.workers() > 1 ? ", " + step.workers() + " workers" : "");
            text.append(", for ")
                    .append(Quantities.time(Duration.ofSeconds(step.running().toSeconds())));
            step.pace().ifPresent(why -> text.append("\n    ").append(style.yellow(why)));
            step.waiting().ifPresent(who -> text.append("\n    waits for ").append(who.replace("\n", "\n    ")));
            text.append('\n');
        }
        return text.toString();
    }

    private double rate(Activity.RunningStep step, Instant now) {
        String key = step.version() + " " + step.id();
        Sample before = last.getOrDefault(key, new Sample(now, step.rows(), 0));
        double seconds = Duration.between(before.at, now).toMillis() / 1000.0;
        double rate = seconds > 0 ? (step.rows() - before.rows) / seconds : before.rate;
        last.put(key, new Sample(now, step.rows(), rate));
        return rate;
    }

    /** Documented in docs/cli.md; fields are only ever added. */
    public static String json(Activity activity) {
        JsonObject object = new JsonObject();
        activity.runner().ifPresent(who -> object.addProperty("runner", who));
        object.addProperty("speed", Math.round(activity.share() * 100));
        JsonArray steps = new JsonArray();
        for (Activity.RunningStep step : activity.steps()) {
            JsonObject item = new JsonObject();
            item.addProperty("version", step.version());
            item.addProperty("name", step.name());
            item.addProperty("step", step.id());
            item.addProperty("title", step.title());
            step.table().ifPresent(table -> item.addProperty("table", table));
            step.fraction().ifPresent(done -> item.addProperty("fraction", done));
            item.addProperty("rows", step.rows());
            item.addProperty("runningMs", step.running().toMillis());
            if (step.workers() > 0) {
                item.addProperty("workers", step.workers());
            }
            step.pace().ifPresent(why -> item.addProperty("pace", why));
            step.waiting().ifPresent(who -> item.addProperty("waitsFor", who));
            steps.add(item);
        }
        object.add("steps", steps);
        return Json.pretty(object);
    }
}
