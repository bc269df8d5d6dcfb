package dev.sluice.lint.rule;

import dev.sluice.lint.Edits;
import dev.sluice.lint.Finding.Fix;
import dev.sluice.lint.Scene;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import dev.sluice.sql.Tokens;
import dev.sluice.sql.Tokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The words of a statement, for putting others in their place: the parse tree says where things begin, and seldom where they
 * end. Offsets are characters of the file. Pure.
 */
record Words(Statement statement, List<Token> tokens) {

    /** Text from one place to another, exclusive. */
    record Span(int start, int end) {
        String of(Statement statement) {
            return statement.source().text().substring(start, end);
        }
    }

    static Words of(Scene scene) {
        return of(scene.statement());
    }

    static Words of(Statement statement) {
        return new Words(statement, Tokens.of(statement.sql()));
    }

    int start(Token token) {
        return statement.start() + token.start();
    }

    int end(Token token) {
        return statement.start() + token.end();
    }

    Token last() {
        return tokens.get(tokens.size() - 1);
    }

    /** The first keyword of this name outside of brackets. */
    Optional<Token> keyword(String word) {
        return tokens.stream().filter(t -> t.depth() == 0 && t.isWord(word)).findFirst();
    }

    /** The index of the token at which a node begins. */
    OptionalInt at(Node node) {
        int offset = statement.offset(node);
        return IntStream.range(0, tokens.size())
                .filter(i -> tokens.get(i).start() == offset)
                .findFirst();
    }

    /** The word CONCURRENTLY behind another. */
    Optional<Fix> concurrently(String after) {
        return keyword(after)
                .flatMap(word -> edits().put(end(word), " CONCURRENTLY").fix());
    }

    Edits edits() {
        return new Edits(statement.source());
    }

    /** The text of a type, without array bounds: {@code character varying(20)}, {@code timestamp (3) without time zone}. */
    Optional<Span> type(Node typeName) {
        OptionalInt first = at(typeName);
        if (first.isEmpty() || typeName.location() < 0) {
            return Optional.empty();
        }
        int i = first.getAsInt();
        while (isPunctuation(i + 1, ".")) {
            i += 2;
        }
        boolean time = isOneOf(i, "timestamp", "time");
        if (isOneOf(i + 1, "varying", "precision")) {
            i++;
        }
        if (isPunctuation(i + 1, "(")) {
            i = closing(i + 1);
        }
        if (time && isOneOf(i + 1, "with", "without")) {
            i += 3;
        }
        return Optional.of(new Span(start(tokens.get(first.getAsInt())), end(tokens.get(i))));
    }

    /** What stands between two tokens, split at commas outside of further brackets. */
    List<Span> list(int from, int to) {
        List<Span> spans = new ArrayList<>();
        int first = from;
        for (int i = from; i <= to; i++) {
            boolean comma = i < to
                    && tokens.get(i).is(",")
                    && tokens.get(i).depth() == tokens.get(from).depth();
            if (i > first && (comma || i == to)) {
                spans.add(new Span(start(tokens.get(first)), end(tokens.get(i - 1))));
                first = i + 1;
            }
        }
        return spans;
    }

    /** What stands in the first brackets: the elements of a CREATE TABLE. */
    List<Span> elements() {
        int opening = IntStream.range(0, tokens.size())
                .filter(i -> tokens.get(i).is("("))
                .findFirst()
                .orElse(-1);
        return opening < 0 ? List.of() : list(opening + 1, closing(opening));
    }

    /** The words of some text, one blank between two: what says the same looks the same. */
    String plain(Span span) {
        return String.join(
                " ",
                tokens.stream()
                        .filter(t -> start(t) >= span.start() && end(t) <= span.end())
                        .map(Token::text)
                        .toList());
    }

    /** The closing bracket of an opening one. */
    private int closing(int opening) {
        int depth = tokens.get(opening).depth();
        int i = opening + 1;
        while (i < tokens.size() - 1 && tokens.get(i).depth() > depth) {
            i++;
        }
        return i;
    }

    boolean isOneOf(int index, String... words) {
        return index < tokens.size() && List.of(words).stream().anyMatch(tokens.get(index)::isWord);
    }

    private boolean isPunctuation(int index, String text) {
        return index < tokens.size() && tokens.get(index).is(text);
    }

    /** The name of a relation as the author wrote it, with a schema or without. */
    static String sql(Node relation) {
        String schema = relation.text("schemaname");
        return QualifiedName.of(schema, relation.text("relname")).quoted();
    }

    static String columns(List<String> names) {
        return String.join(", ", names.stream().map(Identifier::quote).toList());
    }
}
