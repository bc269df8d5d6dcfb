package dev.sluice.sql;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.parser.PgParser;
import dev.sluice.parser.PgSyntaxException;
import java.util.ArrayList;
import java.util.List;

/** The statements of a piece of SQL, split and parsed by PostgreSQL's own grammar. Immutable. */
public record Script(SourceText source, List<Statement> statements) {

    public Script {
        requireNonNull(source);
        statements = List.copyOf(statements);
    }

    /** @throws SqlSyntaxException for a syntax error: place, caret, PostgreSQL's words */
    public static Script parse(PgParser parser, SourceText source) {
        return parse(parser, source, 0, source.text().length());
    }

    /** Parses a section of a file; positions are those of the file. */
    public static Script parse(PgParser parser, SourceText source, int from, int to) {
        String text = source.text().substring(from, to);
        if (text.isBlank()) {
            return new Script(source, List.of());
        }
        JsonObject tree;
        try {
            tree = JsonParser.parseString(parser.parse(text)).getAsJsonObject();
        } catch (PgSyntaxException e) {
            throw syntaxError(source, from, text, e);
        }
        Utf8Offsets offsets = new Utf8Offsets(text);
        List<Statement> statements = new ArrayList<>();
        if (tree.has("stmts")) {
            for (JsonElement item : tree.getAsJsonArray("stmts")) {
                JsonObject raw = item.getAsJsonObject();
                int begin = offsets.charOffset(
                        raw.has("stmt_location") ? raw.get("stmt_location").getAsInt() : 0);
                int end = raw.has("stmt_len")
                        ? offsets.charOffset(
                                offsets.byteOffset(begin) + raw.get("stmt_len").getAsInt())
                        : text.length();
                statements.add(statement(source, from, text, offsets, raw, begin, end));
            }
        }
        return new Script(source, statements);
    }

    private static Statement statement(
            SourceText source, int from, String text, Utf8Offsets offsets, JsonObject raw, int begin, int end) {
        List<Tokens.Token> tokens = Tokens.of(text.substring(begin, end));
        int first = tokens.isEmpty() ? begin : begin + tokens.get(0).start();
        int last =
                tokens.isEmpty() ? end : begin + tokens.get(tokens.size() - 1).end();
        return new Statement(
                Node.of(raw.get("stmt")), text.substring(first, last), source, from + first, offsets, from);
    }

    private static SqlSyntaxException syntaxError(SourceText source, int from, String text, PgSyntaxException e) {
        String words = String.valueOf(e.getMessage());
        if (e.cursor() <= 0) {
            return new SqlSyntaxException(source.file() + ": " + words, words, from);
        }
        int offset = from + text.offsetByCodePoints(0, Math.min(e.cursor() - 1, text.codePointCount(0, text.length())));
        return new SqlSyntaxException(
                source.position(offset) + ": " + words + "\n" + source.excerpt(offset)
                        + "\nNothing was run. Correct the statement and try again.",
                words,
                offset);
    }
}
