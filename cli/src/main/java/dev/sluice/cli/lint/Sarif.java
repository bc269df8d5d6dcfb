package dev.sluice.cli.lint;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.sluice.cli.Version;
import dev.sluice.cli.render.Json;
import dev.sluice.lint.Finding;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Severity;
import dev.sluice.lint.rule.Rules;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format"), which code hosts read. */
public final class Sarif {

    private Sarif() {}

    public static String of(LintResult result) {
        JsonObject driver = new JsonObject();
        driver.addProperty("name", "sluice");
        driver.addProperty("version", Version.sluice());
        JsonArray rules = new JsonArray();
        Rules.ALL.forEach(rule -> rules.add(rule(rule)));
        driver.add("rules", rules);
        JsonObject run = new JsonObject();
        run.add("tool", object("driver", driver));
        JsonArray results = new JsonArray();
        List<String> prints = Fingerprints.of(result.findings());
        for (int i = 0; i < prints.size(); i++) {
            results.add(result(result.findings().get(i), prints.get(i)));
        }
        run.add("results", results);
        run.addProperty("columnKind", "unicodeCodePoints"); // as Position counts
        JsonArray runs = new JsonArray();
        runs.add(run);
        JsonObject sarif = new JsonObject();
        sarif.addProperty("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        sarif.addProperty("version", "2.1.0");
        sarif.add("runs", runs);
        return Json.pretty(sarif);
    }

    private static JsonObject rule(Rule rule) {
        JsonObject object = new JsonObject();
        object.addProperty("id", rule.id());
        object.add("shortDescription", text(rule.about().title()));
        object.add("fullDescription", text(rule.about().why().strip()));
        object.add("help", text(rule.about().instead().strip()));
        JsonObject configuration = new JsonObject();
        RulePages.link(rule.id())
                .filter(link -> link.startsWith("https://")) // the file is mostly read on another machine
                .ifPresent(link -> object.addProperty("helpUri", link));
        configuration.addProperty("level", level(rule.severity()));
        object.add("defaultConfiguration", configuration);
        return object;
    }

    private static JsonObject result(Finding finding, String fingerprint) {
        JsonObject region = new JsonObject();
        region.addProperty("startLine", finding.position().line());
        region.addProperty("startColumn", finding.position().column());
        JsonObject artifact = new JsonObject();
        artifact.addProperty("uri", uri(finding.position().file()));
        JsonObject physical = new JsonObject();
        physical.add("artifactLocation", artifact);
        physical.add("region", region);
        JsonArray locations = new JsonArray();
        locations.add(object("physicalLocation", physical));
        JsonObject object = new JsonObject();
        object.addProperty("ruleId", finding.rule());
        object.addProperty("level", level(finding.severity()));
        object.add("message", text((finding.possible() ? "possible: " : "") + finding.told()));
        object.add("locations", locations);
        JsonObject prints = new JsonObject();
        prints.addProperty("sluice/v1", fingerprint);
        object.add("partialFingerprints", prints);
        return object;
    }

    /** A relative reference, or that of an absolute path (RFC 3986); a colon in its first part would begin a scheme. */
    private static String uri(String file) {
        try {
            return file.startsWith("/")
                    ? new URI("file", "", file, null).toASCIIString()
                    : new URI(null, null, "/" + file, null)
                            .toASCIIString()
                            .substring(1)
                            .replace(":", "%3A");
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no path: " + file, e);
        }
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "note";
        };
    }

    private static JsonObject text(String text) {
        JsonObject object = new JsonObject();
        object.addProperty("text", text);
        return object;
    }

    private static JsonObject object(String name, JsonObject value) {
        JsonObject object = new JsonObject();
        object.add(name, value);
        return object;
    }
}
