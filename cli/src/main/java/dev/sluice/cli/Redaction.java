package dev.sluice.cli;

import dev.sluice.cli.connection.Target;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes passwords out of text for people. It knows the forms in which passwords stand in URLs, connection strings and
 * SQL, and the very passwords of the connections in use. Immutable and thread-safe.
 */
public final class Redaction {
    private static final String MASK = "***";
    private static final Pattern URL_CREDENTIALS = Pattern.compile("(://[^:/@\\s'\"]*):[^\\s'\"]*@");
    private static final Pattern NAMED = Pattern.compile(
            "(?i)\\b((?:ssl|pg)?password|passwd|pwd)(\\s*=\\s*)('(?:[^']|'')*'|\"[^\"]*\"|[^\\s&,;'\"}]+)");
    private static final Pattern IN_SQL = Pattern.compile(
            "(?i)\\b(password)((?:\\s|--[^\\n]*\\n|/\\*.*?\\*/)+)(?:e|u&)?('(?:[^'\\\\]|''|\\\\.)*'|\\$(\\w*)\\$.*?\\$\\4\\$)",
            Pattern.DOTALL);

    /** A shorter password cannot be told from ordinary words; the forms above still hide it. */
    private static final int SHORTEST_LITERAL = 4;

    private final List<String> secrets;

    private Redaction(List<String> secrets) {
        this.secrets = List.copyOf(secrets);
    }

    /** Hides what looks like a password. */
    public static Redaction byForm() {
        return new Redaction(List.of());
    }

    /**
     * Also hides this target's password wherever it appears, unless it equals the user, database or host: replacing
     * those would garble every message and hide nothing.
     */
    public Redaction with(Target target) {
        List<String> all = new ArrayList<>(secrets);
        target.password().ifPresent(password -> {
            String value = password.value();
            boolean harmless = value.equals(target.user())
                    || value.equals(target.database())
                    || target.hosts().stream().anyMatch(host -> host.host().equals(value));
            if (value.length() >= SHORTEST_LITERAL && !harmless) {
                all.add(value);
                all.add(URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        });
        return new Redaction(all);
    }

    /** The text with every password replaced by three stars. */
    public String apply(String text) {
        String result = text;
        for (String secret : secrets) {
            result = result.replace(secret, MASK);
        }
        result = URL_CREDENTIALS.matcher(result).replaceAll("$1:" + Matcher.quoteReplacement(MASK) + "@");
        result = NAMED.matcher(result).replaceAll("$1$2" + Matcher.quoteReplacement(MASK));
        return IN_SQL.matcher(result).replaceAll("$1$2'" + Matcher.quoteReplacement(MASK) + "'");
    }
}
