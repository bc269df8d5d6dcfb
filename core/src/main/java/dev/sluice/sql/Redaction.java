package dev.sluice.sql;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes passwords out of text that is kept or shown and never run: SQL, whole or cut off, messages, URLs, connection strings,
 * JSON of these. It knows the forms in which passwords stand there, and the very passwords of connections in use. Literals
 * go; a column named password, and what is computed for it, stays. What is still to be run is for {@link Secrets}, which
 * reads SQL exactly. Immutable and thread-safe.
 */
public final class Redaction {

    private static final String STARS = "***";

    private static final Pattern WORTH_A_LOOK =
            Pattern.compile("passw|passphrase|passcode|pwd|://", Pattern.CASE_INSENSITIVE);

    private static final String NAME = "\\b((?:ssl|pg)?password|passwd|passphrase|passcode|pwd)";

    /** White space and comments; in JSON, line breaks are two characters. */
    private static final String BLANK = "(?:\\s|\\\\[nrt]|--[^\\n]*+\\n|/\\*.*?\\*/)";

    /** With something in it; in a string of SQL its quotes are doubled. The end may be missing, where a text was cut off. */
    private static final String LITERAL = "(?:e|u&)?(?:(''(?=[^'\\s,);])(?:[^'\\\\]|\\\\.|'''')*+(?:''|\\z))"
            + "|'(?:[^'\\\\]|\\\\.|'')++(?:'|\\z)|\\$(\\w*+)\\$.*?(?:\\$\\4\\$|\\z))";

    private static final Pattern NAMED_LITERAL = Pattern.compile(
            "(?is)" + NAME + "(\"?(?:" + BLANK + "*+(?::=|=>?)" + BLANK + "*+|" + BLANK + "++))" + LITERAL);

    private static final Pattern NAMED_WORD =
            Pattern.compile("(?i)" + NAME + "(\\s*+=\\s*+)(\"[^\"]*+\"|[^\\s&,;'\"})]++)");

    private static final Pattern URL = Pattern.compile("(://[^:/@\\s'\"]*+):[^\\s'\"]*@");

    /** What stands before a column in SQL, and not before a word in a connection string. */
    private static final Pattern LAST_TOKEN = Pattern.compile("(?:([A-Za-z_]\\w*+)|([^\\s\\w]))\\s*+\\z");

    /** Those of comments and of the margin of an excerpt, too. */
    private static final String BEFORE_COLUMNS = ",(.;/|";

    private static final Set<String> WORDS_BEFORE_COLUMNS = Set.of(
            "set",
            "where",
            "and",
            "or",
            "on",
            "when",
            "not",
            "having",
            "returning",
            "select",
            "distinct",
            "then",
            "else",
            "begin",
            "loop",
            "declare",
            "if",
            "elsif",
            "return",
            "case",
            "using",
            "check",
            "by");

    private static final int FAR_ENOUGH_BACK = 60;

    private final String mask;
    private final List<String> secrets;

    private Redaction(String mask, Collection<String> secrets) {
        this.mask = requireNonNull(mask);
        this.secrets = List.copyOf(secrets);
    }

    /** For text that people read: three stars where a password was. */
    public static Redaction byForm() {
        return new Redaction(STARS, List.of());
    }

    /** For SQL and messages that are kept: {@link Secrets#MARK} where a password was. */
    public static String kept(String text) {
        return new Redaction(Secrets.MARK, List.of()).apply(Secrets.hidden(text));
    }

    /** Also hides these wherever they stand. */
    public Redaction with(Collection<String> passwords) {
        List<String> all = new ArrayList<>(secrets);
        all.addAll(passwords);
        return new Redaction(mask, all);
    }

    /** The text without passwords. */
    public String apply(String text) {
        String result = text;
        for (String secret : secrets) {
            result = result.replace(secret, mask);
        }
        if (!WORTH_A_LOOK.matcher(result).find()) {
            return result;
        }
        String quoted = Matcher.quoteReplacement(mask);
        result = URL.matcher(result).replaceAll("$1:" + quoted + "@");
        result = NAMED_LITERAL.matcher(result).replaceAll(found -> Matcher.quoteReplacement(literal(found)));
        Matcher words = NAMED_WORD.matcher(result);
        String before = result;
        return words.replaceAll(found -> Matcher.quoteReplacement(word(before, found)));
    }

    private String literal(MatchResult found) {
        String quote = found.group(3) == null ? "'" : "''";
        return found.group(1) + found.group(2) + quote + mask + quote;
    }

    private String word(String text, MatchResult found) {
        boolean masked = text.startsWith(mask, found.start(3));
        String name = found.group(1).toLowerCase(Locale.ROOT);
        boolean option = name.startsWith("pg") || name.startsWith("ssl");
        return masked || !option && isColumn(text, found) ? found.group() : found.group(1) + found.group(2) + mask;
    }

    private static boolean isColumn(String text, MatchResult found) {
        int start = found.start();
        Matcher last = LAST_TOKEN.matcher(text.substring(Math.max(0, start - FAR_ENOUGH_BACK), start));
        if (!last.find()) {
            return false;
        }
        return last.group(1) != null
                ? WORDS_BEFORE_COLUMNS.contains(last.group(1).toLowerCase(Locale.ROOT))
                : BEFORE_COLUMNS.contains(last.group(2));
    }
}
