package dev.sluice.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lint.rule.Rules;
import dev.sluice.migration.MigrationScript;
import dev.sluice.migration.TransactionMode;
import dev.sluice.parser.PgParser;
import dev.sluice.sql.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What users of other linters complained of, or what was seen of them: each is judged right here. A case of {@code
 * complaints.sql} has its source, the rules that have to speak about its last file ({@code finds}), those that must not
 * ({@code leaves}; {@code warnings}: none but those of {@code finds} as warning or error), and words that no mended text may have.
 */
final class ComplaintsTest {

    private static final PgParser PARSER = new PgParser();
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL (\\d+)\\)");

    record Complaint(
            String words, List<String> finds, List<String> leaves, List<String> unwritten, List<String> files) {

        static Complaint of(String text) {
            List<String> rows = text.lines().toList();
            return new Complaint(
                    rows.get(0),
                    list(rows, "-- finds: "),
                    list(rows, "-- leaves: "),
                    rows.stream()
                            .filter(row -> row.startsWith("-- no fix with: "))
                            .map(row -> row.substring("-- no fix with: ".length()))
                            .toList(),
                    Arrays.asList(text.substring(text.indexOf('\n') + 1).split("(?m)^-- next file\n")));
        }

        private static List<String> list(List<String> rows, String key) {
            return rows.stream()
                    .filter(row -> row.startsWith(key))
                    .flatMap(row -> Arrays.stream(row.substring(key.length()).split(", ")))
                    .toList();
        }

        @Override
        public String toString() {
            return words;
        }
    }

    static Stream<Complaint> complaints() throws IOException {
        try (InputStream stream = ComplaintsTest.class.getResourceAsStream("complaints.sql")) {
            String text = new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("(?m)^-- case: "))
                    .filter(part -> !part.isBlank())
                    .map(Complaint::of);
        }
    }

    @AfterAll
    static void close() {
        PARSER.close();
    }

    @ParameterizedTest
    @MethodSource("complaints")
    void isJudgedRight(Complaint complaint) {
        List<Finding> findings = findings(complaint);
        List<String> known = Rules.ALL.stream().map(Rule::id).toList();

        assertThat(complaint.finds().size() + complaint.leaves().size()).isPositive();
        assertThat(known).containsAll(complaint.finds());
        assertThat(findings).extracting(Finding::rule).containsAll(complaint.finds());
        for (String rule : complaint.leaves()) {
            if (rule.equals("warnings")) {
                assertThat(findings)
                        .filteredOn(f -> f.severity() != Severity.INFO
                                && !complaint.finds().contains(f.rule()))
                        .isEmpty();
            } else {
                assertThat(known).contains(rule);
                assertThat(findings).extracting(Finding::rule).doesNotContain(rule);
            }
        }
        for (String words : complaint.unwritten()) {
            assertThat(findings)
                    .flatExtracting(f -> f.fix().stream().map(Finding.Fix::text).toList())
                    .noneMatch(fix -> fix.toString().contains(words));
        }
    }

    private static List<Finding> findings(Complaint complaint) {
        Matcher matcher = VERSION.matcher(complaint.words());
        int version = matcher.find() ? Integer.parseInt(matcher.group(1)) : 14;
        boolean alone = complaint.words().contains("(no transaction)");
        Linter linter = new Linter(PARSER, version, LocalDate.of(2026, 1, 31));
        List<Finding> findings = List.of();
        for (int file = 0; file < complaint.files().size(); file++) {
            String text = complaint.files().get(file);
            SourceText source = new SourceText(file + ".sql", text);
            boolean last = file == complaint.files().size() - 1;
            TransactionMode mode = alone && last ? TransactionMode.OFF : TransactionMode.ON;
            findings = linter.lint(new MigrationScript(source, 0, text.length(), mode, List.of()));
        }
        return findings;
    }
}
