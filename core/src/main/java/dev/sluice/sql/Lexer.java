package dev.sluice.sql;

import java.util.Objects;

/**
 * Tells code, strings and comments of a PostgreSQL script apart, and no more: enough to find comments, markers and psql
 * commands in a script that need not be valid. Statements are split by the real parser, not here. Follows the
 * PostgreSQL documentation, "Lexical Structure", with {@code standard_conforming_strings} on: nested block comments,
 * dollar quotes, {@code E''} strings and their continuation on the next line.
 *
 * <p>A cursor: {@link #next()} moves to the next token, and the other methods describe it. Whatever has no end runs to
 * the end of the text. Not thread-safe; linear in the text.
 */
public final class Lexer {
    /** What a token is. White space belongs to no token, or lies inside {@link #CODE}. */
    public enum Kind {
        /** A run of anything else, up to the next token of another kind. */
        CODE,
        SEMICOLON,
        STRING,
        DOLLAR_STRING,
        QUOTED_IDENTIFIER,
        /** Without its line end. */
        LINE_COMMENT,
        BLOCK_COMMENT,
        /** A backslash outside strings and comments, to the end of its line: no SQL, but a command for psql. */
        META_COMMAND,
        END
    }

    private final String text;
    private int start;
    private int end;
    private boolean terminated = true;

    public Lexer(String text) {
        this.text = Objects.requireNonNull(text, "text");
    }

    /** First character of the current token. */
    public int start() {
        return start;
    }

    /** Behind the last character of the current token. */
    public int end() {
        return end;
    }

    /** False if the text ended before the current string, quoted identifier or block comment did. */
    public boolean terminated() {
        return terminated;
    }

    /** Moves on; at the end of the text the answer is {@link Kind#END}, again and again. */
    public Kind next() {
        terminated = true;
        start = end;
        while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        end = start;
        if (start == text.length()) {
            return Kind.END;
        }
        Kind special = special(start);
        if (special != Kind.CODE) {
            end = endOf(special);
            return special;
        }
        while (end < text.length() && special(end) == Kind.CODE) {
            end = isIdentifierPart(text.charAt(end)) ? endOfWord(end) : end + 1;
            if (opensEscapeString()) {
                break;
            }
        }
        if (opensEscapeString() && end - 1 == start) {
            end = endOfEscapeString(end);
            return Kind.STRING;
        }
        if (opensEscapeString()) {
            end--;
        }
        return Kind.CODE;
    }

    private Kind special(int at) {
        return switch (text.charAt(at)) {
            case ';' -> Kind.SEMICOLON;
            case '\'' -> Kind.STRING;
            case '"' -> Kind.QUOTED_IDENTIFIER;
            case '\\' -> Kind.META_COMMAND;
            case '-' -> text.startsWith("--", at) ? Kind.LINE_COMMENT : Kind.CODE;
            case '/' -> text.startsWith("/*", at) ? Kind.BLOCK_COMMENT : Kind.CODE;
            case '$' -> endOfDollarTag(at) > 0 ? Kind.DOLLAR_STRING : Kind.CODE;
            default -> Kind.CODE;
        };
    }

    private int endOf(Kind kind) {
        return switch (kind) {
            case SEMICOLON -> start + 1;
            case STRING -> endOfQuoted('\'');
            case QUOTED_IDENTIFIER -> endOfQuoted('"');
            case DOLLAR_STRING -> endOfDollarString();
            case LINE_COMMENT, META_COMMAND -> endOfLine();
            case BLOCK_COMMENT -> endOfBlockComment();
            case CODE, END -> throw new IllegalStateException("no end of its own: " + kind);
        };
    }

    private int endOfLine() {
        int at = start;
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
        return at;
    }

    /** A doubled quote stands for one, within. */
    private int endOfQuoted(char quote) {
        int closing = text.indexOf(quote, start + 1);
        while (closing >= 0 && closing + 1 < text.length() && text.charAt(closing + 1) == quote) {
            closing = text.indexOf(quote, closing + 2);
        }
        terminated = closing >= 0;
        return terminated ? closing + 1 : text.length();
    }

    private int endOfDollarString() {
        int tagEnd = endOfDollarTag(start);
        String tag = text.substring(start, tagEnd);
        int closing = text.indexOf(tag, tagEnd);
        terminated = closing >= 0;
        return terminated ? closing + tag.length() : text.length();
    }

    private int endOfBlockComment() {
        int depth = 1;
        int at = start + 2;
        while (at < text.length() && depth > 0) {
            if (text.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        }
        terminated = depth == 0;
        return at;
    }

    /** Behind the {@code $tag$} that opens a dollar quote here, or -1: {@code $1} is a parameter. */
    private int endOfDollarTag(int dollar) {
        int at = dollar + 1;
        while (at < text.length() && text.charAt(at) != '$') {
            boolean first = at == dollar + 1;
            if (!isIdentifierPart(text.charAt(at)) || first && isDigit(text.charAt(at))) {
                return -1;
            }
            at++;
        }
        return at < text.length() ? at + 1 : -1;
    }

    /** A dollar sign inside a word is part of it and opens nothing. */
    private int endOfWord(int at) {
        int behind = at + 1;
        while (behind < text.length() && (isIdentifierPart(text.charAt(behind)) || text.charAt(behind) == '$')) {
            behind++;
        }
        return behind;
    }

    /** Whether what was read last is the word E, directly before a quote. */
    private boolean opensEscapeString() {
        return end > start
                && end < text.length()
                && text.charAt(end) == '\''
                && (text.charAt(end - 1) == 'e' || text.charAt(end - 1) == 'E')
                && (end - 1 == start || !isWordPart(text.charAt(end - 2)));
    }

    private int endOfEscapeString(int quote) {
        int at = quote + 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\') {
                at += 2;
            } else if (c == '\'' && text.startsWith("''", at)) {
                at += 2;
            } else if (c == '\'') {
                int continued = continuation(at + 1);
                if (continued < 0) {
                    return at + 1;
                }
                at = continued + 1;
            } else {
                at++;
            }
        }
        terminated = false;
        return text.length();
    }

    /** The quote that goes on with the string on a later line, or -1; line comments may stand in between. */
    private int continuation(int from) {
        boolean newline = false;
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n' || c == '\r') {
                newline = true;
                at++;
            } else if (Character.isWhitespace(c)) {
                at++;
            } else if (newline && text.startsWith("--", at)) {
                while (at < text.length() && text.charAt(at) != '\n') {
                    at++;
                }
            } else {
                return c == '\'' && newline ? at : -1;
            }
        }
        return -1;
    }

    private static boolean isWordPart(char c) {
        return isIdentifierPart(c) || c == '$';
    }

    private static boolean isIdentifierPart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || c == '_' || c >= 0x80;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
