package dev.sluice.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Cuts a script at semicolons into portions for the parser, whose memory and whose answer grow with what it gets at once.
 *
 * <p>What a portion means does not depend on what follows: a grammar that is read from left to right and that takes a text which
 * ends with a semicolon as complete has ended its statement there. Where a semicolon stands within a statement (in the body of a
 * function, in a rule), the parser misses the end, and the portion has to be extended.
 *
 * <p>A cursor; used by one thread.
 */
final class Portions {

    /** Characters: small beside what the parser needs anyway, and large beside what a call costs. */
    private static final int SIZE = 1 << 16;

    /** An INSERT shorter than this is not worth a look. */
    private static final int SHORT = 120;

    private final String text;
    private final int base;
    private final boolean outline;
    private final Lexer lexer;

    private final StringBuilder gathered = new StringBuilder();
    private final List<Portion.Stretch> stretches = new ArrayList<>();
    /** How far the text has been gathered or left out. */
    private int read;

    private int limit = SIZE;
    private boolean again;

    /** @param outline whether rows of constants are left out but for the first */
    Portions(String file, int from, int to, boolean outline) {
        this.text = file.substring(from, to);
        this.base = from;
        // within the body of a function, places would not be found again
        this.outline = outline
                && text.length() > SHORT
                && !text.toLowerCase(Locale.ROOT).contains("atomic");
        this.lexer = new Lexer(text);
    }

    /** Where comments begin that the parser would take minutes for, in characters of the file. */
    OptionalInt commentsTooLong() {
        OptionalInt at = CommentRuns.tooLong(text);
        return at.isPresent() ? OptionalInt.of(base + at.getAsInt()) : at;
    }

    /** Moves on to the next portion, or to the same with more of what follows. */
    boolean next() {
        if (!again) {
            gathered.setLength(0);
            stretches.clear();
            limit = SIZE;
        }
        again = false;
        if (!outline && read == 0 && text.length() <= SIZE) {
            read = text.length();
            gather(0, read, -1);
        }
        while (read < text.length() && gathered.length() < limit) {
            statement();
        }
        return !gathered.toString().isBlank();
    }

    Portion current() {
        return new Portion(gathered.toString(), stretches);
    }

    /** Whether nothing follows. */
    boolean isLast() {
        return read == text.length();
    }

    /** Has {@link #next} come with the same portion and as much again. */
    void extend() {
        again = true;
        limit = gathered.length() * 2;
    }

    /** Reads to the next semicolon. */
    private void statement() {
        int begin = -1;
        Lexer.Kind kind = lexer.next();
        while (kind != Lexer.Kind.END && kind != Lexer.Kind.SEMICOLON) {
            if (begin < 0 && kind != Lexer.Kind.LINE_COMMENT && kind != Lexer.Kind.BLOCK_COMMENT) {
                begin = lexer.start();
            }
            kind = lexer.next();
        }
        int end = kind == Lexer.Kind.END ? text.length() : lexer.start();
        int next = kind == Lexer.Kind.END ? text.length() : lexer.end();
        int firstRow = outline && begin >= 0 && end - begin > SHORT ? ConstantRows.endOfFirst(text, begin, end) : -1;
        if (firstRow >= 0) {
            gather(read, firstRow, end);
            gathered.append(text, end, next);
        } else {
            gather(read, next, -1);
        }
        read = next;
    }

    private void gather(int from, int to, int end) {
        boolean goesOn = end < 0
                && !stretches.isEmpty()
                && stretches.get(stretches.size() - 1).end() < 0;
        if (!goesOn) {
            stretches.add(new Portion.Stretch(gathered.length(), base + from, end < 0 ? -1 : base + end));
        }
        gathered.append(text, from, to);
    }
}
