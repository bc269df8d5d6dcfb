package dev.sluice.parser;

/** The text is not valid SQL for PostgreSQL's grammar. The message is PostgreSQL's own, unchanged. */
public final class PgSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int cursor;

    PgSyntaxException(String message, int cursor) {
        super(message);
        this.cursor = cursor;
    }

    /** Where PostgreSQL points: 1-based, counted in characters (code points) of the text given; 0 if it points nowhere. */
    public int cursor() {
        return cursor;
    }
}
