package dev.sluice.sql;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;

/** PostgreSQL's parser does not take a script. */
public final class SqlSyntaxException extends SluiceException {
    private static final long serialVersionUID = 1L;

    private final String words;
    private final int offset;

    SqlSyntaxException(String message, String words, int offset) {
        super(ExitCode.VALIDATION, message);
        this.words = words;
        this.offset = offset;
    }

    /** PostgreSQL's own words, without the place. */
    public String words() {
        return words;
    }

    /** Where, in characters of the file; the start of the script when PostgreSQL does not say. */
    public int offset() {
        return offset;
    }
}
