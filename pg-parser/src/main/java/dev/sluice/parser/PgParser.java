package dev.sluice.parser;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PostgreSQL's own grammar (libpg_query 18). Thread-safe; calls of several threads queue up behind one another.
 *
 * <p>All locations in the trees are byte offsets in the text's UTF-8 form. {@code stmt_location} is that of the statement's first
 * token, behind the comments before it, and left out if it is 0 (measured; older grammars began behind the last semicolon). The text must not contain U+0000, which PostgreSQL
 * cannot store either.
 */
public final class PgParser implements AutoCloseable {
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{16}");
    private static final Pattern NEAR = Pattern.compile(" at or near \"(.*)\"\\z", Pattern.DOTALL);

    private final GrammarThread grammar = new GrammarThread(GrammarThread.STACK_BYTES);

    /** Cheap: the grammar is loaded at first use. */
    public PgParser() {}

    /** Begins to load the grammar, which takes a while, and returns at once: for who knows that it will be needed soon. */
    public void load() {
        grammar.load();
    }

    /**
     * Parses SQL text.
     *
     * @return libpg_query's JSON: {@code {"version":..,"stmts":[{"stmt":{...},"stmt_location":n,"stmt_len":n}]}}; zero values are
     *     left out; no statements for a text of white space and comments
     * @throws PgSyntaxException if PostgreSQL would reject the text
     */
    public String parse(String sql) throws PgSyntaxException {
        byte[] text = utf8(sql);
        return grammar.call(pg -> pg.parse(text));
    }

    /**
     * Parses the body of a {@code CREATE FUNCTION ... LANGUAGE plpgsql AS '...'} or {@code DO} statement.
     *
     * @return libpg_query's JSON: {@code {"plpgsql_funcs":[...]}}
     * @throws PgSyntaxException if PostgreSQL would reject the statement or the body, or if the function has no body in a string
     */
    public String parsePlpgsql(String createFunctionSql) throws PgSyntaxException {
        byte[] text = utf8(createFunctionSql);
        try {
            return grammar.call(pg -> {
                pg.parse(text);
                String answer = pg.text("wasm_parse_plpgsql", text);
                if (!answer.startsWith("{")) {
                    throw new PgSyntaxException(answer, 0);
                }
                return answer;
            });
        } catch (GrammarFailure e) {
            // libpg_query asserts that there is one
            throw new PgSyntaxException("the function has no body in a string", 0);
        }
    }

    /**
     * A hash (16 hexadecimal digits) of the statements that ignores literals, white space and comments.
     *
     * @throws PgSyntaxException if PostgreSQL would reject the text
     */
    public String fingerprint(String sql) throws PgSyntaxException {
        byte[] text = utf8(sql.isEmpty() ? " " : sql);
        return grammar.call(pg -> {
            String answer = pg.text("wasm_fingerprint", text);
            if (!FINGERPRINT.matcher(answer).matches()) {
                pg.parse(text); // has the same message, and a cursor
                throw new PgSyntaxException(answer, 0);
            }
            return answer;
        });
    }

    /**
     * Splits SQL text into tokens; works on text that does not parse.
     *
     * @throws PgSyntaxException if a quote or a comment is not closed, or an escape or a number is malformed
     */
    public List<PgToken> scan(String sql) throws PgSyntaxException {
        byte[] text = utf8(sql);
        String answer = sql.isEmpty() ? "" : grammar.call(pg -> pg.text("wasm_scan", text));
        if (!answer.isEmpty() && !answer.startsWith("{")) {
            throw new PgSyntaxException(answer, cursor(answer, sql));
        }
        return ScanReader.read(answer, text);
    }

    /** The scanner reports no position, but quotes the rest of the text. */
    private static int cursor(String message, String sql) {
        Matcher near = NEAR.matcher(message);
        return near.find() && sql.endsWith(near.group(1))
                ? sql.codePointCount(0, sql.length() - near.group(1).length()) + 1
                : 0;
    }

    /** Frees the grammar's memory. Later calls fail with {@link IllegalStateException}. */
    @Override
    public void close() {
        grammar.close();
    }

    private static byte[] utf8(String sql) throws PgSyntaxException {
        int nul = sql.indexOf('\0');
        if (nul >= 0) {
            // C would silently take the text to end here
            throw new PgSyntaxException(
                    "invalid byte sequence for encoding \"UTF8\": 0x00", sql.codePointCount(0, nul) + 1);
        }
        return sql.getBytes(StandardCharsets.UTF_8);
    }
}
