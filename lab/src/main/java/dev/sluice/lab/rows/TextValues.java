package dev.sluice.lab.rows;

import java.util.List;
import java.util.Random;

/**
 * Texts: words, names, addresses, and what programs trip over: none at all, spaces, quotes, backslashes, other scripts,
 * surrogate pairs, combining characters, and texts long enough to be stored out of line.
 *
 * @param longest most characters
 */
record TextValues(int longest) implements Values {

    private static final int LONGEST_LONG_TEXT = 9_000;
    private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final List<String> WORDS = List.of(
            "amber", "brook", "cedar", "delta", "ember", "fjord", "grove", "heath", "inlet", "juniper", "knoll",
            "lagoon", "meadow", "north", "oasis", "pine", "quarry", "river", "stone", "tide", "upland", "valley",
            "willow", "yarrow");
    private static final List<String> ODD = List.of(
            "",
            " ",
            "  both ends  ",
            "O'Brien",
            "say \"so\"",
            "C:\\temp\\new",
            "100%_sure",
            "tab\tand\nline\r\n",
            "NULL",
            "null",
            "\\N",
            "\\.",
            "{}",
            "{\"a\":[1,2]}",
            "a,b;c",
            "--",
            "/* x */",
            "$1",
            "${x}",
            "?",
            "<b>&amp;</b>",
            "0",
            "-1",
            "1e10",
            "true",
            "Ünïcödé",
            "ŽLUŤOUČKÝ kůň",
            "日本語テキスト",
            "Ελληνικά",
            "עברית",
            "😀",
            "👩‍🚀",
            "e\u0301 = é",
            "ß",
            "İstanbul",
            "\u00a0",
            "\u200b",
            "ﬀ",
            "𝒳",
            "İi",
            "A",
            "a");

    @Override
    public String next(Random random) {
        int kind = random.nextInt(64);
        if (kind < 8) {
            return cut(Values.pick(random, ODD));
        }
        if (kind == 8) {
            return longText(random);
        }
        if (kind < 16) {
            return cut(word(random) + "." + word(random) + random.nextInt(1000) + "@example.com");
        }
        if (kind < 24) {
            return cut(Character.toUpperCase(word(random).charAt(0)) + word(random) + " " + word(random));
        }
        if (kind < 28) {
            return cut(Integer.toString(random.nextInt(1_000_000)));
        }
        return cut(word(random) + " " + random.nextInt(100_000));
    }

    @Override
    public String distinct(Random random, long number) {
        String digits = digits(number);
        if (longest < 8) {
            return digits.length() <= longest ? digits : digits.substring(digits.length() - longest);
        }
        String odd = random.nextInt(8) == 0 ? Values.pick(random, ODD) : "";
        String start = (odd.isBlank() ? word(random) : odd) + "-";
        return start.length() + digits.length() <= longest
                ? start + digits
                : start.substring(0, Math.max(0, start.offsetByCodePoints(0, 1))) + digits;
    }

    private String longText(Random random) {
        int length = Math.min(longest, random.nextInt(LONGEST_LONG_TEXT));
        StringBuilder text = new StringBuilder(length);
        while (text.length() < length) {
            text.append((char) ('!' + random.nextInt(94)));
        }
        return text.toString();
    }

    private String cut(String text) {
        return text.codePointCount(0, text.length()) <= longest
                ? text
                : text.substring(0, text.offsetByCodePoints(0, longest));
    }

    static String word(Random random) {
        return Values.pick(random, WORDS);
    }

    private static String digits(long number) {
        StringBuilder text = new StringBuilder();
        for (long rest = number; text.isEmpty() || rest > 0; rest /= DIGITS.length()) {
            text.insert(0, DIGITS.charAt((int) (rest % DIGITS.length())));
        }
        return text.toString();
    }
}
