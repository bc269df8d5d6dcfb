package dev.sluice.cli.lsp;

import dev.sluice.cli.lint.RulePages;
import dev.sluice.lint.Finding;
import dev.sluice.lint.Topic;
import dev.sluice.lint.Topics;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticCodeDescription;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;

/** What the protocol wants to know of a judged text. */
final class Answers {
    private static final String SOURCE = "sluice";

    private final Judged judged;
    private final Places places;

    Answers(Judged judged) {
        this.judged = judged;
        this.places = new Places(judged.source().text());
    }

    List<Diagnostic> diagnostics() {
        List<Diagnostic> diagnostics = new ArrayList<>();
        for (Judged.Mistake mistake : judged.mistakes()) {
            diagnostics.add(
                    new Diagnostic(places.word(mistake.offset()), mistake.message(), DiagnosticSeverity.Error, SOURCE));
        }
        judged.findings().forEach(finding -> diagnostics.add(diagnostic(finding)));
        return diagnostics;
    }

    private Diagnostic diagnostic(Finding finding) {
        Diagnostic diagnostic = new Diagnostic(
                range(finding),
                (finding.possible() ? "possible: " : "") + finding.message(),
                switch (finding.severity()) {
                    case ERROR -> DiagnosticSeverity.Error;
                    case WARNING -> DiagnosticSeverity.Warning;
                    case INFO -> DiagnosticSeverity.Information;
                },
                SOURCE,
                finding.rule());
        RulePages.link(finding.rule())
                .ifPresent(link -> diagnostic.setCodeDescription(new DiagnosticCodeDescription(link)));
        return diagnostic;
    }

    private Range range(Finding finding) {
        return places.word(places.offset(finding.position()));
    }

    /** All that was found at a place: the lock, why, and what to do instead. */
    Optional<Hover> hover(Position at) {
        StringBuilder text = new StringBuilder();
        for (Finding finding : judged.findings()) {
            if (touches(range(finding), new Range(at, at))) {
                text.append(text.isEmpty() ? "" : "\n---\n").append(page(finding));
            }
        }
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(new Hover(new MarkupContent(MarkupKind.MARKDOWN, text.toString())));
    }

    private static String page(Finding finding) {
        StringBuilder text = new StringBuilder("**" + finding.severity().name().toLowerCase(Locale.ROOT) + "** `"
                + finding.rule() + "`: " + finding.message() + "\n\n");
        finding.lock()
                .ifPresent(lock ->
                        text.append("Lock: `").append(lock.sql()).append("`").append("\n\n"));
        Topics.of(finding.rule())
                .map(Topic::about)
                .ifPresent(about -> text.append(about.why().strip()).append("\n\n"));
        text.append("Instead: ").append(finding.instead().strip()).append('\n');
        RulePages.link(finding.rule())
                .ifPresent(link -> text.append("\n[")
                        .append(finding.rule())
                        .append("](")
                        .append(link)
                        .append(")\n"));
        return text.toString();
    }

    /** Fixes, and comments that accept, of what was found in a range. */
    List<CodeAction> actions(String uri, Range range) {
        List<CodeAction> actions = new ArrayList<>();
        for (Finding finding : judged.findings()) {
            if (!touches(range(finding), range)) {
                continue;
            }
            finding.fix()
                    .ifPresent(fix -> actions.add(action(
                            uri,
                            finding,
                            "Mend " + finding.rule(),
                            new TextEdit(places.range(fix.start(), fix.end()), fix.text()),
                            true)));
            accept(finding)
                    .ifPresent(edit -> actions.add(
                            action(uri, finding, "Accept " + finding.rule() + " with a reason", edit, false)));
        }
        return actions;
    }

    private CodeAction action(String uri, Finding finding, String title, TextEdit edit, boolean preferred) {
        CodeAction action = new CodeAction(title);
        action.setKind(CodeActionKind.QuickFix);
        action.setDiagnostics(List.of(diagnostic(finding)));
        action.setEdit(new WorkspaceEdit(Map.of(uri, List.of(edit))));
        action.setIsPreferred(preferred);
        return action;
    }

    /** The reason is left empty: that is an error until the author writes one. */
    private Optional<TextEdit> accept(Finding finding) {
        int offset = places.offset(finding.position());
        Optional<Statement> about = judged.statements().stream()
                .filter(s -> s.start() <= offset && offset <= s.end())
                .findFirst();
        return about.map(statement -> {
            String text = judged.source().text();
            int start = statement.start();
            int line = start - places.position(start).getCharacter();
            String indent = text.substring(line, start);
            String before = indent.isBlank() ? "" : "\n";
            String after = indent.isBlank() ? indent : "";
            return new TextEdit(
                    places.range(start, start),
                    before + "-- sluice:allow " + finding.rule() + " reason=\"\"\n" + after);
        });
    }

    private static boolean touches(Range one, Range other) {
        return !isBefore(one.getEnd(), other.getStart()) && !isBefore(other.getEnd(), one.getStart());
    }

    private static boolean isBefore(Position one, Position other) {
        return one.getLine() < other.getLine()
                || one.getLine() == other.getLine() && one.getCharacter() < other.getCharacter();
    }
}
