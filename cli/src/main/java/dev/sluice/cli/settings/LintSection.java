package dev.sluice.cli.settings;

import com.electronwill.nightconfig.core.UnmodifiableConfig;
import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Severity;
import dev.sluice.lint.rule.Rules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** Reads {@code [lint]}. What it does not know is an error: a rule with a typo must not pass for one that is off. */
final class LintSection {
    private static final Set<String> SCOPE = Set.of("pg", "fail_on", "rules");
    private static final Set<String> SEVERITIES = Set.of("error", "warning", "info");
    private static final List<String> RULES = Stream.concat(
                    Rules.ALL.stream().map(Rule::id), Stream.of("unused-suppression"))
            .toList();

    private final Path shown;

    LintSection(Path shown) {
        this.shown = shown;
    }

    LintSettings read(Path base, Object value) {
        UnmodifiableConfig lint = table("lint", value);
        List<LintSettings.Scope> scopes = new ArrayList<>();
        known("lint", lint, "paths");
        scopes.add(scope("lint", lint, List.of()));
        Object paths = lint.get("paths");
        if (paths != null) {
            if (!(paths instanceof List<?> list)) {
                throw wrong("lint.paths", "takes tables: [[lint.paths]]");
            }
            for (Object each : list) {
                UnmodifiableConfig path = table("lint.paths", each);
                known("lint.paths", path, "files");
                if (!(path.get("files") instanceof List<?> files)
                        || files.isEmpty()
                        || !files.stream().allMatch(String.class::isInstance)) {
                    throw wrong("lint.paths", "needs files = [\"db/legacy/**\"]: patterns of paths");
                }
                scopes.add(scope(
                        "lint.paths", path, files.stream().map(String::valueOf).toList()));
            }
        }
        return new LintSettings(base, scopes);
    }

    private void known(String where, UnmodifiableConfig table, String other) {
        for (UnmodifiableConfig.Entry entry : table.entrySet()) {
            if (!SCOPE.contains(entry.getKey()) && !entry.getKey().equals(other)) {
                throw wrong(where + "." + entry.getKey(), "is not known; there are files, paths, pg, fail_on, rules");
            }
        }
    }

    private LintSettings.Scope scope(String where, UnmodifiableConfig table, List<String> patterns) {
        OptionalInt pg = OptionalInt.empty();
        Object version = table.get("pg");
        if (version != null) {
            if (!(version instanceof Integer major) || major < 14 || major > 18) {
                throw wrong(where + ".pg", "takes 14, 15, 16, 17 or 18");
            }
            pg = OptionalInt.of(major);
        }
        Optional<LintSettings.Threshold> failOn = Optional.ofNullable(table.get("fail_on"))
                .map(text -> new LintSettings.Threshold(severity(where + ".fail_on", text, "never")));
        Map<String, Optional<Severity>> rules = new HashMap<>();
        Object said = table.get("rules");
        if (said != null) {
            for (UnmodifiableConfig.Entry entry : table(where + ".rules", said).entrySet()) {
                String rule = entry.getKey();
                if (!RULES.contains(rule)) {
                    throw new SluiceException(
                            ExitCode.USAGE,
                            "The settings file " + shown + ": there is no rule '" + rule + "'."
                                    + dev.sluice.migration.NearestName.of(rule, RULES)
                                            .map(near -> "\nNext: did you mean " + near + "?")
                                            .orElse("\nNext: sluice lint --rules"));
                }
                rules.put(rule, severity(where + ".rules." + rule, entry.getValue(), "off"));
            }
        }
        return new LintSettings.Scope(patterns, pg, failOn, rules);
    }

    private Optional<Severity> severity(String where, Object value, String none) {
        if (value.equals(none)) {
            return Optional.empty();
        }
        if (!(value instanceof String text) || !SEVERITIES.contains(text)) {
            throw wrong(where, "takes error, warning, info or " + none);
        }
        return Optional.of(Severity.valueOf(text.toUpperCase(Locale.ROOT)));
    }

    private UnmodifiableConfig table(String where, Object value) {
        if (value instanceof UnmodifiableConfig table) {
            return table;
        }
        throw wrong(where, "takes a table");
    }

    private SluiceException wrong(String where, String what) {
        return new SluiceException(ExitCode.USAGE, "The settings file " + shown + ": '" + where + "' " + what + ".");
    }
}
