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
        return parse(parser, source, new Portions(source.text(), from, to, false));
    }

    /**
     * The same, where the tree of an INSERT that puts nothing but constants into a table has its first row alone: who wants to
     * know what statements do to tables needs no more, and a dump has millions of rows. Where labels are added to an enum type
     * each constant may be one, and nothing is left out.
     */
    public static Script outline(PgParser parser, SourceText source, int from, int to) {
        Script outline = parse(parser, source, new Portions(source.text(), from, to, true));
        return outline.statements().stream().anyMatch(s -> s.type().equals("AlterEnumStmt"))
                ? parse(parser, source, from, to)
                : outline;
    }

    /** A portion that ends too early, which semicolons within a statement can make it do, is parsed once more with what follows. */
    private static Script parse(PgParser parser, SourceText source, Portions portions) {
        portions.commentsTooLong().ifPresent(at -> {
            throw new SluiceException(
                    ExitCode.VALIDATION,
                    source.position(at)
                            + ": comments begin here thousands of times in a row, which PostgreSQL's scanner"
                            + " would take minutes to read.\nNothing was run. Take them out.");
        });
        List<Statement> statements = new ArrayList<>();
        while (portions.next()) {
            Portion portion = portions.current();
            try {
                statements(source, portion, read(parser.parse(portion.text())), statements);
            } catch (PgSyntaxException e) {
                if (!portions.isLast() && endsTooEarly(e)) {
                    portions.extend();
                } else {
                    throw syntaxError(source, portion, e);
                }
            } catch (JsonParseException tooDeep) {
                throw new SluiceException(
                        ExitCode.VALIDATION,
                        source.position(portion.place(0)) + ": an expression here is nested more than " + DEEPEST
                                + " levels deep, which is more than Sluice reads.\nNothing was run. Write it flatter, for example"
                                + " with concat(…) for a || b || …",
                        tooDeep);
            }
        }
        return new Script(source, statements);
    }

    /** The words of PostgreSQL's scanner and parser for a text that lacks its end. */
    private static boolean endsTooEarly(PgSyntaxException e) {
        String words = String.valueOf(e.getMessage());
        return words.contains("at end of input") || words.startsWith("unterminated");
    }

    private static void statements(SourceText source, Portion portion, JsonObject tree, List<Statement> into) {
        if (!tree.has("stmts")) {
            return;
        }
        Utf8Offsets offsets = new Utf8Offsets(portion.text());
        for (JsonElement item : tree.getAsJsonArray("stmts")) {
            JsonObject raw = item.getAsJsonObject();
            int begin = offsets.charOffset(
                    raw.has("stmt_location") ? raw.get("stmt_location").getAsInt() : 0);
            int end = raw.has("stmt_len")
                    ? offsets.charOffset(
                            offsets.byteOffset(begin) + raw.get("stmt_len").getAsInt())
                    : portion.text().length();
            int start = portion.place(begin);
            String sql = source.text().substring(start, lastToken(source.text(), start, portion.end(begin, end)));
            into.add(new Statement(Node.of(raw.get("stmt")), sql, source, start, offsets, start - begin));
        }
    }

    /** Behind the last token of a statement: comments and white space may follow it. */
    private static int lastToken(String text, int begin, int end) {
        int last = end;
        String statement = text.substring(begin, end);
        if (statement.contains("--") || statement.contains("/*")) {
            Lexer lexer = new Lexer(statement);
            last = begin;
            for (Lexer.Kind kind = lexer.next(); kind != Lexer.Kind.END; kind = lexer.next()) {
                if (kind != Lexer.Kind.LINE_COMMENT && kind != Lexer.Kind.BLOCK_COMMENT) {
                    last = begin + lexer.end();
                }
            }
        }
        while (last > begin && Character.isWhitespace(text.charAt(last - 1))) {
            last--;
        }
        return last;
    }

    private static SqlSyntaxException syntaxError(SourceText source, Portion portion, PgSyntaxException e) {
        String words = String.valueOf(e.getMessage());
        if (e.cursor() <= 0) {
            return new SqlSyntaxException(source.file() + ": " + words, words, portion.place(0));
        }
        String text = portion.text();
        int offset = portion.place(
                text.offsetByCodePoints(0, Math.min(e.cursor() - 1, text.codePointCount(0, text.length()))));
        return new SqlSyntaxException(
                source.position(offset) + ": " + words + "\n" + source.excerpt(offset)
                        + "\nNothing was run. Correct the statement and try again.",
                words,
                offset);
    }
}
