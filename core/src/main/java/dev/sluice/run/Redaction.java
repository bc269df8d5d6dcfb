package dev.sluice.run;

import dev.sluice.sql.Secrets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes passwords out of text that is kept or shown and never run: {@code PASSWORD '…'} of roles and user mappings, and those
 * inside connection strings and URLs. Leaves expressions over a column named password alone. For plans, which run from the
 * journal, see {@link dev.sluice.plan.PlanSecrets}.
 */
final class Redaction {

    static final String MARK = "'" + Secrets.MARK + "'";

    /** White space and comments may stand before it. */
    private static final Pattern LITERAL = Pattern.compile(
            "(?i)(\\bpassword(?:\\s|--[^\\n]*\\n|/\\*.*?\\*/)+)(?:E|U&)?(?:'(?:[^'\\\\]|''|\\\\.)*'|\\$(\\w*)\\$.*?\\$\\2\\$)",
            Pattern.DOTALL);

    private static final Pattern IN_CONNECTION_STRING = Pattern.compile("(?i)('[^']*?\\bpassword=)[^\\s'\"\\\\]+");
    private static final Pattern IN_URL =
            Pattern.compile("(?i)(\\b[a-z][a-z0-9+.-]*://[^\\s:/@'\"\\\\]+:)[^\\s@/'\"\\\\]+(@)");

    private static final String PASSWORD = "password";

    private Redaction() {}

    static String of(String sql) {
        if (!mentionsPassword(sql) && !sql.contains("://")) {
            return sql;
        }
        String result = LITERAL.matcher(sql).replaceAll("$1" + Matcher.quoteReplacement(MARK));
        result = IN_CONNECTION_STRING.matcher(result).replaceAll("$1***");
        return IN_URL.matcher(result).replaceAll("$1***$2");
    }

    /** In any case; without a copy of a text that is mostly long and mostly has none. */
    private static boolean mentionsPassword(String sql) {
        for (int at = sql.length() - PASSWORD.length(); at >= 0; at--) {
            if ((sql.charAt(at) | ' ') == 'p' && sql.regionMatches(true, at, PASSWORD, 0, PASSWORD.length())) {
                return true;
            }
        }
        return false;
    }
}
