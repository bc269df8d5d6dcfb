package dev.sluice.lab.proof.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.sluice.lab.proof.Aspect;
import dev.sluice.lab.proof.Finding;
import dev.sluice.lab.proof.MigrationResult;
import dev.sluice.lab.proof.ProofReport;
import dev.sluice.lab.proof.Verdict;
import dev.sluice.planner.Refusal;
import java.util.List;

/** The report as the documented JSON of {@code sluice test --format json}. */
public final class ReportJson {
    private ReportJson() {}

    public static JsonObject of(ProofReport report) {
        JsonObject json = new JsonObject();
        json.addProperty("migrations", report.migrations().size());
        json.addProperty("planned", report.planned().size());
        json.add("refused", refused(report));
        json.addProperty("equal", report.right(Aspect.ORACLE).size());
        json.add("different", wrong(report, Aspect.ORACLE));
        json.addProperty("undone_equal", report.right(Aspect.BACKWARD).size());
        json.add("undone_different", wrong(report, Aspect.BACKWARD));
        json.add("shapes", counts(report, Aspect.SHAPES, "statements"));
        json.add("facts", counts(report, Aspect.FACTS, "checked"));
        json.add("applications", counts(report, Aspect.APPLICATIONS, "statements"));
        json.add("notes", notes(report));
        json.addProperty("seed", report.seed());
        json.addProperty("seconds", report.duration().toMillis() / 1e3);
        return json;
    }

    private static JsonArray refused(ProofReport report) {
        JsonArray array = new JsonArray();
        for (MigrationResult migration : report.with(Verdict.REFUSED)) {
            for (Refusal refusal : migration.refusals()) {
                JsonObject json = new JsonObject();
                json.addProperty("version", migration.version());
                json.addProperty("line", refusal.source().line());
                json.addProperty("hazard", refusal.hazard());
                json.addProperty("file", refusal.source().file());
                json.addProperty("reason", refusal.reason());
                array.add(json);
            }
        }
        return array;
    }

    private static JsonArray wrong(ProofReport report, Aspect aspect) {
        JsonArray array = new JsonArray();
        for (MigrationResult migration : report.wrong(aspect)) {
            JsonObject json = new JsonObject();
            json.addProperty("version", migration.version());
            json.add("differences", findings(migration.stage(aspect).findings()));
            array.add(json);
        }
        return array;
    }

    private static JsonObject counts(ProofReport report, Aspect aspect, String counted) {
        JsonObject json = new JsonObject();
        json.addProperty(counted, report.checked(aspect));
        json.addProperty("wrong", report.findings(aspect));
        JsonArray array = wrong(report, aspect);
        if (!array.isEmpty()) {
            json.add("details", array);
        }
        return json;
    }

    private static JsonArray notes(ProofReport report) {
        JsonArray array = new JsonArray();
        for (MigrationResult migration : report.migrations()) {
            for (String note : migration.notes()) {
                JsonObject json = new JsonObject();
                json.addProperty("version", migration.version());
                json.addProperty("text", note);
                array.add(json);
            }
        }
        return array;
    }

    private static JsonArray findings(List<Finding> findings) {
        JsonArray array = new JsonArray();
        for (Finding finding : findings) {
            JsonObject json = new JsonObject();
            json.addProperty("when", finding.when());
            json.addProperty("object", finding.object());
            json.addProperty("attribute", finding.attribute());
            json.addProperty("expected", finding.expected());
            json.addProperty("actual", finding.actual());
            array.add(json);
        }
        return array;
    }
}
