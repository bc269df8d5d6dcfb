package dev.sluice.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.Catalog;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.diff.CatalogDiff;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import dev.sluice.migration.MigrationScript;
import dev.sluice.migration.TransactionMode;
import dev.sluice.parser.PgParser;
import dev.sluice.postgres.CatalogReader;
import dev.sluice.sql.SourceText;
import dev.sluice.sql.Statement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each fix, from {@code fixes.sql}: what it makes of a script, that its finding is gone then and nothing worse found, and that
 * the server makes the same catalog of both, unless the case says what is different.
 */
@ExtendWith(PostgresExtension.class)
final class FixesDbTest {

    private static final PgParser PARSER = new PgParser();
    private static final Pattern HEAD = Pattern.compile(
            "([a-z0-9-]+)((?: \\((?:PostgreSQL 18|no transaction|alone)\\))*)(?:, (fails before|other catalog): ?.*|, (fails before))?");
    private static final Pattern HAZARD = Pattern.compile("(?m)^\\| `([a-z0-9-]+)` \\|");

    /** A script before and after, and what was there before it. */
    record Case(String head, String rule, String earlier, String before, String after) {
        boolean isFor(int version) {
            return version == 18 || !head.contains("(PostgreSQL 18)");
        }

        TransactionMode transaction() {
            return head.contains("(no transaction)") ? TransactionMode.OFF : TransactionMode.ON;
        }

        /** A lone statement runs without a transaction, whatever is said. */
        boolean wrapped() {
            return transaction() == TransactionMode.ON && !head.contains("(alone)");
        }

        @Override
        public String toString() {
            return head;
        }
    }

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (String each : text().split("(?m)^-- fix: ")) {
            if (!each.isBlank()) {
                int end = each.indexOf('\n');
                String[] parts = each.substring(end + 1).split("(?m)^-- (?:before|after)\n");
                assertThat(parts).as(each).hasSize(3);
                Matcher head = HEAD.matcher(each.substring(0, end));
                assertThat(head.matches()).as(each.substring(0, end)).isTrue();
                cases.add(new Case(each.substring(0, end), head.group(1), parts[0], parts[1], parts[2]));
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
    void mends(Case one) {
        for (int version : List.of(14, 18)) {
            if (one.isFor(version)) {
                String mended = fixed(one, one.before(), version);
                assertThat(mended).as("for PostgreSQL " + version).isEqualTo(one.after());
                assertThat(fixed(one, mended, version)).as("again").isEqualTo(mended);
                assertThat(worse(one, version)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theServerMakesTheSameOfBoth(Case one, TestDatabases databases) throws SQLException {
        check(one, databases.create(), databases.create());
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("cases")
    void soDoesTheOldest(Case one, TestDatabases databases) throws SQLException {
        PostgresVersion oldest = PostgresVersion.ofMajor(14);
        check(one, databases.create(oldest), databases.create(oldest));
    }

    private static void check(Case one, TestDatabase plain, TestDatabase better) {
        if (!one.isFor(plain.version().major())) {
            return;
        }
        boolean worked = runs(one, one.before(), plain);
        assertThat(runs(one, one.after(), better)).as("the mended script runs").isTrue();
        if (one.head().contains("fails before")) {
            assertThat(worked).as("the script as it was").isFalse();
        } else {
            assertThat(worked).as("the script as it was").isTrue();
            List<?> differences = CatalogDiff.compare(catalog(plain), catalog(better));
            assertThat(differences.isEmpty())
                    .as("the same catalog: %s", differences)
                    .isEqualTo(!one.head().contains("other catalog"));
        }
    }

    /** Each hazard that one edit mends has a case here, or a reason in docs/lint.md. */
    @Test
    void eachMechanicalHazardIsMendedOrHasAReason() throws IOException {
        Set<String> mended = new TreeSet<>();
        cases().forEach(one ->
                mended.add(one.rule().equals("unused-suppression") ? "unused-or-unknown-suppression" : one.rule()));
        String page = Files.readString(Path.of("..", "docs", "lint.md"));
        int start = page.indexOf("## What `--fix` does not mend");
        Set<String> excused = new TreeSet<>();
        HAZARD.matcher(page.substring(start, page.indexOf("\n## ", start)))
                .results()
                .forEach(row -> excused.add(row.group(1)));
        Set<String> all = new TreeSet<>(mended);
        all.addAll(excused);

        assertThat(excused).doesNotContainAnyElementsOf(mended);
        assertThat(all).containsAll(mechanical());
    }

    private static Set<String> mechanical() throws IOException {
        return new TreeSet<>(resource("mechanical.txt").lines().toList());
    }

    private static String fixed(Case one, String text, int version) {
        String mended = text;
        for (int round = 0; round < 5; round++) {
            mended = Fixes.apply(
                    mended,
                    lint(one, mended, version).stream()
                            .filter(finding -> finding.rule().equals(one.rule()))
                            .toList());
        }
        return mended;
    }

    /** Findings of the mended script that are as bad as what was mended, and were not there before. */
    private static List<String> worse(Case one, int version) {
        List<Finding> before = lint(one, one.before(), version);
        Severity mended = before.stream()
                .filter(finding -> finding.rule().equals(one.rule()))
                .map(Finding::severity)
                .findFirst()
                .orElseThrow();
        List<String> known = before.stream().map(Finding::rule).toList();
        return lint(one, one.after(), version).stream()
                .filter(finding -> finding.severity().compareTo(mended) <= 0 && finding.severity() != Severity.INFO)
                .filter(finding -> finding.fix().isPresent() || finding.rule().equals(one.rule()))
                .map(Finding::rule)
                .filter(rule -> rule.equals(one.rule()) || !known.contains(rule))
                .toList();
    }

    private static List<Finding> lint(Case one, String text, int version) {
        Linter linter = new Linter(PARSER, version, LocalDate.of(2026, 1, 31));
        linter.lint(MigrationScript.of(new SourceText("1.sql", one.earlier())));
        MigrationScript read = MigrationScript.read(new SourceText("2.sql", text));
        return linter.lint(new MigrationScript(read.source(), 0, text.length(), one.transaction(), read.directives()));
    }

    /** As psql runs a file, stopping at the first error; what is open then is rolled back. */
    private static boolean runs(Case one, String text, TestDatabase database) {
        try (Session session = Session.open(database::connect, "fixes")) {
            each(one.earlier()).forEach(session::execute);
        }
        try (Session session = Session.open(database::connect, "fixes")) {
            if (one.wrapped()) {
                session.execute("BEGIN");
            }
            each(text).forEach(session::execute);
            if (one.wrapped()) {
                session.execute("COMMIT");
            }
            return true;
        } catch (DatabaseException e) {
            return false;
        }
    }

    private static List<String> each(String text) {
        return MigrationScript.of(new SourceText("x.sql", text)).parse(PARSER).statements().stream()
                .map(Statement::sql)
                .toList();
    }

    private static Catalog catalog(TestDatabase database) {
        try (Session session = Session.open(database::connect, "fixes")) {
            return CatalogReader.read(session);
        }
    }

    private static String text() {
        try {
            return resource("fixes.sql");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = FixesDbTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
