package dev.sluice.cli;

import dev.sluice.cli.render.Style;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Makes what a name, a row or a message of the server could do to a terminal visible instead: control characters, and
 * those that change the direction of text. Where there are colours, colours are all that such a text can still set.
 */
final class Visible {
    private static final Pattern UNSEEN =
            Pattern.compile("[\\p{Cc}\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069&&[^\\n\\t]]");
    private static final Pattern UNSEEN_BUT_COLOURS =
            Pattern.compile("(?!\u001b\\[[0-9]{1,2}m)[\\p{Cc}\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069&&[^\\n\\t]]");

    private Visible() {}

    static String of(String text, Style style) {
        Pattern pattern = style == Style.PLAIN ? UNSEEN : UNSEEN_BUT_COLOURS;
        return pattern.matcher(text)
                .replaceAll(match -> String.format(
                        Locale.ROOT, "<U+%04X>", (int) match.group().charAt(0)));
    }
}
