package dev.sluice.cli.render;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;

/** JSON as it goes to standard output. */
public final class Json {
    private Json() {}

    /** Indented, ready for both programs and people. */
    public static String pretty(JsonElement element) {
        Gson gson = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
        return gson.toJson(element);
    }
}
