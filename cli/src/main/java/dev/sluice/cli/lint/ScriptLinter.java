package dev.sluice.cli.lint;

import dev.sluice.cli.settings.LintSettings;
import dev.sluice.lint.Finding;
import dev.sluice.lint.Linter;
import dev.sluice.lint.Observations;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Severity;
import dev.sluice.lint.rule.Rules;
import dev.sluice.lint.size.Sizes;
import dev.sluice.parser.PgParser;
import dev.sluice.sql.Script;
import dev.sluice.sql.SourceText;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lints scripts in their order, each as the settings have it for its file. Used by one thread.
 *
 * @param directory that names of files are relative to
 * @param version PostgreSQL's major version
 * @param sameForAll whether the settings have no say in the version
 */
public record ScriptLinter(
        PgParser parser,
        Path directory,
        LintSettings settings,
        int version,
        boolean sameForAll,
        LocalDate today,
        Sizes sizes) {

    private static final Set<String> HABITS =
            Rules.ALL.stream().filter(Rule::isHabit).map(Rule::id).collect(Collectors.toSet());

    /**
     * What is found in scripts that are reported.
     *
     * @param start the schema before the first script, as SQL; empty for none
     */
    public List<Finding> lint(String start, List<LintScripts.Entry> entries, Observations observations) {
        List<Finding> findings = new ArrayList<>();
        try (ParsedAhead parsed = new ParsedAhead(
                parser, entries.stream().map(LintScripts.Entry::script).toList())) {
            Linter linter = new Linter(parser, version, today, observations, sizes);
            linter.know(Script.parse(parser, new SourceText("schema", start)));
            for (LintScripts.Entry entry : entries) {
                Path file = absolute(entry.script().file());
                linter.version(sameForAll ? version : settings.pg(file).orElse(version));
                List<Finding> found = linter.lint(entry.script(), parsed.next(), entry.standing());
                if (entry.reported()) {
                    findings.addAll(found);
                }
            }
            findings = applied(linter.withoutSettled(findings));
            findings.addAll(atEnd(linter, entries));
        }
        return withoutHabitsOfOthers(findings);
    }

    /** A habit is told once: of the last file that has it. */
    private static List<Finding> withoutHabitsOfOthers(List<Finding> findings) {
        Map<String, String> last = new HashMap<>();
        findings.forEach(finding -> last.put(finding.rule(), finding.position().file()));
        return findings.stream()
                .filter(finding -> finding.severity() != Severity.INFO
                        || !HABITS.contains(finding.rule())
                        || finding.position().file().equals(last.get(finding.rule())))
                .toList();
    }

    private List<Finding> applied(List<Finding> findings) {
        return new ArrayList<>(findings.stream()
                .flatMap(finding -> settings.apply(absolute(finding.position().file()), List.of(finding)).stream())
                .toList());
    }

    /** What is known of reported scripts once those after them are read. */
    private List<Finding> atEnd(Linter linter, List<LintScripts.Entry> entries) {
        Set<String> reported = entries.stream()
                .filter(LintScripts.Entry::reported)
                .map(entry -> entry.script().file())
                .collect(Collectors.toSet());
        return applied(linter.atEnd().stream()
                .filter(finding -> reported.contains(finding.position().file()))
                .toList());
    }

    private Path absolute(String file) {
        return directory.resolve(file).normalize();
    }
}
