package dev.sluice.migration;

import dev.sluice.sql.Lexer;
import dev.sluice.sql.SourceText;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The settings of one Flyway script, from {@code <script>.conf}: lines of {@code key=value}. */
record FlywayScriptConfig(boolean executeInTransaction, boolean placeholderReplacement) {
    private static final Pattern LINE = Pattern.compile("\\s*([^#\\s=][^=]*?)\\s*=\\s*(.*?)\\s*");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^}\\s]+\\}");

    static FlywayScriptConfig of(Listing listing, SourceFile script, Collected out) {
        Optional<SourceFile> file = listing.file(script.path() + ".conf");
        if (file.isEmpty()) {
            return new FlywayScriptConfig(true, true);
        }
        out.claim(file.get());
        Map<String, String> settings = file.get()
                .source()
                .text()
                .lines()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .collect(Collectors.toMap(
                        line -> line.group(1).toLowerCase(Locale.ROOT),
                        line -> line.group(2).toLowerCase(Locale.ROOT),
                        (first, last) -> last));
        settings.forEach((key, value) -> check(file.get(), key, value, out));
        return new FlywayScriptConfig(
                !"false".equals(settings.get("executeintransaction")),
                !"false".equals(settings.get("placeholderreplacement")));
    }

    private static void check(SourceFile file, String key, String value, Collected out) {
        switch (key) {
            case "executeintransaction", "placeholderreplacement" -> {
                if (!value.equals("true") && !value.equals("false")) {
                    out.problem(Problem.ofDirectory(file.shown(), key + " must be true or false, not '" + value + "'"));
                }
            }
            case "encoding" -> {
                if (!value.equals("utf-8") && !value.equals("utf8")) {
                    out.problem(Problem.ofDirectory(file.shown(), "Sluice reads UTF-8 only; convert the script"));
                }
            }
            default ->
                out.problem(Problem.ofDirectory(
                        file.shown(),
                        "the setting '" + key + "' is not supported by Sluice; remove it if it is not needed"));
        }
    }

    /** Refuses placeholders, which Flyway would replace, also in strings but for us not in comments. */
    TransactionMode check(SourceText source, Collected out) {
        String text = source.text();
        if (placeholderReplacement && text.contains("${")) {
            Lexer lexer = new Lexer(text);
            for (Lexer.Kind kind = lexer.next(); kind != Lexer.Kind.END; kind = lexer.next()) {
                Matcher found = PLACEHOLDER.matcher(text).region(lexer.start(), lexer.end());
                if (kind != Lexer.Kind.LINE_COMMENT && kind != Lexer.Kind.BLOCK_COMMENT && found.find()) {
                    out.problem(Problem.inScript(
                            source,
                            found.start(),
                            "Sluice replaces no placeholders. Write the value instead of " + found.group()
                                    + ", or set placeholderReplacement=false in " + source.file()
                                    + ".conf if it is meant as it stands"));
                    break;
                }
            }
        }
        return executeInTransaction ? TransactionMode.ON : TransactionMode.OFF;
    }
}
