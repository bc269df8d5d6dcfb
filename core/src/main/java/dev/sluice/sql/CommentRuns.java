package dev.sluice.sql;

import java.util.OptionalInt;

/**
 * Text that PostgreSQL's scanner takes minutes for: inside of a comment it reads a run of operator characters anew at each
 * slash and star in it ({@code scan.l}, rule {@code xcstart}), so that 200 kB of them are 10,000,000,000 steps. Pure.
 */
final class CommentRuns {

    private static final String OPERATOR_CHARACTERS = "~!@#^&|`?+-*/%<>=";

    /** Steps of the scanner; it takes some nanoseconds each. */
    private static final long MOST_STEPS = 20_000_000;

    private CommentRuns() {}

    /** Where the first run begins that takes too long; empty for any text that a person has written. Linear in the text. */
    static OptionalInt tooLong(String text) {
        int start = 0;
        long comments = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (OPERATOR_CHARACTERS.indexOf(c) < 0) {
                start = i + 1;
                comments = 0;
            } else if (c == '*' && i > start && text.charAt(i - 1) == '/') {
                comments++;
                if (comments * (i - start) > MOST_STEPS) {
                    return OptionalInt.of(start);
                }
            }
        }
        return OptionalInt.empty();
    }
}
