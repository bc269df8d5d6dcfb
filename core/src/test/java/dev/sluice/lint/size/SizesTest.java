package dev.sluice.lint.size;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.lint.Finding;
import dev.sluice.lint.Linter;
import dev.sluice.lint.Observations;
import dev.sluice.lint.Severity;
import dev.sluice.migration.MigrationScript;
import dev.sluice.migration.TransactionMode;
import dev.sluice.parser.PgParser;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.SourceText;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same statement on tables of different size. */
final class SizesTest {

    private static final PgParser PARSER = new PgParser();
    private static final String BEFORE =
            "CREATE TABLE orders (id int PRIMARY KEY, amount int); CREATE TABLE lines (id int PRIMARY KEY, orders int);";

    @AfterAll
    static void close() {
        PARSER.close();
    }

    @ParameterizedTest
    @CsvSource({
        "ALTER TABLE orders ALTER amount TYPE bigint, change-type-rewrite, 0, INFO",
        "ALTER TABLE orders ALTER amount TYPE bigint, change-type-rewrite, 10000, INFO",
        "ALTER TABLE orders ALTER amount TYPE bigint, change-type-rewrite, 100000, WARNING",
        "ALTER TABLE orders ALTER amount TYPE bigint, change-type-rewrite, 100000000, ERROR",
        "ALTER TABLE orders ALTER amount SET NOT NULL, set-not-null-scan, 100000, INFO",
        "ALTER TABLE orders ALTER amount SET NOT NULL, set-not-null-scan, 100000000, ERROR",
        "CREATE INDEX ON orders (amount), create-index-blocking, 1000000, ERROR",
        "ALTER TABLE orders DROP COLUMN amount, drop-column, 0, ERROR"
    })
    void severityFollowsFromTheConsequence(String statement, String rule, long rows, Severity wanted) {
        assertThat(finding(statement, rule, sizes(rows)).severity()).isEqualTo(wanted);
    }

    @Test
    void saysWhoWaits() {
        Weight weight = finding("CREATE INDEX ON orders (amount)", "create-index-blocking", sizes(1_000_000))
                .weight()
                .orElseThrow();
        assertThat(weight.waiting()).extracting(BusyQuery::text).containsExactly("UPDATE orders SET amount = $1");
        assertThat(weight.text())
                .contains(
                        "about 1,000,000 rows",
                        "(estimate)",
                        "7.0 writes/s wait",
                        "UPDATE orders SET amount = $1 (7.5/s)")
                .doesNotContain("reads/s");

        weight = finding("ALTER TABLE orders ALTER amount TYPE bigint", "change-type-rewrite", sizes(1_000_000))
                .weight()
                .orElseThrow();
        assertThat(weight.waiting())
                .extracting(BusyQuery::text)
                .containsExactly("SELECT * FROM orders WHERE id = $1", "UPDATE orders SET amount = $1");
        assertThat(weight.text()).contains("120 reads/s and 7.0 writes/s wait");
    }

    @Test
    void aTableThatNobodyHasMeasuredIsJudgedAsEver() {
        Finding finding = finding("ALTER TABLE lines ALTER orders TYPE bigint", "change-type-rewrite", sizes(1));
        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.weight()).isEmpty();
    }

    @Test
    void survivesAFile() {
        Sizes sizes = sizes(12);
        Snapshot snapshot = new Snapshot(sizes, "CREATE TABLE t (a int);");
        assertThat(SnapshotJson.read(SnapshotJson.of(snapshot))).isEqualTo(snapshot);
        assertThatThrownBy(() -> SnapshotJson.read("{\"tables\":[]}")).hasMessageContaining("\"queries\"");
        assertThatThrownBy(() -> SnapshotJson.read("rows")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Sizes sizes(long rows) {
        return new Sizes(
                "shop, today",
                Map.of(QualifiedName.of("public", "orders"), new TableSize(rows, rows * 60, rows * 20, 1, 120, 7)),
                List.of(
                        new BusyQuery("UPDATE orders SET amount = $1", 7.5),
                        new BusyQuery("SELECT * FROM orders WHERE id = $1", 100),
                        new BusyQuery("SELECT * FROM reorders", 100)));
    }

    private static Finding finding(String statement, String rule, Sizes sizes) {
        Linter linter = new Linter(PARSER, 16, LocalDate.of(2026, 1, 31), Observations.NONE, sizes);
        linter.lint(script(BEFORE));
        return linter.lint(script(statement)).stream()
                .filter(finding -> finding.rule().equals(rule))
                .findFirst()
                .orElseThrow();
    }

    private static MigrationScript script(String text) {
        return new MigrationScript(new SourceText("1.sql", text), 0, text.length(), TransactionMode.ON, List.of());
    }
}
