package dev.sluice.lint;

import dev.sluice.sql.Lexer;
import dev.sluice.sql.SourceText;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Edits of a script's text that mend something together. Offsets are characters of the file; edits may not overlap, and stand
 * in the order in which they were added where they begin at one place. Used by one thread.
 */
public final class Edits {

    private final SourceText source;
    private final String text;
    private final List<Finding.Fix> edits = new ArrayList<>();

    public Edits(SourceText source) {
        this.source = source;
        this.text = source.text();
    }

    public Edits replace(int start, int end, String with) {
        edits.add(new Finding.Fix(start, end, with));
        return this;
    }

    public Edits put(int at, String what) {
        return replace(at, at, what);
    }

    /** Takes a statement away, with its semicolon, and with its line if nothing else stands there. */
    public Edits delete(Statement statement) {
        int semicolon = semicolon(statement);
        return delete(statement.start(), semicolon < 0 ? statement.end() : semicolon + 1);
    }

    /** Takes text away, and its lines if nothing else stands there. */
    public Edits delete(int start, int end) {
        int line = start;
        while (line > 0 && isBlank(text.charAt(line - 1))) {
            line--;
        }
        int rest = end;
        while (rest < text.length() && isBlank(text.charAt(rest))) {
            rest++;
        }
        boolean whole = (line == 0 || text.charAt(line - 1) == '\n')
                && (rest == text.length() || text.charAt(rest) == '\n' || text.charAt(rest) == '\r');
        if (!whole) {
            return replace(start, end, "");
        }
        if (rest < text.length() && text.charAt(rest) == '\r') {
            rest++;
        }
        if (rest < text.length() && text.charAt(rest) == '\n') {
            rest++;
        }
        return replace(line, rest, "");
    }

    /** Puts a line above a statement and the comments that belong to it. */
    public Edits above(Statement statement, String line) {
        int start = lineStart(statement.start());
        String indent = text.substring(start, statement.start());
        if (!indent.isBlank()) {
            return put(statement.start(), line + "\n");
        }
        while (start > statement.parsedFrom()) {
            int previous = lineStart(start - 1);
            String comment = text.substring(previous, start).strip();
            if (previous < statement.parsedFrom() || !comment.startsWith("--") || comment.startsWith("-->")) {
                break;
            }
            start = previous;
        }
        return put(start, indent + line + "\n");
    }

    /** Puts a statement before one, above the comments that belong to that. */
    public Edits before(Statement statement, String sql) {
        return above(statement, sql + ";");
    }

    /** Puts a statement after one, below what stands behind it in its line. */
    public Edits after(Statement statement, String sql) {
        int start = lineStart(statement.start());
        String indent = text.substring(start, statement.start());
        String line = "\n" + (indent.isBlank() ? indent : "") + sql;
        int semicolon = semicolon(statement);
        if (semicolon < 0) {
            return put(statement.end(), ";" + line);
        }
        int end = semicolon + 1;
        while (end < text.length() && isBlank(text.charAt(end))) {
            end++;
        }
        if (text.startsWith("--", end)) {
            while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
                end++;
            }
        } else {
            end = semicolon + 1;
        }
        return put(end, line + ";");
    }

    /** One replacement for all edits; empty if there are none. */
    public Optional<Finding.Fix> fix() {
        if (edits.isEmpty()) {
            return Optional.empty();
        }
        List<Finding.Fix> sorted = new ArrayList<>(edits);
        sorted.sort(Comparator.comparingInt(Finding.Fix::start).thenComparingInt(Finding.Fix::end));
        int start = sorted.get(0).start();
        int at = start;
        StringBuilder mended = new StringBuilder();
        for (Finding.Fix edit : sorted) {
            if (edit.start() < at) {
                throw new IllegalStateException(source.position(edit.start()) + ": edits overlap");
            }
            mended.append(text, at, edit.start()).append(edit.text());
            at = edit.end();
        }
        return Optional.of(new Finding.Fix(start, at, mended.toString()));
    }

    /** Negative for the last statement of a script, which may have none. */
    private int semicolon(Statement statement) {
        int end = statement.end();
        Lexer lexer = new Lexer(text.substring(end, Math.min(text.length(), end + 4096)));
        for (Lexer.Kind kind = lexer.next(); kind != Lexer.Kind.END; kind = lexer.next()) {
            if (kind == Lexer.Kind.SEMICOLON) {
                return end + lexer.start();
            }
            if (kind != Lexer.Kind.LINE_COMMENT && kind != Lexer.Kind.BLOCK_COMMENT) {
                return -1;
            }
        }
        return -1;
    }

    private int lineStart(int offset) {
        int at = offset;
        while (at > 0 && text.charAt(at - 1) != '\n') {
            at--;
        }
        return at;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
