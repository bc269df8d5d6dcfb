package dev.sluice.parser;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * PostgreSQL's own grammar (libpg_query 18). Thread-safe; calls of several threads queue up behind one another.
 *
 * <p>All locations in the trees are byte offsets in the text's UTF-8 form. The text must not contain U+0000, which PostgreSQL
 * cannot store either.
 */
public final class PgParser implements AutoCloseable {
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{16}");

    private final GrammarThread grammar = new GrammarThread();

    /** Cheap: the grammar is loaded at first use. */
    public PgParser() {}

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
        return grammar.call(pg -> {
            pg.parse(text);
            String answer = pg.text("wasm_parse_plpgsql", text);
            if (!answer.startsWith("{")) {
                throw new PgSyntaxException(answer, 0);
            }
            return answer;
        });
    }

    /** A hash (16 hexadecimal digits) of the statements that ignores literals, white space and comments. */
    public String fingerprint(String sql) throws PgSyntaxException {
        byte[] text = utf8(sql);
        return grammar.call(pg -> {
            String answer = pg.text("wasm_fingerprint", text);
            if (!FINGERPRINT.matcher(answer).matches()) {
                pg.parse(text);
                throw new PgSyntaxException(answer, 0);
            }
            return answer;
        });
    }

    /** Splits SQL text into tokens; works on text that does not parse, as long as every quote is closed. */
    public List<PgToken> scan(String sql) throws PgSyntaxException {
        byte[] text = utf8(sql);
        String answer = grammar.call(pg -> {
            String tokens = pg.text("wasm_scan", text);
            if (!tokens.startsWith("{")) {
                pg.parse(text);
                throw new PgSyntaxException(tokens, 0);
            }
            return tokens;
        });
        return ScanReader.read(answer, text);
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
            throw new PgSyntaxException("invalid byte sequence for encoding \"UTF8\": 0x00", sql.codePointCount(0, nul) + 1);
        }
        return sql.getBytes(StandardCharsets.UTF_8);
    }
}
