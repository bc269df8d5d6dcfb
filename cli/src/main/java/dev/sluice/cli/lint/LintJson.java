package dev.sluice.cli.lint;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.sluice.cli.render.Json;
import dev.sluice.lint.Finding;
import dev.sluice.lint.Observed;
import dev.sluice.lint.size.Weight;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** For programs: our own form, that of GitLab's code quality, and the baseline. Fields are only ever added. */
public final class LintJson {

    private LintJson() {}

    public static String of(LintResult result) {
        return of(result, Optional.empty());
    }

    /** @param plans added as {@code plans}, if there are any */
    public static String of(LintResult result, Optional<LintPlans> plans) {
        JsonObject object = new JsonObject();
        JsonArray findings = new JsonArray();
        result.findings().forEach(finding -> findings.add(finding(finding)));
        object.add("findings", findings);
        object.addProperty("files", result.files());
        object.addProperty("known", result.known());
        object.addProperty("seconds", result.duration().toMillis() / 1e3);
        plans.ifPresent(each -> object.add("plans", each.json()));
        return Json.pretty(object);
    }

    private static JsonObject finding(Finding finding) {
        JsonObject object = new JsonObject();
        object.addProperty("rule", finding.rule());
        object.addProperty("severity", finding.severity().name().toLowerCase(Locale.ROOT));
        object.addProperty("possible", finding.possible());
        object.addProperty("file", finding.position().file());
        object.addProperty("line", finding.position().line());
        object.addProperty("column", finding.position().column());
        object.addProperty("message", finding.message());
        finding.lock().ifPresent(lock -> object.addProperty("lock", lock.sql()));
        JsonArray tables = new JsonArray();
        finding.tables().forEach(table -> tables.add(table.toString()));
        object.add("tables", tables);
        object.addProperty("instead", finding.instead().strip());
        finding.fix().ifPresent(fix -> {
            JsonObject edit = new JsonObject();
            edit.addProperty("start", fix.start());
            edit.addProperty("end", fix.end());
            edit.addProperty("text", fix.text());
            object.add("fix", edit);
        });
        finding.weight().ifPresent(weight -> object.add("size", size(weight)));
        finding.observed().ifPresent(seen -> object.add("observed", observed(seen)));
        return object;
    }

    private static JsonObject size(Weight weight) {
        JsonObject object = new JsonObject();
        object.addProperty("rows", weight.size().rows());
        object.addProperty("bytes", weight.size().heapBytes());
        object.addProperty("indexBytes", weight.size().indexBytes());
        object.addProperty("seconds", weight.duration().toMillis() / 1e3);
        object.addProperty("readsPerSecond", weight.size().readsPerSecond());
        object.addProperty("writesPerSecond", weight.size().writesPerSecond());
        JsonArray waiting = new JsonArray();
        weight.waiting().forEach(query -> waiting.add(query.text()));
        object.add("waiting", waiting);
        return object;
    }

    private static JsonObject observed(Observed seen) {
        JsonObject object = new JsonObject();
        object.addProperty("server", seen.server());
        JsonObject locks = new JsonObject();
        seen.taken().forEach((relation, mode) -> locks.addProperty(relation.toString(), mode.sql()));
        object.add("locks", locks);
        object.add("rewritten", names(seen.rewritten()));
        object.add("scanned", names(seen.scanned()));
        object.add("indexed", names(seen.indexed()));
        JsonArray waits = new JsonArray();
        seen.waits().forEach(waits::add);
        object.add("waits", waits);
        seen.failure().ifPresent(failure -> object.addProperty("failure", failure));
        return object;
    }

    private static JsonArray names(Set<QualifiedName> relations) {
        JsonArray names = new JsonArray();
        relations.stream().sorted().forEach(relation -> names.add(relation.toString()));
        return names;
    }

    /** GitLab's code quality report (GitLab documentation, "Code Quality", "Code Quality report format"). */
    public static String gitlab(LintResult result) {
        JsonArray issues = new JsonArray();
        List<String> prints = Fingerprints.of(result.findings());
        for (int i = 0; i < prints.size(); i++) {
            Finding finding = result.findings().get(i);
            JsonObject lines = new JsonObject();
            lines.addProperty("begin", finding.position().line());
            JsonObject location = new JsonObject();
            location.addProperty("path", finding.position().file());
            location.add("lines", lines);
            JsonObject issue = new JsonObject();
            issue.addProperty("description", finding.told());
            issue.addProperty("check_name", finding.rule());
            issue.addProperty("fingerprint", prints.get(i));
            issue.addProperty(
                    "severity",
                    switch (finding.severity()) {
                        case ERROR -> "critical";
                        case WARNING -> "major";
                        case INFO -> "info";
                    });
            issue.add("location", location);
            issues.add(issue);
        }
        return Json.pretty(issues);
    }
}
