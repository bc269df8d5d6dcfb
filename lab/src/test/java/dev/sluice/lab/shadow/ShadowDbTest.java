package dev.sluice.lab.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.proof.ProofDatabases;
import dev.sluice.lab.rows.SampleRows;
import dev.sluice.lint.Finding;
import dev.sluice.lint.Linter;
import dev.sluice.lint.Observed;
import dev.sluice.lint.Severity;
import dev.sluice.lint.size.Sizes;
import dev.sluice.migration.MigrationScript;
import dev.sluice.migration.TransactionMode;
import dev.sluice.parser.PgParser;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.SourceText;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a server is seen to do with statements, and what the linter makes of it. */
@ExtendWith(PostgresExtension.class)
class ShadowDbTest {

    private static final QualifiedName ORDERS = QualifiedName.of("public", "orders");
    private static final QualifiedName LINES = QualifiedName.of("public", "lines");

    private static final String BEFORE = """
            CREATE TABLE orders (id int PRIMARY KEY, amount int NOT NULL, note varchar(20));
            CREATE INDEX ON orders (note);
            CREATE TABLE lines (id int PRIMARY KEY, order_id int, qty int);
            CREATE FUNCTION widen() RETURNS void LANGUAGE plpgsql AS
                $$ BEGIN ALTER TABLE lines ALTER COLUMN qty TYPE bigint; END $$;
            """;

    private final PgParser parser = new PgParser();
    private Optional<ProofDatabases> databases = Optional.empty();

    @BeforeEach
    void begin(TestDatabase some) {
        databases = Optional.of(new ProofDatabases(some.server(), some.version(), some.name() + "_"));
    }

    @AfterEach
    void end() {
        databases.ifPresent(ProofDatabases::close);
        parser.close();
    }

    @Test
    void seesLocksNewFilesAndFullReads() {
        Seen seen = seen(TransactionMode.ON, "ALTER TABLE orders ALTER COLUMN amount TYPE bigint");
        assertThat(seen.only().taken()).isEqualTo(Map.of(ORDERS, LockMode.ACCESS_EXCLUSIVE));
        assertThat(seen.only().rewritten()).containsExactly(ORDERS);
        assertThat(seen.only().scanned()).containsExactly(ORDERS);

        // its index is made anew with it, which is no work of its own
        seen = seen(TransactionMode.ON, "ALTER TABLE orders ALTER COLUMN id TYPE bigint");
        assertThat(seen.only().rewritten()).containsExactly(ORDERS);
        assertThat(seen.only().indexed()).isEmpty();
        assertThat(seen.rules()).doesNotContain("observed-difference");

        // a wider varchar: the new index takes the old one's file; another order of its values: it is built
        seen = seen(TransactionMode.ON, "ALTER TABLE orders ALTER COLUMN note TYPE varchar(39)");
        assertThat(seen.only().rewritten()).isEmpty();
        assertThat(seen.only().indexed()).isEmpty();
        assertThat(seen.rules()).doesNotContain("observed-difference");
        seen = seen(TransactionMode.ON, "ALTER TABLE orders ALTER COLUMN note TYPE varchar(20) COLLATE \"C\"");
        assertThat(seen.only().rewritten()).isEmpty();
        assertThat(seen.only().indexed()).containsExactly(ORDERS);
        assertThat(seen.rules()).doesNotContain("observed-difference");

        seen = seen(TransactionMode.ON, "ALTER TABLE lines ADD FOREIGN KEY (order_id) REFERENCES orders");
        assertThat(seen.only().taken())
                .isEqualTo(Map.of(ORDERS, LockMode.SHARE_ROW_EXCLUSIVE, LINES, LockMode.SHARE_ROW_EXCLUSIVE));
        assertThat(seen.only().rewritten()).isEmpty();

        seen = seen(TransactionMode.ON, "CREATE INDEX ON lines (qty)");
        assertThat(seen.only().taken()).isEqualTo(Map.of(LINES, LockMode.SHARE));
        assertThat(seen.only().indexed()).containsExactly(LINES);
        assertThat(seen.rules()).contains("create-index-blocking").doesNotContain("observed-difference");
    }

    /** Some of the made-up rows have NULL: they go before the scan is looked at. */
    @Test
    void looksAtAScanThatWouldFailOnTheRows() {
        Seen seen = seen(TransactionMode.ON, "ALTER TABLE orders ALTER COLUMN note SET NOT NULL");
        assertThat(seen.result().failed()).isFalse();
        assertThat(seen.only().scanned()).containsExactly(ORDERS);
        assertThat(seen.rules()).contains("set-not-null-scan").doesNotContain("observed-difference");
    }

