package dev.sluice.sql;

import java.util.Arrays;
import java.util.Objects;

/**
 * The text of one file under the name its user knows it by. Offsets are indexes into {@link #text()} (UTF-16 units);
 * an offset equal to the length stands for the end. Lines end at LF, CRLF or a lone CR. Immutable and thread-safe.
 */
public final class SourceText {
    private static final int EXCERPT_CODE_POINTS = 160;

    private final String file;
    private final String text;

    /** Found on first use, since most files never need a position. A race computes the same array twice, no more. */
    private volatile int[] lineStarts = {};

    public SourceText(String file, String text) {
        this.file = Objects.requireNonNull(file, "file");
        this.text = Objects.requireNonNull(text, "text");
    }

    /** The name of the file as the user gave it, relative if it was given so. */
    public String file() {
        return file;
    }

    /** The whole text, without a byte order mark. */
    public String text() {
        return text;
    }

    /** @throws IndexOutOfBoundsException if the offset is not within the text or at its end */
    public Position position(int charOffset) {
        int line = lineOf(charOffset);
        int start = lineStarts()[line];
        return new Position(file, line + 1, text.codePointCount(start, charOffset) + 1);
    }

    /**
     * The line at the offset and below it a caret pointing at the offset, without a line end at the end. Very long
     * lines are cut around the offset; tabs become one space, so that the caret stands where it should. Passwords
     * are left out.
     */
    public String excerpt(int charOffset) {
        int start = lineStarts()[lineOf(charOffset)];
        int end = start;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        int at = Math.min(charOffset, end);
        int from = text.codePointCount(start, at) <= EXCERPT_CODE_POINTS / 2
                ? start
                : text.offsetByCodePoints(at, -EXCERPT_CODE_POINTS / 2);
        int to = text.codePointCount(from, end) <= EXCERPT_CODE_POINTS
                ? end
                : text.offsetByCodePoints(from, EXCERPT_CODE_POINTS);
        String head = from > start ? "…" : "";
        String tail = to < end ? "…" : "";
        String gutter = (lineOf(charOffset) + 1) + " | ";
        int caret = gutter.length() + head.length() + text.codePointCount(from, at);
        return Secrets.hidden(gutter + head + printable(text.substring(from, to)) + tail) + "\n" + " ".repeat(caret)
                + "^";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SourceText that && file.equals(that.file) && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return 31 * file.hashCode() + text.hashCode();
    }

    @Override
    public String toString() {
        return file + " (" + text.length() + " characters)";
    }

    private int lineOf(int charOffset) {
        Objects.checkIndex(charOffset, text.length() + 1);
        int found = Arrays.binarySearch(lineStarts(), charOffset);
        return found >= 0 ? found : -found - 2;
    }

    private int[] lineStarts() {
        if (lineStarts.length == 0) {
            int[] starts = new int[16];
            int count = 1;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                boolean crOfCrlf = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
                if (c == '\n' || c == '\r' && !crOfCrlf) {
                    starts = count == starts.length ? Arrays.copyOf(starts, count * 2) : starts;
                    starts[count++] = i + 1;
                }
            }
            lineStarts = Arrays.copyOf(starts, count);
        }
        return lineStarts;
    }

    private static String printable(String line) {
        StringBuilder shown = new StringBuilder(line.length());
        line.codePoints().forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return shown.toString();
    }
}
