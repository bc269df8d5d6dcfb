package dev.sluice.lab.rows;

import dev.sluice.sql.Tokens;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads default expressions. */
public final class DefaultText {

    /** Words that a bracket follows in the name of a type. */
    private static final Set<String> TYPES = Set.of(
            "varying", "character", "char", "numeric", "bit", "timestamp", "time", "interval", "varchar", "bpchar");

    private DefaultText() {}

    /** Whether it may give another value each time: it calls something, or asks for the time or the user. */
    public static boolean callsFunctions(String expression) {
        List<Tokens.Token> tokens = Tokens.of(expression);
        for (int i = 0; i < tokens.size(); i++) {
            Tokens.Token token = tokens.get(i);
            boolean name = token.kind() == Tokens.Kind.WORD || token.kind() == Tokens.Kind.QUOTED;
            String word = token.text().toLowerCase(Locale.ROOT);
            if (name && (word.startsWith("current_") || word.startsWith("local") || word.equals("session_user"))) {
                return true;
            }
            if (name && i + 1 < tokens.size() && tokens.get(i + 1).is("(") && !TYPES.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