    @Test
    void saysWhatCodeDoesThatNobodyCanRead() {
        Seen seen = seen(
                TransactionMode.ON, "DO $$ BEGIN EXECUTE 'ALTER TABLE orders ALTER ' || 'amount TYPE bigint'; END $$");
        assertThat(seen.only().rewritten()).containsExactly(ORDERS);
        assertThat(seen.severity("opaque-sql")).isEqualTo(Severity.ERROR);

        seen = seen(TransactionMode.ON, "DO $$ BEGIN EXECUTE 'ALTER TABLE orders ADD c ' || 'int'; END $$");
        assertThat(seen.severity("opaque-sql")).isEqualTo(Severity.WARNING);

        seen = seen(TransactionMode.ON, "DO $$ BEGIN PERFORM count(*) FROM orders; END $$");
        assertThat(seen.rules()).doesNotContain("opaque-sql", "observed");
    }

    @Test
    void saysWhereReadingWasWrong() {
        Seen seen = seen(TransactionMode.ON, "SELECT widen()");
        assertThat(seen.only().rewritten()).containsExactly(LINES);
        assertThat(seen.severity("observed-difference")).isEqualTo(Severity.ERROR);
        assertThat(seen.finding("observed-difference").message())
                .contains("ACCESS EXCLUSIVE on public.lines", "rewrite of public.lines");
    }

    @Test
    void seesWhatAConcurrentBuildLocksAndWaitsFor() {
        Seen seen = seen(TransactionMode.OFF, "CREATE INDEX CONCURRENTLY ON lines (qty)");
        assertThat(seen.only().transactional()).isFalse();
        assertThat(seen.only().taken()).isEqualTo(Map.of(LINES, LockMode.SHARE_UPDATE_EXCLUSIVE));
        assertThat(seen.only().indexed()).containsExactly(LINES);
        assertThat(seen.only().waits()).containsExactly("transactions that write to public.lines to end");

        seen = seen(TransactionMode.OFF, "VACUUM FULL lines");
        assertThat(seen.only().taken()).isEqualTo(Map.of(LINES, LockMode.ACCESS_EXCLUSIVE));
        assertThat(seen.only().rewritten()).containsExactly(LINES);
    }

    @Test
    void countsForEachStatementWhatItAddsToItsTransaction() {
        Seen seen = seen(
                TransactionMode.ON,
                "ALTER TABLE orders ADD c int; ALTER TABLE orders ALTER COLUMN amount TYPE bigint; DROP TABLE lines");
        List<Observed> all = List.copyOf(seen.statements().values());
        assertThat(all.get(0).taken()).isEqualTo(Map.of(ORDERS, LockMode.ACCESS_EXCLUSIVE));
        assertThat(all.get(0).rewritten()).isEmpty();
        assertThat(all.get(1).taken()).isEmpty();
        assertThat(all.get(1).rewritten()).containsExactly(ORDERS);
        assertThat(all.get(2).taken()).isEqualTo(Map.of(LINES, LockMode.ACCESS_EXCLUSIVE));
        assertThat(seen.rules()).doesNotContain("observed-difference");
    }

    @Test
    void saysThatTheServerRefusesAStatement() {
        Seen seen = seen(TransactionMode.ON, "ALTER TABLE orders ALTER COLUMN missing SET DEFAULT 1");
        assertThat(seen.result().failed()).isTrue();
        assertThat(seen.finding("observed-failure").message()).contains("column \"missing\"", "--dump");
    }

    /** What was seen of a script, and what the linter says who was told. */
    private record Seen(Shadow.Result result, List<Finding> findings) {
        Map<Integer, Observed> statements() {
            return new TreeMap<>(result.statements());
        }

        Observed only() {
            assertThat(result.statements()).hasSize(1);
            return result.statements().values().iterator().next();
        }

        List<String> rules() {
            return findings.stream().map(Finding::rule).toList();
        }

        Finding finding(String rule) {
            return findings.stream()
                    .filter(f -> f.rule().equals(rule))
                    .findFirst()
                    .orElseThrow();
        }

        Severity severity(String rule) {
            return finding(rule).severity();
        }
    }

    private Seen seen(TransactionMode mode, String text) {
        ProofDatabases each = databases.orElseThrow().nested();
        MigrationScript before = script("before.sql", TransactionMode.ON, BEFORE);
        MigrationScript script = script("script.sql", mode, text);
        Shadow shadow = new Shadow(
                each, each.create(), (session, catalog, tables) -> SampleRows.fill(session, catalog, tables, 200, 1));
        shadow.pass(before);
        shadow.fill();
        Shadow.Result result = shadow.observe(script);
        Linter linter = new Linter(
                parser,
                shadow.database().version().major(),
                LocalDate.of(2026, 1, 31),
                statement -> statement.source().equals(script.source())
                        ? Optional.ofNullable(result.statements().get(statement.start()))
                        : Optional.empty(),
                Sizes.UNKNOWN);
        linter.lint(before);
        List<Finding> findings = linter.lint(script);
        each.close();
        return new Seen(result, findings);
    }

    private static MigrationScript script(String file, TransactionMode mode, String text) {
        return new MigrationScript(new SourceText(file, text), 0, text.length(), mode, List.of());
    }
}
