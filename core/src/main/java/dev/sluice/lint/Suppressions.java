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
        List<String> rules = Rules.ALL.stream().map(Rule::id).toList();
        List<Finding> findings = new ArrayList<>();
        for (Directive directive : allowed) {
            Optional<String> near = NearestName.of(directive.argument(), rules);
            if (used.contains(directive)) {
                if (isOver(directive)) {
                    findings.add(finding(
                            directive,
                            "accepted until " + directive.until().orElseThrow() + ", which is over",
                            "Mend it, or say how long it is accepted from now on."));
                }
            } else if (rules.contains(directive.argument())) {
                findings.add(finding(
                        directive, "nothing here is found by " + directive.argument(), "Take the comment away."));
            } else if (near.isPresent()) {
                findings.add(finding(
                        directive,
                        "no rule is called " + directive.argument() + "; did you mean " + near.get() + "?",
                        "Correct the name."));
            }
        }
        return findings;
    }

    private Finding finding(Directive directive, String message, String instead) {
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
                Optional.empty());
    }
}
