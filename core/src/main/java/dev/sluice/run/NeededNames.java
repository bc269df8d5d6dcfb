package dev.sluice.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.sluice.plan.Plan;
import dev.sluice.plan.PlanJson;
import dev.sluice.plan.Step;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of Sluice's own names the plans of a migration speak of, other than to put something away under them: what has such
 * a name, in the archive, is theirs. Names are found in the SQL by their form, so that no kind of step can be forgotten.
 */
final class NeededNames {

    private static final Pattern NAME = Pattern.compile("\"((?:[^\"]|\"\")+)\"|sluice_[\\p{L}\\p{N}_$]+");

    private static final String ARCHIVE = Step.Purpose.ARCHIVE.name().toLowerCase(Locale.ROOT);

    private final Set<String> names = new HashSet<>();
    private final boolean goingBack;

    private NeededNames(boolean goingBack) {
        this.goingBack = goingBack;
    }

    static Set<String> of(JournalRecord record) {
        NeededNames needed = new NeededNames(record.state() == MigrationState.REVERTING);
        needed.add(record.plan());
        record.downPlan().ifPresent(needed::add);
        return needed.names;
    }

    private void add(Plan plan) {
        visit(PlanJson.toTree(plan));
    }

    private void visit(JsonElement element) {
        if (element instanceof JsonObject object) {
            object.entrySet().forEach(field -> {
                if (field.getKey().equals("undo") && field.getValue() instanceof JsonArray steps) {
                    steps.forEach(this::visitUndo);
                } else {
                    visit(field.getValue());
                }
            });
        } else if (element instanceof JsonArray array) {
            array.forEach(this::visit);
        } else if (element.isJsonPrimitive() && element.getAsJsonPrimitive().isString()) {
            names(element.getAsString());
        }
    }

    /** Before it runs, a step that puts away or drops what the migration made speaks of a place that is still free. */
    private void visitUndo(JsonElement step) {
        JsonObject fields = step.getAsJsonObject();
        boolean putsAway = fields.get("type").getAsString().equals("discard")
                || fields.has("purpose") && fields.get("purpose").getAsString().equals(ARCHIVE);
        if (goingBack || !putsAway) {
            visit(step);
        }
    }

    private void names(String text) {
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
