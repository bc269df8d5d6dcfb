package dev.sluice.cli.lint;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Function;

/**
 * A form in which findings can be written to a file.
 *
 * @param flag the option that asks for it
 * @param description of the option
 */
public record LintForm(String flag, String description, Function<LintResult, String> text) {

    /** All of them, in the order of the help text. */
    public static final List<LintForm> ALL = List.of(
            new LintForm("--sarif", "Write SARIF 2.1.0 there.", Sarif::of),
            new LintForm("--junit", "Write JUnit XML there.", LintMarkup::junit),
            new LintForm("--gitlab", "Write GitLab's code quality report there.", LintJson::gitlab),
            new LintForm("--markdown", "Write a comment for a pull request there.", LintMarkup::markdown));

    public LintForm {
        requireNonNull(flag);
        requireNonNull(description);
        requireNonNull(text);
    }
}
