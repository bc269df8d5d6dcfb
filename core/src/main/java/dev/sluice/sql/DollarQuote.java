package dev.sluice.sql;

/**
 * The body of a DO block or a function as a dollar-quoted string. Names, expressions and scripts stand in such bodies, and
 * may contain any tag themselves: the tag is one that the body does not contain. Pure.
 *
 * <p>Rules: PostgreSQL documentation, "Lexical Structure", Dollar-Quoted String Constants.
 */
public final class DollarQuote {

    private static final String TAG = "$sluice";

    private DollarQuote() {}

    /** The body on lines of its own, between two tags. */
    public static String of(String body) {
        String tag = TAG;
        for (int i = 1; body.contains(tag); i++) {
            tag = TAG + i;
        }
        return tag + "$\n" + body + "\n" + tag + "$";
    }
}
