package dev.sluice.cli.lint;

import dev.sluice.cli.render.Quantities;
import dev.sluice.cli.render.Style;
import dev.sluice.cli.render.Wrapping;
import dev.sluice.lint.Finding;
import dev.sluice.lint.ObservedFindings;
import dev.sluice.lint.Severity;
import java.util.List;
import java.util.Locale;

/** For people at a terminal. */
public final class LintText {

    private LintText() {}

    /** @param least findings less bad than this are counted, not shown, unless a server was seen to do it */
    public static String of(LintResult result, Severity least, Style style) {
        StringBuilder text = new StringBuilder();
        List<Finding> shown = result.findings().stream()
                .filter(finding -> finding.severity().compareTo(least) <= 0
                        || finding.observed().isPresent())
                .toList();
        shown.forEach(finding -> text.append(finding(finding, style)).append('\n'));
        if (!shown.isEmpty()) {
            text.append("Why: sluice lint --explain RULE\n");
        }
        return text.append(summary(result)).append('\n').toString();
    }

    private static String finding(Finding finding, Style style) {
        StringBuilder text = new StringBuilder();
        text.append(style.bold(finding.position().toString()))
                .append(": ")
                .append(severity(finding, style))
                .append(" [")
                .append(finding.rule())
                .append("] ")
                .append(finding.message())
                .append('\n');
        text.append(finding.excerpt().stripTrailing().indent(2));
        finding.lock()
                .ifPresent(lock -> text.append("  lock: ").append(lock.sql()).append('\n'));
        finding.weight()
                .ifPresent(weight -> text.append("  size: ")
                        .append(Wrapping.at(weight.text(), 92).replace("\n", "\n        "))
                        .append('\n'));
        if (finding.rule().equals(ObservedFindings.SEEN)) {
            return text.toString(); // that is a fact, and nothing to do
        }
        text.append("  do:   ")
                .append(Wrapping.at(finding.instead().strip().replace("\n", " "), 92)
                        .replace("\n", "\n        "))
                .append('\n');
        return text.toString();
    }

    private static String severity(Finding finding, Style style) {
        String word = (finding.possible() ? "possible " : "")
                + finding.severity().name().toLowerCase(Locale.ROOT);
        return switch (finding.severity()) {
            case ERROR -> style.red(word);
            case WARNING -> style.yellow(word);
            case INFO -> style.cyan(word);
        };
    }

    static String summary(LintResult result) {
        long errors = result.atLeast(Severity.ERROR);
        long warnings = result.atLeast(Severity.WARNING) - errors;
        return Quantities.of(result.files(), "file") + ": " + Quantities.of(errors, "error") + ", "
                + Quantities.of(warnings, "warning") + ", "
                + Quantities.of(result.findings().size() - errors - warnings, "info")
                + (result.known() > 0 ? ", " + result.known() + " known from the baseline" : "") + " ("
                + Quantities.time(result.duration()) + ")";
    }
}
