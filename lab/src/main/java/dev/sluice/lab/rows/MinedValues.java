package dev.sluice.lab.rows;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Guesses taken from the conditions a column has to meet: their literals, what lies beside and between them, texts of the
 * lengths they name. Wrong guesses cost nothing, PostgreSQL sorts them out.
 */
final class MinedValues {

    private static final int BETWEEN = 12;
    private static final int LONGEST_LENGTH = 10_000;

    private MinedValues() {}

    static List<String> of(List<CheckExpression> checks, Random random) {
        Set<String> guesses = new TreeSet<>();
        for (CheckExpression check : checks) {
            Set<String> strings = check.strings();
            guesses.addAll(strings);
            numbers(check.numbers(), random, guesses);
            numbers(strings.stream().filter(MinedValues::isNumber).toList(), random, guesses);
            for (String string : strings) {
                guesses.addAll(PatternTexts.of(string, random));
            }
        }
        return List.copyOf(guesses);
    }

    private static void numbers(List<String> literals, Random random, Set<String> guesses) {
        List<BigDecimal> numbers = new ArrayList<>();
        for (String literal : literals) {
            if (isNumber(literal)) {
                numbers.add(new BigDecimal(literal));
            }
        }
        numbers.sort(null);
        for (BigDecimal number : numbers) {
            for (int step = -1; step <= 1; step++) {
                guesses.add(number.add(BigDecimal.valueOf(step)).toPlainString());
            }
            texts(number, random, guesses);
        }
        for (int i = 0; i + 1 < numbers.size(); i++) {
            BigDecimal width = numbers.get(i + 1).subtract(numbers.get(i));
            for (int k = 0; k < BETWEEN; k++) {
                BigDecimal share = BigDecimal.valueOf(random.nextInt(1000), 3);
                guesses.add(numbers.get(i)
                        .add(width.multiply(share))
                        .stripTrailingZeros()
                        .toPlainString());
                guesses.add(numbers.get(i)
                        .add(width.multiply(share).setScale(0, java.math.RoundingMode.DOWN))
                        .toPlainString());
            }
        }
    }

    /** A number may be a length. */
    private static void texts(BigDecimal number, Random random, Set<String> guesses) {
        int length = number.min(BigDecimal.valueOf(LONGEST_LENGTH)).intValue();
        for (int n = length - 1; n <= length + 1; n++) {
            for (int k = 0; n > 0 && n < LONGEST_LENGTH && k < BETWEEN; k++) {
                StringBuilder text = new StringBuilder();
                while (text.length() < n) {
                    text.append(k % 3 == 0 ? (char) ('0' + random.nextInt(10)) : TextValues.word(random));
                }
                String cut = text.substring(0, n);
                guesses.add(k % 3 == 1 ? cut.toUpperCase(java.util.Locale.ROOT) : cut);
            }
        }
    }

    private static boolean isNumber(String text) {
        return text.length() < 40 && text.matches("[-+]?\\d+(\\.\\d+)?");
    }
}
