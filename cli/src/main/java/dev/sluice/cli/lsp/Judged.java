package dev.sluice.cli.lsp;

import dev.sluice.lint.Finding;
import dev.sluice.sql.SourceText;
import dev.sluice.sql.Statement;
import java.util.List;

/**
 * What is known of a text in an editor.
 *
 * @param mistakes what keeps it from being judged, such as a syntax error
 * @param statements empty when it cannot be parsed
 */
record Judged(SourceText source, List<Mistake> mistakes, List<Finding> findings, List<Statement> statements) {

    /**
     * Something that no rule says.
     *
     * @param offset in characters of the text
     */
    record Mistake(int offset, String message) {}

    Judged {
        mistakes = List.copyOf(mistakes);
        findings = List.copyOf(findings);
        statements = List.copyOf(statements);
    }
}
