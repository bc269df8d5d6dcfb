package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Finding.Fix;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.lint.rule.Words.Span;
import dev.sluice.sql.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A column that stands twice. */
final class DuplicateAssignment implements Rule {

    @Override
    public String id() {
        return "duplicate-assignment";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public About about() {
        return new About("a column that stands twice", """
            PostgreSQL refuses a column that is assigned twice by UPDATE, named twice by INSERT, or defined
            twice by CREATE TABLE.\
            """, "Leave one of the two out.");
    }

    @Override
    public void check(Scene scene, Report report) {
        Node node = scene.node();
        Stream<Node> columns = switch (node.type()) {
            case "UpdateStmt" ->
                node.list("targetList").stream()
                        .filter(t -> t.list("indirection").isEmpty());
            case "InsertStmt" ->
                node.list("cols").stream().filter(t -> t.list("indirection").isEmpty());
            case "CreateStmt" -> node.list("tableElts").stream().filter(e -> e.is("ColumnDef"));
            default -> Stream.empty();
        };
        Set<String> seen = new HashSet<>();
        columns.filter(column -> !seen.add(column.text("name") + column.text("colname")))
                .limit(1)
                .forEach(column -> report.found(
                        column,
                        "the statement fails: " + column.text("name") + column.text("colname") + " stands twice",
                        fix(scene)));
    }

    /** Where both say the same. */
    private static Optional<Fix> fix(Scene scene) {
        Words words = Words.of(scene);
        List<Span> elements = scene.is("CreateStmt") ? words.elements() : assignments(words);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < elements.size(); i++) {
            if (!seen.add(words.plain(elements.get(i)))) {
                return words.edits()
                        .replace(elements.get(i - 1).end(), elements.get(i).end(), "")
                        .fix();
            }
        }
        return Optional.empty();
    }

    private static List<Span> assignments(Words words) {
        int from = 0;
        while (from < words.tokens().size() && !words.isOneOf(from, "SET")) {
            from++;
        }
        int to = from + 1;
        while (to < words.tokens().size()
                && !(words.tokens().get(to).depth() == 0 && words.isOneOf(to, "FROM", "WHERE", "RETURNING"))) {
            to++;
        }
        return from + 1 < to && words.keyword("UPDATE").isPresent() ? words.list(from + 1, to) : List.of();
    }
}
