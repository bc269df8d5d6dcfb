package dev.sluice.parser;

import java.util.Objects;

/**
 * One token of PostgreSQL's scanner, comments included, white space not.
 *
 * @param start offset of the first byte of the token in the text's UTF-8 form
 * @param end offset after its last byte
 * @param text the token as written
 * @param kind the scanner's name for it, for example {@code IDENT}, {@code SCONST}, {@code SQL_COMMENT}, {@code C_COMMENT},
 *     {@code ASCII_59} for a semicolon, {@code OPERATOR}, or one of {@code RESERVED_KEYWORD}, {@code UNRESERVED_KEYWORD}, {@code COL_NAME_KEYWORD},
 *     {@code TYPE_FUNC_NAME_KEYWORD}
 */
public record PgToken(int start, int end, String text, String kind) {
    /** Refuses offsets that do not describe a range. */
    public PgToken {
        Objects.requireNonNull(text);
        Objects.requireNonNull(kind);
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("token range " + start + ".." + end);
        }
    }
}
