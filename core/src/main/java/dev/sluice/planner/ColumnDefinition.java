package dev.sluice.planner;

import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.Tokens;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The parts of {@code ADD [COLUMN] [IF NOT EXISTS] name type [COLLATE c] [constraint …]}, each with its text.
 *
 * @param type with collation, storage and compression clauses
 * @param parts what follows the type, in the order written
 */
public record ColumnDefinition(String name, String type, List<Part> parts) {

    /**
     * A constraint or attribute of the definition.
     *
     * @param kind {@code CONSTR_NOTNULL}, {@code CONSTR_DEFAULT}, …
     */
    public record Part(String kind, String text, Node node) {}

    public static ColumnDefinition of(Change change) {
        Node definition = change.command().get("def");
        List<Node> constraints = definition.list("constraints").stream()
                .filter(c -> c.location() >= 0)
                .sorted(Comparator.comparingInt(Node::location))
                .toList();
        int base = change.start() - change.statement().start();
        List<Tokens.Token> tokens = Tokens.of(change.text());
        int at = tokens.get(1).isWord("column") ? 2 : 1;
        at += tokens.get(at).isWord("if") ? 3 : 0;
        int typeFrom = tokens.get(at + 1).start();
        int typeTo = constraints.isEmpty()
                ? change.text().length()
                : change.statement().offset(constraints.get(0)) - base;
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < constraints.size(); i++) {
            int from = change.statement().offset(constraints.get(i)) - base;
            int to = i + 1 < constraints.size()
                    ? change.statement().offset(constraints.get(i + 1)) - base
                    : change.text().length();
            parts.add(new Part(
                    constraints.get(i).text("contype"),
                    change.text().substring(from, to).strip(),
                    constraints.get(i)));
        }
        return new ColumnDefinition(
                definition.text("colname"),
                change.text().substring(typeFrom, typeTo).strip(),
                parts);
    }

    public Optional<Part> part(String kind) {
        return parts.stream().filter(p -> p.kind.equals(kind)).findFirst();
    }

    public boolean isNotNull() {
        return part("CONSTR_NOTNULL").isPresent();
    }

    /** The default's expression. */
    public Optional<String> defaultExpression() {
        return part("CONSTR_DEFAULT").map(p -> {
            List<Tokens.Token> tokens = Tokens.of(p.text);
            int word = 0;
            while (!tokens.get(word).isWord("default")) {
                word++;
            }
            return p.text.substring(tokens.get(word).end()).strip();
        });
    }

    /** The definition with only the parts of these kinds. */
    public String only(String... kinds) {
        List<String> wanted = List.of(kinds);
        return Identifier.quote(name) + " " + type
                + parts.stream()
                        .filter(p -> wanted.contains(p.kind))
                        .map(p -> " " + p.text)
                        .collect(Collectors.joining());
    }
}
