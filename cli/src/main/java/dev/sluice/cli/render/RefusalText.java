package dev.sluice.cli.render;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.sluice.planner.Refusal;
import java.util.List;

/** Why a migration cannot be planned. */
public final class RefusalText {
    private RefusalText() {}

    /** Every refused line with its place, the line itself, the reason and what to do. */
    public static String text(String file, List<Refusal> refusals, Style style) {
        StringBuilder text = new StringBuilder();
        for (Refusal refusal : refusals) {
            text.append(style.bold(refusal.source().toString())).append(": ");
            text.append(style.red("refused"))
                    .append(" [")
                    .append(refusal.hazard())
                    .append("]\n");
            if (!refusal.excerpt().isBlank()) {
                text.append(refusal.excerpt().stripTrailing().indent(2));
            }
            text.append("  why:  ").append(wrapped(refusal.reason())).append('\n');
            text.append("  do:   ").append(wrapped(refusal.advice())).append("\n\n");
        }
        text.append(file).append(": ").append(Quantities.of(refusals.size(), "refusal"));
        return text.append(". Nothing was run.\n").toString();
    }

    private static String wrapped(String text) {
        return Wrapping.at(text, 92).replace("\n", "\n        ");
    }

    /** Documented in docs/cli.md; fields are only ever added. */
    public static JsonArray json(List<Refusal> refusals) {
        JsonArray array = new JsonArray();
        for (Refusal refusal : refusals) {
            JsonObject item = new JsonObject();
            item.addProperty("file", refusal.source().file());
            item.addProperty("line", refusal.source().line());
            item.addProperty("column", refusal.source().column());
            item.addProperty("hazard", refusal.hazard());
            item.addProperty("reason", refusal.reason());
            item.addProperty("advice", refusal.advice());
            item.addProperty("excerpt", refusal.excerpt());
            array.add(item);
        }
        return array;
    }
}
