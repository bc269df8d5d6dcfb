package dev.sluice.sql;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonReader;
import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.parser.PgParser;
import dev.sluice.parser.PgSyntaxException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

/** The statements of a piece of SQL, split and parsed by PostgreSQL's own grammar. Immutable. */
public record Script(SourceText source, List<Statement> statements) {

    public Script {
        requireNonNull(source);
        statements = List.copyOf(statements);
    }

    /** Levels of the tree; each operator of {@code a || b || c} takes three. The tree is walked recursively. */
    private static final int DEEPEST = 1500;

    private static JsonObject read(String json) {
        JsonReader reader = new JsonReader(new StringReader(json));
        reader.setNestingLimit(DEEPEST);
        return JsonParser.parseReader(reader).getAsJsonObject();
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
        CommentRuns.tooLong(text).ifPresent(at -> {
            throw new SluiceException(
                    ExitCode.VALIDATION,
                    source.position(from + at)
                            + ": comments begin here thousands of times in a row, which PostgreSQL's scanner"
                            + " would take minutes to read.\nNothing was run. Take them out.");
        });
        JsonObject tree;
        try {
            tree = read(parser.parse(text));
        } catch (PgSyntaxException e) {
            throw syntaxError(source, from, text, e);
        } catch (JsonParseException tooDeep) {
            throw new SluiceException(
                    ExitCode.VALIDATION,
                    source.position(from) + ": an expression here is nested more than " + DEEPEST
                            + " levels deep, which is more than Sluice reads.\nNothing was run. Write it flatter, for example"
                            + " with concat(…) for a || b || …",
                    tooDeep);
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
