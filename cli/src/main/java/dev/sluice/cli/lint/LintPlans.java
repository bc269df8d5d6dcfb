package dev.sluice.cli.lint;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.sluice.PostgresPlans;
import dev.sluice.cli.render.PlanText;
import dev.sluice.cli.render.RefusalText;
import dev.sluice.cli.render.Style;
import dev.sluice.db.Session;
import dev.sluice.lint.Finding;
import dev.sluice.lint.Severity;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationKind;
import dev.sluice.migration.MigrationScript;
import dev.sluice.plan.Plan;
import dev.sluice.plan.PlanJson;
import dev.sluice.plan.PlanSecrets;
import dev.sluice.planner.PlanRefusedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sluice's own way through each script that has findings which no other text in place of a statement mends. */
public final class LintPlans {

    private final Map<String, Plan> plans = new LinkedHashMap<>();
    private final Map<String, PlanRefusedException> refused = new LinkedHashMap<>();

    /** Plans a script for that database, which is as the script finds it. */
    public void plan(MigrationScript script, Session session) {
        Migration migration = new Migration(
                script.file(), script.file(), MigrationKind.VERSIONED, script, Optional.empty(), List.of());
        try (PostgresPlans planner = new PostgresPlans()) {
            plans.put(script.file(), planner.plan(migration, session));
        } catch (PlanRefusedException e) {
            refused.put(script.file(), e);
        }
    }

    /** Keeps the plans of scripts with findings that are worth a plan. */
    public void keep(List<Finding> findings) {
        List<String> files = findings.stream()
                .filter(f -> f.fix().isEmpty() && f.severity() != Severity.INFO)
                .map(f -> f.position().file())
                .toList();
        plans.keySet().retainAll(files);
        refused.keySet().retainAll(files);
    }

    public String text(Style style) {
        StringBuilder text = new StringBuilder();
        plans.forEach((file, plan) -> text.append("\nHow Sluice takes ")
                .append(file)
                .append(" through (sluice plan has the SQL):\n\n")
                .append(PlanText.render(plan, style, PlanText.Detail.BRIEF))
                .append('\n'));
        refused.forEach((file, e) -> text.append("\nSluice has no plan for ")
                .append(file)
                .append(":\n\n")
                .append(RefusalText.text(file, e.refusals(), style)));
        return text.toString();
    }

    public JsonArray json() {
        JsonArray array = new JsonArray();
        plans.forEach((file, plan) -> {
            JsonObject object = new JsonObject();
            object.addProperty("file", file);
            object.add("plan", PlanJson.toTree(PlanSecrets.hidden(plan)));
            array.add(object);
        });
        refused.forEach((file, e) -> {
            JsonObject object = new JsonObject();
            object.addProperty("file", file);
            object.add("refusals", RefusalText.json(e.refusals()));
            array.add(object);
        });
        return array;
    }
}
