package dev.sluice.lab.rows;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;

/** Strings as JSON writes them; hstore's are close enough. */
final class JsonStrings {

    private JsonStrings() {}

    static String unquoted(String literal) {
        try {
            return JsonParser.parseString(literal).getAsString();
        } catch (JsonParseException notJson) {
            return literal.substring(1, literal.length() - 1).replaceAll("\\\\(.)", "$1");
        }
    }

    static String quoted(String text) {
        return new JsonPrimitive(text).toString();
    }
}
