package dev.sluice.doctor;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.sluice.doctor.Evidence.Recorded;
import dev.sluice.doctor.Evidence.Shape;
import dev.sluice.plan.PlanJson;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names that the plans of live migrations speak of, wherever: what has such a name may be needed. */
final class NeededNames {

    private static final Pattern NAME = Pattern.compile("\"((?:[^\"]|\"\")+)\"|~?sluice_[\\p{L}\\p{N}_$]+");

    private NeededNames() {}

    static Set<String> of(Evidence evidence) {
        Set<String> names = new HashSet<>();
        for (Recorded row : evidence.recorded()) {
            if (row.shape() != Shape.BEFORE && row.shape() != Shape.FINAL) {
                row.plan().ifPresent(plan -> visit(PlanJson.toTree(plan), names));
            }
        }
        return names;
    }

    /** The strings as they are, not as JSON writes them: a name may have quotes, line ends or control characters. */
    private static void visit(JsonElement element, Set<String> names) {
        if (element instanceof JsonObject object) {
            object.entrySet().forEach(field -> visit(field.getValue(), names));
        } else if (element instanceof JsonArray array) {
            array.forEach(item -> visit(item, names));
        } else if (element.isJsonPrimitive() && element.getAsJsonPrimitive().isString()) {
            add(element.getAsString(), names);
        }
    }

    private static void add(String text, Set<String> names) {
        names.add(text);
        Matcher matcher = NAME.matcher(text);
        while (matcher.find()) {
            names.add(
                    matcher.group(1) == null
                            ? matcher.group()
                            : matcher.group(1).replace("\"\"", "\""));
        }
    }
}
