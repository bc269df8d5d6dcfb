package dev.sluice.cli.render;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.sluice.run.KeptThing;
import java.util.List;
import java.util.Locale;

/** What migrations kept when they were taken back. */
public final class KeptText {
    private KeptText() {}

    public static String lines(List<KeptThing> things) {
        StringBuilder text = new StringBuilder();
        for (KeptThing thing : things) {
            text.append("  ")
                    .append(thing.kind().toLowerCase(Locale.ROOT))
                    .append(' ')
                    .append(thing.name())
                    .append('\n');
        }
        return text.toString();
    }

    /** Documented in docs/cli.md; fields are only ever added. */
    public static String json(List<KeptThing> dropped) {
        JsonArray things = new JsonArray();
        for (KeptThing thing : dropped) {
            JsonObject item = new JsonObject();
            item.addProperty("kind", thing.kind());
            item.addProperty("name", thing.name());
            item.addProperty("sql", thing.dropSql());
            things.add(item);
        }
        JsonObject object = new JsonObject();
        object.add("dropped", things);
        return Json.pretty(object);
    }
}
