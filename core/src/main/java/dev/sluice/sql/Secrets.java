package dev.sluice.sql;

import dev.sluice.sql.Tokens.Token;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the passwords in SQL by its tokens, so that what is left is the same SQL: {@code PASSWORD '…'} of roles, the options
 * of servers and user mappings, connection strings; also inside of function bodies, quoted SQL and comments. What a script
 * writes into data, defaults or functions, a URL with a password for instance, is data and stays. Pure.
 */
public final class Secrets {

    /** Stands where a password was. A statement that contains it must not be run. */
    public static final String MARK = "[password removed by sluice]";

    /** SQL in a string in a function in a DO block; whatever is deeper is nobody's script. */
    private static final int DEEPEST = 5;

    /** {@link #mayBeIn} knows the letters that they begin with. */
    private static final String[] WORTH_A_LOOK = {
        "passw", "passphrase", "passcode", "secret", "token", "_key", "apikey", "connection"
    };

    private static final Set<String> PASSWORDS = Set.of("password", "passwd", "sslpassword", "passphrase", "passcode");

    /** Only as the names of options: elsewhere they may be types. */
    private static final Set<String> OPTIONS = Set.of(
            "secret",
            "secret_key",
            "secret_access_key",
            "aws_secret_access_key",
            "access_key",
            "access_token",
            "auth_token",
            "token",
            "api_key",
            "apikey",
            "private_key");

    /** Nothing but keywords and values, as libpq reads them. */
    private static final Pattern CONNECTION_STRING =
            Pattern.compile("(?:\\s*+\\w++\\s*+=\\s*+(?:'[^']*+'|[^\\s']++))++\\s*+");

    private static final Pattern PASSWORD_IN_IT =
            Pattern.compile("(?i)(\\b(?:ssl)?password\\s*+=\\s*+)(?:'[^']*+'|[^\\s']++)");

    private static final Pattern URL_IN_IT = Pattern.compile("(://[^:/@\\s']*:)[^@\\s']*(@)");

    private Secrets() {}

    /** The SQL with {@link #MARK} in the place of each password; the very same string when there is none. */
    public static String hidden(String sql) {
        return hidden(sql, 0);
    }

    /** False only for a text without passwords; much cheaper than looking. */
    public static boolean mayBeIn(String text) {
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case 'p', 'P', 's', 'S', 't', 'T', '_', 'a', 'A', 'c', 'C' -> {
                    for (String word : WORTH_A_LOOK) {
                        if (text.regionMatches(true, i, word, 0, word.length())) {
                            return true;
                        }
                    }
                }
                default -> {}
            }
        }
        return false;
    }

    private record Replacement(int start, int end, String text) {}

    private static String hidden(String sql, int depth) {
        if (depth > DEEPEST || !mayBeIn(sql)) {
            return sql;
        }
        List<Replacement> found = new ArrayList<>();
        List<Token> tokens = Tokens.of(sql);
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            // in a text for people: the password's length
            boolean prose = depth > 0
                    && i > 0
                    && tokens.get(i - 1).kind() == Tokens.Kind.WORD
                    && tokens.get(i - 1).end() == token.start();
            if (token.kind() == Tokens.Kind.STRING && !prose) {
                literal(tokens, i, depth)
                        .ifPresent(text -> found.add(new Replacement(token.start(), token.end(), text)));
            }
        }
        comments(sql, depth, found);
        found.sort(Comparator.comparingInt(Replacement::start));
        StringBuilder text = new StringBuilder();
        int from = 0;
        for (Replacement replacement : found) {
            text.append(sql, from, replacement.start()).append(replacement.text());
            from = replacement.end();
        }
        return found.isEmpty() ? sql : text.append(sql, from, sql.length()).toString();
    }

    private static void comments(String sql, int depth, List<Replacement> found) {
        Lexer lexer = new Lexer(sql);
        for (Lexer.Kind kind = lexer.next(); kind != Lexer.Kind.END; kind = lexer.next()) {
            boolean comment = kind == Lexer.Kind.LINE_COMMENT || kind == Lexer.Kind.BLOCK_COMMENT;
            if (comment && lexer.end() - lexer.start() > 2) {
                int start = lexer.start() + 2;
                String text = sql.substring(start, lexer.end());
                String without = hidden(text, depth + 1);
                if (!without.equals(text)) {
                    found.add(new Replacement(start, lexer.end(), without));
                }
            }
        }
    }

    /** What is to stand in the place of a string, when there is a password in it or it is one. */
    private static Optional<String> literal(List<Token> tokens, int at, int depth) {
        String literal = tokens.get(at).text();
        Optional<String> name = nameBefore(tokens, at);
        if (name.filter(n -> PASSWORDS.contains(n) || OPTIONS.contains(n) && isOption(tokens, at))
                .isPresent()) {
            return Optional.of("'" + MARK + "'");
        }
        boolean dollar = literal.startsWith("$");
        int tag = dollar ? literal.indexOf('$', 1) + 1 : 0;
        if (dollar && (tag == 0 || literal.length() < 2 * tag)) {
            return Optional.empty(); // cut off
        }
        String content = dollar ? literal.substring(tag, literal.length() - tag) : content(literal);
        boolean connection = name.filter("connection"::equals).isPresent()
                && tokens.stream().anyMatch(t -> t.isWord("subscription"));
        String without =
                connection || !dollar && CONNECTION_STRING.matcher(content).matches()
                        ? connectionString(content)
                        : hidden(content, depth + 1);
        return without.equals(content)
                ? Optional.empty()
                : Optional.of(
                        dollar
                                ? literal.substring(0, tag) + without + literal.substring(literal.length() - tag)
                                : Identifier.literal(without).strip());
    }

    private static Optional<String> nameBefore(List<Token> tokens, int at) {
        // U&'…' comes in three tokens
        boolean unicode =
                at >= 2 && tokens.get(at - 1).is("&") && tokens.get(at - 2).isWord("u");
        int before = at - (unicode ? 3 : 1);
        return before < 0
                        || tokens.get(before).kind() != Tokens.Kind.WORD
                                && tokens.get(before).kind() != Tokens.Kind.QUOTED
                ? Optional.empty()
                : Optional.of(tokens.get(before).identifier().toLowerCase(Locale.ROOT));
    }

    private static boolean isOption(List<Token> tokens, int at) {
        return tokens.get(at).depth() > 0 && tokens.subList(0, at).stream().anyMatch(t -> t.isWord("options"));
    }

    private static String connectionString(String content) {
        String without = PASSWORD_IN_IT.matcher(content).replaceAll("$1" + Matcher.quoteReplacement("'" + MARK + "'"));
        return URL_IN_IT.matcher(without).replaceAll("$1" + Matcher.quoteReplacement(MARK) + "$2");
    }

    private static String content(String literal) {
        int open = literal.indexOf('\'');
        int end = literal.length() > open + 1 && literal.endsWith("'") ? literal.length() - 1 : literal.length();
        String content = literal.substring(open + 1, Math.max(open + 1, end)).replace("''", "'");
        return open > 0 ? content.replace("\\'", "'").replace("\\\\", "\\") : content;
    }
}
