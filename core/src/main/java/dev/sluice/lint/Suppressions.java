package dev.sluice.lint;

import dev.sluice.lint.rule.Rules;
import dev.sluice.migration.Directive;
import dev.sluice.migration.DirectiveName;
import dev.sluice.migration.MigrationScript;
import dev.sluice.migration.NearestName;
import dev.sluice.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The {@code sluice:allow} comments of a script, and which of them accept nothing. */
final class Suppressions {

    private static final String ID = "unused-suppression";

    static final Topic TOPIC = new Topic(
            ID,
            Severity.WARNING,
            new About(
                    "a comment that accepts nothing",
                    """
                    A sluice:allow comment whose statement has no such finding, whose rule is written nearly like a known
                    one, or whose last day is over. Left there, it would hide what comes later.\
                    """,
                    "Take the comment away, correct the name, or say how long it is accepted from now on."));

    private final MigrationScript script;
    private final LocalDate today;
    private final List<Directive> allowed;
    private final Set<Directive> used = new LinkedHashSet<>();

    Suppressions(MigrationScript script, LocalDate today) {
        this.script = script;
        this.today = today;
        this.allowed = script.directives().stream()
                .filter(d -> d.name() == DirectiveName.ALLOW)
                .toList();
    }

    /** Whether the author accepts it, and still does today. */
    boolean accepts(String rule, Statement statement) {
        List<Directive> accepting = allowed.stream()
                .filter(d -> d.argument().equals(rule))
                .filter(d -> d.appliesTo(statement.start(), statement.end()))
                .toList();
        used.addAll(accepting);
        return accepting.stream().anyMatch(d -> !isOver(d));
    }

    private boolean isOver(Directive directive) {
        return directive.until().filter(today::isAfter).isPresent();
    }

    /** Comments that accept what is not there, or is written nearly like a rule. The planner knows more hazards than these. */
    List<Finding> findings() {
        if (allowed.isEmpty()) {
            return List.of();
        }
        List<String> rules = Rules.ALL.stream().map(Rule::id).toList();
        List<Finding> findings = new ArrayList<>();
        for (Directive directive : allowed) {
            Optional<String> near = NearestName.of(directive.argument(), rules);
            if (used.contains(directive)) {
                if (isOver(directive)) {
                    findings.add(finding(
                            directive,
                            "accepted until " + directive.until().orElseThrow() + ", which is over",
                            "Mend it, or say how long it is accepted from now on.",
                            Optional.empty()));
                }
            } else if (rules.contains(directive.argument())) {
                findings.add(finding(
                        directive,
                        "nothing here is found by " + directive.argument(),
                        "Take the comment away.",
                        new Edits(script.source())
                                .delete(directive.offset(), end(directive))
                                .fix()));
            } else if (near.isPresent()) {
                findings.add(finding(
                        directive,
                        "no rule is called " + directive.argument() + "; did you mean " + near.get() + "?",
                        "Correct the name.",
                        corrected(directive, near.get())));
            }
        }
        return findings;
    }

    /** Where its line ends. */
    private int end(Directive directive) {
        String text = script.source().text();
        int end = directive.offset();
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    private Optional<Finding.Fix> corrected(Directive directive, String name) {
        int at = script.source().text().indexOf(directive.argument(), directive.offset());
        return at < 0 || at >= end(directive)
                ? Optional.empty()
                : new Edits(script.source())
                        .replace(at, at + directive.argument().length(), name)
                        .fix();
    }

    private Finding finding(Directive directive, String message, String instead, Optional<Finding.Fix> fix) {
        return new Finding(
                ID,
                Severity.WARNING,
                false,
                script.source().position(directive.offset()),
                message,
                Optional.empty(),
                List.of(),
                instead,
                script.source().excerpt(directive.offset()),
                fix);
    }
}
