package dev.sluice.lint.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lint.Finding;
import dev.sluice.lint.Linter;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Standing;
import dev.sluice.migration.MigrationScript;
import dev.sluice.migration.TransactionMode;
import dev.sluice.parser.PgParser;
import dev.sluice.sql.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The cases of each rule: files of SQL, in which {@code -- case: words [(PostgreSQL N)] [(no transaction)]} begins a case,
 * {@code -- next file} another migration, {@code -- way back} the script that takes it back, and a line that ends in {@code -- found} is one at which the rule has to find
 * something. At all other lines it must not.
 */
final class RulesTest {

    private static final PgParser PARSER = new PgParser();
    private static final String BACK = "-- way back\n";
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL (\\d+)\\)");

    /** One case of one rule. */
    record Case(String rule, String words, List<String> files) {
        int version() {
            Matcher matcher = VERSION.matcher(words);
            return matcher.find() ? Integer.parseInt(matcher.group(1)) : 16;
        }

        TransactionMode transaction() {
            return words.contains("(no transaction)") ? TransactionMode.OFF : TransactionMode.ON;
        }

        @Override
        public String toString() {
            return rule + ": " + words;
        }
    }

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Rule rule : Rules.ALL) {
            for (String each : text(rule).split("(?m)^-- case: ")) {
                if (!each.isBlank()) {
                    int end = each.indexOf('\n');
                    cases.add(new Case(
                            rule.id(),
                            each.substring(0, end),
                            Arrays.asList(each.substring(end + 1).split("(?m)^-- next file\n"))));
                }
            }
        }
        return cases;
    }

    @AfterAll
    static void close() {
        PARSER.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsWhatItHasTo(Case one) {
        Lines lines = judge(one);

        assertThat(lines.found()).isEqualTo(lines.wanted());
    }

    /** How many cases with something to find have it found, and how many of the others are left alone. */
    @Test
    void recallAndPrecisionOnTheirOwnCases() {
        List<Lines> all = cases().stream().map(RulesTest::judge).toList();
        List<Lines> flagged =
                all.stream().filter(one -> !one.wanted().isEmpty()).toList();
        List<Lines> clean = all.stream().filter(one -> one.wanted().isEmpty()).toList();
        long right = flagged.stream()
                .filter(one -> one.found().containsAll(one.wanted()))
                .count();
        long left = clean.stream().filter(one -> one.found().isEmpty()).count();

        System.out.printf(
                "cases %d flagged %d/%d clean %d/%d%n", all.size(), right, flagged.size(), left, clean.size());

        assertThat(right).isEqualTo(flagged.size()).isPositive();
        assertThat(left).isEqualTo(clean.size()).isPositive();
    }

    /** Lines, as {@code file:line}. */
    private record Lines(Set<String> wanted, Set<String> found) {}

    private static Lines judge(Case one) {
        Linter linter = new Linter(PARSER, one.version(), LocalDate.of(2026, 1, 31));
        Set<String> wanted = new TreeSet<>();
        List<Finding> findings = new ArrayList<>();
        for (int file = 0; file < one.files().size(); file++) {
            String text = one.files().get(file);
            List<String> lines = text.lines().toList();
            for (int line = 0; line < lines.size(); line++) {
                if (lines.get(line).endsWith("-- found")) {
                    wanted.add(file + ":" + (line + 1));
                }
            }
            SourceText source = new SourceText(file + ".sql", text);
            int back = text.indexOf(BACK) < 0 ? text.length() : text.indexOf(BACK);
            MigrationScript forth = new MigrationScript(source, 0, back, one.transaction(), List.of());
            Standing standing =
                    one.words().contains("(late)") && file == one.files().size() - 1 ? Standing.LATE : Standing.FORWARD;
            findings.addAll(linter.lint(forth, forth.parse(PARSER), standing));
            if (back < text.length()) {
                MigrationScript down = new MigrationScript(source, back, text.length(), one.transaction(), List.of());
                findings.addAll(linter.lint(down, down.parse(PARSER), Standing.BACK));
            }
        }
        findings.addAll(linter.atEnd());
        Set<String> found = new TreeSet<>();
        linter.withoutSettled(findings).stream()
                .filter(finding -> finding.rule().equals(one.rule()))
                .map(Finding::position)
                .forEach(at -> found.add(at.file().replace(".sql", ":") + at.line()));
        return new Lines(wanted, found);
    }

    @Test
    void everyRuleHasCasesThatItFindsAndCasesThatItLeaves() {
        for (Rule rule : Rules.ALL) {
            List<String> parts = Arrays.stream(text(rule).split("(?m)^-- case: "))
                    .filter(part -> !part.isBlank())
                    .toList();
            assertThat(parts).as(rule.id()).anyMatch(part -> part.contains("-- found"));
            assertThat(parts).as(rule.id()).anyMatch(part -> !part.contains("-- found"));
        }
    }

    @Test
    void namesAreUnique() {
        assertThat(Rules.ALL.stream().map(Rule::id)).doesNotHaveDuplicates();
    }

    private static String text(Rule rule) {
        try (InputStream stream = RulesTest.class.getResourceAsStream(rule.id() + ".sql")) {
            return new String(Objects.requireNonNull(stream, rule.id()).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
