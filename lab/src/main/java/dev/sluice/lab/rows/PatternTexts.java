package dev.sluice.lab.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Writes texts that a regular expression matches (PostgreSQL documentation, "POSIX Regular Expressions"), as far as it is made
 * of characters, classes, groups, alternatives and counts. What else it may contain is passed over: PostgreSQL looks at every text.
 */
final class PatternTexts {

    private static final int MORE = 6;
    private static final int LARGEST_COUNT = 2_000;
    private static final String WORD = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    private static final String LETTERS = WORD.substring(0, 52);
    private static final String DIGITS = WORD.substring(52, 62);

    private final String pattern;
    private int at;

    private PatternTexts(String pattern) {
        this.pattern = pattern;
    }

    /** A part of a pattern: appends a text that it matches. */
    private interface Part {
        void write(Random random, StringBuilder text);
    }

    /** Empty when the pattern cannot be read. */
    static Optional<Values> ofRegularExpression(String pattern) {
        PatternTexts reader = new PatternTexts(pattern);
        try {
            Part whole = reader.alternatives();
            return reader.at < pattern.length() ? Optional.empty() : Optional.of(values(whole));
        } catch (IndexOutOfBoundsException | NumberFormatException cutShort) {
            return Optional.empty();
        }
    }

    /** Of a LIKE pattern. */
    static Values ofLike(String pattern) {
        return random -> {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < pattern.length(); i++) {
                char c = pattern.charAt(i);
                if (c == '%') {
                    text.append(random.nextInt(4) == 0 ? "" : TextValues.word(random) + random.nextInt(10_000));
                } else if (c == '_') {
                    text.append(any(random, WORD));
                } else if (c == '\\' && i + 1 < pattern.length()) {
                    text.append(pattern.charAt(++i));
                } else {
                    text.append(c);
                }
            }
            return text.toString();
        };
    }

    private static Values values(Part part) {
        return random -> {
            StringBuilder text = new StringBuilder();
            part.write(random, text);
            return text.toString();
        };
    }

    private Part alternatives() {
        List<Part> parts = new ArrayList<>(List.of(sequence()));
        while (at < pattern.length() && pattern.charAt(at) == '|') {
            at++;
            parts.add(sequence());
        }
        return (random, text) -> Values.pick(random, parts).write(random, text);
    }

    private Part sequence() {
        List<Part> parts = new ArrayList<>();
        while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
            parts.add(counted(atom()));
        }
        return (random, text) -> parts.forEach(part -> part.write(random, text));
    }

    private Part atom() {
        char c = pattern.charAt(at++);
        return switch (c) {
            case '^', '$' -> (random, text) -> {};
            case '.' -> oneOf(WORD);
            case '[' -> oneOf(characters());
            case '(' -> group();
            case '\\' -> escape(pattern.charAt(at++));
            default -> (random, text) -> text.append(c);
        };
    }

    private Part group() {
        boolean look = false;
        if (pattern.startsWith("?", at)) {
            look = !pattern.startsWith("?:", at);
            at = pattern.startsWith("?<", at) ? at + 3 : at + 2;
        }
        Part inside = alternatives();
        at++;
        return look ? (random, text) -> {} : inside;
    }

    private static Part escape(char c) {
        return switch (c) {
            case 'd' -> oneOf(DIGITS);
            case 'w' -> oneOf(WORD);
            case 's' -> oneOf(" ");
            case 'D', 'S' -> oneOf(LETTERS);
            case 'W' -> oneOf(" -.");
            case 'n' -> oneOf("\n");
            case 't' -> oneOf("\t");
            case 'A', 'Z', 'm', 'M', 'y', 'Y', 'b', 'B' -> (random, text) -> {};
            default -> (random, text) -> text.append(c);
        };
    }

    private Part counted(Part part) {
        if (at >= pattern.length()) {
            return part;
        }
        int least = 1;
        int most = 1;
        switch (pattern.charAt(at)) {
            case '*' -> {
                least = 0;
                most = MORE;
                at++;
            }
            case '+' -> {
                most = MORE;
                at++;
            }
            case '?' -> {
                least = 0;
                at++;
            }
            case '{' -> {
                int end = pattern.indexOf('}', at);
                String[] counts = pattern.substring(at + 1, end).split(",", -1);
                least = Integer.parseInt(counts[0]);
                most = counts.length == 1 ? least : counts[1].isEmpty() ? least + MORE : Integer.parseInt(counts[1]);
                at = end + 1;
            }
            default -> {
                return part;
            }
        }
        if (at < pattern.length() && pattern.charAt(at) == '?') {
            at++;
        }
        int from = Math.min(least, LARGEST_COUNT);
        int to = Math.max(from, Math.min(most, LARGEST_COUNT));
        return (random, text) -> {
            for (int count = from + random.nextInt(to - from + 1); count > 0; count--) {
                part.write(random, text);
            }
        };
    }

    /** The characters of a class; of a negated one some that are not in it. */
    private String characters() {
        boolean not = pattern.charAt(at) == '^';
        at += not ? 1 : 0;
        StringBuilder inside = new StringBuilder();
        for (boolean first = true; first || pattern.charAt(at) != ']'; first = false) {
            if (pattern.startsWith("[:", at)) {
                int end = pattern.indexOf(":]", at);
                inside.append(named(pattern.substring(at + 2, end)));
                at = end + 2;
                continue;
            }
            char c = pattern.charAt(at++);
            if (c == '\\') {
                char escaped = pattern.charAt(at++);
                inside.append(
                        escaped == 'd'
                                ? DIGITS
                                : escaped == 'w' ? WORD : escaped == 's' ? " " : String.valueOf(escaped));
            } else if (pattern.charAt(at) == '-' && pattern.charAt(at + 1) != ']') {
                char last = pattern.charAt(at + 1);
                for (char member = c; member <= last && member - c < 500; member++) {
                    inside.append(member);
                }
                at += 2;
            } else {
                inside.append(c);
            }
        }
        at++;
        if (!not) {
            return inside.toString();
        }
        StringBuilder outside = new StringBuilder();
        (WORD + " -.,:/@é")
                .chars()
                .filter(c -> inside.indexOf(String.valueOf((char) c)) < 0)
                .forEach(c -> outside.append((char) c));
        return outside.toString();
    }

    private static String named(String name) {
        return switch (name) {
            case "alpha" -> LETTERS;
            case "lower" -> LETTERS.substring(0, 26);
            case "upper" -> LETTERS.substring(26);
            case "digit" -> DIGITS;
            case "xdigit" -> DIGITS + "abcdefABCDEF";
            case "space", "blank" -> " ";
            case "punct" -> ".,;:!?-";
            default -> LETTERS + DIGITS;
        };
    }

    private static Part oneOf(String characters) {
        return (random, text) -> {
            if (!characters.isEmpty()) {
                text.append(any(random, characters));
            }
        };
    }

    private static char any(Random random, String characters) {
        return characters.charAt(random.nextInt(characters.length()));
    }
}
