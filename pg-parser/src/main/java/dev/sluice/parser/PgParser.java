package dev.sluice.parser;

import java.util.List;

/**
 * PostgreSQL's own grammar (libpg_query 18). Thread-safe.
 *
 * <p>All locations in the trees are byte offsets in the text's UTF-8 form.
 */
public final class PgParser implements AutoCloseable {

    /** Cheap: the grammar is loaded at first use. */
    public PgParser() {}

    /** Parses SQL text: {@code {"version":..,"stmts":[{"stmt":{...},"stmt_location":n,"stmt_len":n}]}}. */
    public String parse(String sql) throws PgSyntaxException {
        throw new UnsupportedOperationException("not landed yet");
    }

    /** Parses the body of a {@code CREATE FUNCTION ... LANGUAGE plpgsql AS '...'} statement or a {@code DO} block. */
    public String parsePlpgsql(String createFunctionSql) throws PgSyntaxException {
        throw new UnsupportedOperationException("not landed yet");
    }

    /** A hash of the statements that ignores literals, white space and comments. */
    public String fingerprint(String sql) throws PgSyntaxException {
        throw new UnsupportedOperationException("not landed yet");
    }

    /** Splits SQL text into tokens; works on text that does not parse. */
    public List<PgToken> scan(String sql) throws PgSyntaxException {
        throw new UnsupportedOperationException("not landed yet");
    }

    /** Frees the grammar's memory. */
    @Override
    public void close() {}
}
