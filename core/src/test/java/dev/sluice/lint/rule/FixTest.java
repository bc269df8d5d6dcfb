package dev.sluice.lint.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lint.Finding;
import dev.sluice.lint.Fixes;
import dev.sluice.lint.Linter;
import dev.sluice.migration.MigrationScript;
import dev.sluice.migration.TransactionMode;
import dev.sluice.parser.PgParser;
import dev.sluice.sql.SourceText;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the fixes of rules about columns and constraints make of a statement, and that the rule is content with it. */
final class FixTest {

    private static final PgParser PARSER = new PgParser();
    private static final String BEFORE = """
            CREATE TABLE orders (id int PRIMARY KEY, amount int, note text);
            ALTER TABLE orders ADD CONSTRAINT "Filled" NOT NULL note NOT VALID;
            """;

    @AfterAll
    static void close() {
        PARSER.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "add-column-json | ALTER TABLE orders ADD COLUMN \"é\" JSON NOT NULL DEFAULT 'json'"
                        + " | ALTER TABLE orders ADD COLUMN \"é\" jsonb NOT NULL DEFAULT 'json'",
                "not-null-valid-constraint-18 | ALTER TABLE orders ADD CONSTRAINT n NOT NULL amount"
                        + " | ALTER TABLE orders ADD CONSTRAINT n NOT NULL amount NOT VALID",
                "not-null-promote-with-set-18 | ALTER TABLE orders ALTER COLUMN note SET NOT NULL"
                        + " | ALTER TABLE orders VALIDATE CONSTRAINT \"Filled\"",
                "unnamed-constraint | ALTER TABLE orders ADD CHECK (amount > 0) NOT VALID"
                        + " | ALTER TABLE orders ADD CONSTRAINT orders_amount_check CHECK (amount > 0) NOT VALID",
                "unnamed-constraint | ALTER TABLE orders ADD CHECK (amount > id) NOT VALID"
                        + " | ALTER TABLE orders ADD CONSTRAINT orders_check CHECK (amount > id) NOT VALID",
                "unnamed-constraint | ALTER TABLE ONLY orders ADD UNIQUE (amount, note)"
                        + " | ALTER TABLE ONLY orders ADD CONSTRAINT orders_amount_note_key UNIQUE (amount, note)",
                "unnamed-constraint | ALTER TABLE orders ADD FOREIGN KEY (amount) REFERENCES orders NOT VALID"
                        + " | ALTER TABLE orders ADD CONSTRAINT orders_amount_fkey FOREIGN KEY (amount)"
                        + " REFERENCES orders NOT VALID"
            })
    void mends(String rule, String statement, String wanted) {
        String text = "/* ü */ " + statement + ";";
        Finding.Fix fix = findings(rule, text).get(0).fix().orElseThrow();
        String mended = text.substring(0, fix.start()) + fix.text() + text.substring(fix.end());
        assertThat(mended).isEqualTo("/* ü */ " + wanted + ";");
        assertThat(findings(rule, mended)).isEmpty();
    }

    /** Whatever the cases of the rules have, in a transaction and outside: what mends it is SQL, and comes to an end. */
    @ParameterizedTest
    @EnumSource(TransactionMode.class)
    void whatMendsTheCasesIsSql(TransactionMode mode) {
        for (RulesTest.Case one : RulesTest.cases()) {
            Linter before = new Linter(PARSER, one.version(), LocalDate.of(2026, 1, 31));
            for (String file : one.files()) {
                String text = file;
                for (int round = 0; round < 12; round++) {
                    MigrationScript script = script(text, mode);
                    List<Finding> findings = before.fork().lint(script);
                    String mended = Fixes.apply(text, findings);
                    assertThat(round).as("%s\n%s\n->\n%s", one, text, mended).isLessThan(11);
                    if (mended.equals(text)) {
                        break;
                    }
                    text = mended;
                }
                before.lint(script(file, mode));
            }
        }
    }

    private static List<Finding> findings(String rule, String text) {
        Linter linter = new Linter(PARSER, 18, LocalDate.of(2026, 1, 31));
        linter.lint(script(BEFORE));
        return linter.lint(script(text)).stream()
                .filter(finding -> finding.rule().equals(rule))
                .toList();
    }

    private static MigrationScript script(String text) {
        return script(text, TransactionMode.ON);
    }

    private static MigrationScript script(String text, TransactionMode mode) {
        return new MigrationScript(new SourceText("1.sql", text), 0, text.length(), mode, List.of());
    }
}
