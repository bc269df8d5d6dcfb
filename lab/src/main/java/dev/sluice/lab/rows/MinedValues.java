package dev.sluice.lab.rows;

import dev.sluice.catalog.TypeRef;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Guesses taken from the conditions that a column has to meet: their literals, what lies beside and between them, texts of the
 * lengths and patterns they name. Wrong guesses cost little: PostgreSQL sorts them out.
 *
 * @param guesses values to try
 * @param sources more of them, without end
 */
record MinedValues(List<String> guesses, List<Values> sources) {

    private static final int LONGEST = 10_000;
    private static final Set<String> NUMBERS = Set.of("int2", "int4", "int8", "numeric", "float4", "float8", "money");
    private static final Set<String> DATES = Set.of("date", "timestamp", "timestamptz");
    private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar", "citext", "name");

    MinedValues {
        guesses = List.copyOf(guesses);
        sources = List.copyOf(sources);
    }

    /** @param type of the column; of a domain its base type's name decides */
    static MinedValues of(TypeRef type, List<CheckExpression> checks) {
        String name = type.category() == TypeRef.Category.DOMAIN
                ? type.element().orElse(type.name()).name()
                : type.name().name();
        Set<String> strings = new TreeSet<>();
        List<String> numbers = new ArrayList<>();
        for (CheckExpression check : checks) {
            strings.addAll(check.strings());
            numbers.addAll(check.numbers());
        }
        strings.stream().filter(MinedValues::isNumber).forEach(numbers::add);
        numbers.removeIf(number -> !isNumber(number));
        Set<String> guesses = new TreeSet<>(strings);
        List<Values> sources = new ArrayList<>();
        if (NUMBERS.contains(name)) {
            numbers(numbers, name.startsWith("int"), guesses, sources);
        } else if (DATES.contains(name)) {
            dates(strings, guesses, sources);
        } else if (TEXTS.contains(name)) {
            guesses.addAll(numbers);
            lengths(numbers, sources);
            for (String string : strings) {
                sources.add(ofWord(string));
                if (string.contains("%") || string.contains("_")) {
                    sources.add(PatternTexts.ofLike(string));
                }
                if (!string.chars().allMatch(Character::isLetterOrDigit)) {
                    PatternTexts.ofRegularExpression(string.replace("%", ".*")).ifPresent(sources::add);
                }
            }
        }
        return new MinedValues(List.copyOf(guesses), sources);
    }

    boolean isEmpty() {
        return guesses.isEmpty() && sources.isEmpty();
    }

    private static Values ofWord(String word) {
        return random -> random.nextBoolean()
                ? word + random.nextInt(10_000)
                : TextValues.word(random) + random.nextInt(10_000) + word;
    }

    private static void numbers(List<String> literals, boolean whole, Set<String> guesses, List<Values> sources) {
        List<BigDecimal> numbers = new ArrayList<>(
                literals.stream().map(BigDecimal::new).sorted().distinct().toList());
        for (BigDecimal number : numbers) {
            BigDecimal usual = whole ? number.setScale(0, RoundingMode.DOWN) : number;
            for (int step = -1; step <= 1; step++) {
                guesses.add(usual.add(BigDecimal.valueOf(step)).toPlainString());
            }
            sources.add(random ->
                    usual.multiply(BigDecimal.valueOf(random.nextInt(1_000))).toPlainString());
        }
        for (int i = 0; i + 1 < numbers.size(); i++) {
            BigDecimal low = numbers.get(i);
            BigDecimal width = numbers.get(i + 1).subtract(low);
            sources.add(random -> {
                BigDecimal exact = low.add(width.multiply(BigDecimal.valueOf(random.nextInt(100_000), 5)));
                return exact.setScale(whole || random.nextBoolean() ? 0 : 2, RoundingMode.DOWN)
                        .toPlainString();
            });
        }
    }

    private static void dates(Set<String> literals, Set<String> guesses, List<Values> sources) {
        List<LocalDate> dates = literals.stream()
                .flatMap(text -> date(text).stream())
                .sorted()
                .distinct()
                .toList();
        for (int i = 0; i < dates.size(); i++) {
            LocalDate date = dates.get(i);
            guesses.add(date.minusDays(1).toString());
            guesses.add(date.plusDays(1).toString());
            long days = i + 1 < dates.size() ? dates.get(i + 1).toEpochDay() - date.toEpochDay() : 400;
            sources.add(random -> date.plusDays((long) (random.nextDouble() * days)) + " "
                    + LocalTime.ofSecondOfDay(random.nextInt(86_400)));
        }
        sources.add(random -> LocalDate.of(1990 + random.nextInt(50), 1 + random.nextInt(12), 1)
                .toString());
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return text.length() < 10 ? Optional.empty() : Optional.of(LocalDate.parse(text.substring(0, 10)));
        } catch (DateTimeParseException notADate) {
            return Optional.empty();
        }
    }

    /** A number may be a length. */
    private static void lengths(List<String> numbers, List<Values> sources) {
        for (String number : numbers) {
            BigDecimal value = new BigDecimal(number);
            if (value.signum() >= 0 && value.compareTo(BigDecimal.valueOf(LONGEST)) < 0) {
                int length = value.intValue();
                sources.add(random -> ofLength(random, Math.max(0, length - 1 + random.nextInt(3))));
                sources.add(random -> ofLength(random, random.nextInt(length + 1)));
            }
        }
    }

    private static String ofLength(Random random, int length) {
        int kind = random.nextInt(4);
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(
                    switch (kind) {
                        case 0 -> Integer.toString(random.nextInt(10));
                        case 1 -> Integer.toHexString(random.nextInt());
                        default -> TextValues.word(random);
                    });
        }
        String cut = text.substring(0, length);
        return kind == 3 ? cut.toUpperCase(Locale.ROOT) : cut;
    }

    private static boolean isNumber(String text) {
        return text.length() < 40 && text.matches("[-+]?\\d+(\\.\\d+)?");
    }
}
