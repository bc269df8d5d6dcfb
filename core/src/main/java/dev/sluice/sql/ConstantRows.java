package dev.sluice.sql;

/**
 * Recognises {@code INSERT INTO t (a, b) VALUES (1, 'x'), (2, 'y')…} with nothing but plain constants in it, and nothing behind
 * the rows. What it does not know for sure it does not recognise: then the parser has to read it. Pure; linear in the text.
 */
final class ConstantRows {

    private final String text;
    private final int end;
    private int at;

    private ConstantRows(String text, int begin, int end) {
        this.text = text;
        this.at = begin;
        this.end = end;
    }

    /**
     * Where the first of several rows ends, behind its bracket; −1 for any other statement.
     *
     * @param begin where the statement begins
     * @param end where it ends, without its semicolon
     */
    static int endOfFirst(String text, int begin, int end) {
        ConstantRows rows = new ConstantRows(text, begin, end);
        if (!rows.head() || !rows.row()) {
            return -1;
        }
        int first = rows.at;
        int more = 0;
        rows.space();
        while (rows.takes(',')) {
            rows.space();
            if (!rows.row()) {
                return -1;
            }
            more++;
            rows.space();
        }
        return more > 0 && rows.at == end ? first : -1;
    }

    /** Up to VALUES: a name and columns, whatever they are, without comments and strings. The parser reads it in any case. */
    private boolean head() {
        if (!word("INSERT")) {
            return false;
        }
        int depth = 0;
        while (at < end) {
            char c = text.charAt(at);
            if (c == '"') {
                at = text.indexOf('"', at + 1) + 1;
                if (at == 0) {
                    return false;
                }
            } else if (depth == 0 && word("VALUES")) {
                space();
                return true;
            } else if (isWordPart(c)) {
                skipWord();
            } else if (c == '(' || c == ')') {
                depth += c == '(' ? 1 : -1;
                at++;
            } else if (c == '.' || c == ',' || isSpace(c)) {
                at++;
            } else {
                return false;
            }
        }
        return false;
    }

    private boolean row() {
        if (!takes('(')) {
            return false;
        }
        do {
            space();
            if (!constant()) {
                return false;
            }
            space();
        } while (takes(','));
        return takes(')');
    }

    private boolean constant() {
        if (at >= end) {
            return false;
        }
        char c = text.charAt(at);
        if (c == '\'') {
            return string();
        }
        return isDigit(c) || c == '-' ? number() : word("NULL") || word("TRUE") || word("FALSE");
    }

    /** A plain one: a backslash in it is a backslash. What follows it decides whether it goes on elsewhere; only a comma or a bracket may. */
    private boolean string() {
        int closing = text.indexOf('\'', at + 1);
        while (closing >= 0 && closing + 1 < end && text.charAt(closing + 1) == '\'') {
            closing = text.indexOf('\'', closing + 2);
        }
        if (closing < 0 || closing >= end) {
            return false;
        }
        at = closing + 1;
        return true;
    }

    private boolean number() {
        if (text.charAt(at) == '-') {
            at++;
        }
        int digits = digits();
        if (digits > 0 && at < end && text.charAt(at) == '.') {
            at++;
            digits = digits();
        }
        return digits > 0 && (at >= end || !isWordPart(text.charAt(at)));
    }

    private int digits() {
        int from = at;
        while (at < end && isDigit(text.charAt(at))) {
            at++;
        }
        return at - from;
    }

    /** Takes a keyword, in any case. */
    private boolean word(String keyword) {
        int behind = at + keyword.length();
        if (behind > end
                || !text.regionMatches(true, at, keyword, 0, keyword.length())
                || behind < end && isWordPart(text.charAt(behind))) {
            return false;
        }
        at = behind;
        return true;
    }

    private void skipWord() {
        while (at < end && isWordPart(text.charAt(at))) {
            at++;
        }
    }

    private boolean takes(char c) {
        if (at < end && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void space() {
        while (at < end && isSpace(text.charAt(at))) {
            at++;
        }
    }

    /** What PostgreSQL's scanner takes for white space. */
    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\u000b';
    }

    private static boolean isWordPart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || c == '_' || c == '$' || c >= 0x80;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
