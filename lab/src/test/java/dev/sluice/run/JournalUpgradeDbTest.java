package dev.sluice.run;

import static dev.sluice.run.RunFixture.addColumn;
import static dev.sluice.run.RunFixture.expandOnly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import dev.sluice.plan.PlanJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A journal that an older Sluice made becomes what a new one would be, and nothing in it is lost. */
@ExtendWith(PostgresExtension.class)
class JournalUpgradeDbTest {

    private static final String SHAPE = """
            SELECT string_agg(line, E'\\n' ORDER BY line) FROM (
                SELECT a.attrelid::regclass::text || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' '
                    || a.attnotnull || ' ' || a.attidentity::text || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '') AS line
                FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                WHERE a.attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'sluice'::regnamespace AND relkind = 'r')
                    AND a.attnum > 0 AND NOT a.attisdropped
                UNION ALL
                SELECT conrelid::regclass::text || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
                WHERE connamespace = 'sluice'::regnamespace) AS lines
            """;

    /** Both went by number 1: the speed was added later, in another table than before. */
    @ParameterizedTest
    @ValueSource(strings = {"version-1.sql", "version-1-with-speed.sql"})
    void the_next_run_brings_an_older_journal_up_to_date(String definition, TestDatabases databases) throws Exception {
        String fresh;
        try (RunFixture other = new RunFixture(databases.create())) {
            other.with(expandOnly("1", addColumn("a", "x"))).migrator().up(UpOptions.all());
            fresh = other.text(SHAPE);
        }
        TestDatabase database = databases.create();
        try (RunFixture fixture = new RunFixture(database)) {
            older(database, definition);
            fixture.with(expandOnly("2", addColumn("a", "full_name")));
            assertThat(fixture.migrator().activity().steps()).isEmpty();
            assertThat(fixture.migrator().status().runner()).isEmpty();
            assertThatThrownBy(() -> fixture.migrator().speed(0.5)).hasMessageContaining("sluice up");

            fixture.migrator().up(UpOptions.all());

            assertThat(fixture.text("SELECT version FROM sluice.journal"))
                    .isEqualTo(String.valueOf(JournalSchema.VERSION));
            assertThat(fixture.text(SHAPE)).isEqualTo(fresh);
            assertThat(fixture.text("SELECT string_agg(version || ' ' || state, ', ' ORDER BY position) FROM"
                            + " sluice.migration"))
                    .isEqualTo("1 reverted, 2 applied");
            fixture.migrator().speed(0.5);
            assertThat(fixture.migrator().activity().share()).isEqualTo(0.5);
        }
    }

    @Test
    void somebody_who_reads_the_older_journal_keeps_it_from_being_changed_for_no_longer_than_the_budget(
            TestDatabase database) throws Exception {
        try (RunFixture fixture = new RunFixture(database);
                var reader = database.connect();
                var statement = reader.createStatement()) {
            older(database, "version-1.sql");
            fixture.with(expandOnly("2", addColumn("a", "full_name")));
            reader.setAutoCommit(false);
            statement.execute("SELECT FROM sluice.step");
            var settings = RunFixture.settings()
                    .withLocks(RunFixture.settings().locks().withBudget(Duration.ofMillis(500)));

            assertThatThrownBy(() -> fixture.migrator(settings).up(UpOptions.all()))
                    .isInstanceOfSatisfying(
                            SluiceException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.LOCK_NOT_ACQUIRED))
                    .hasMessageContaining("sluice.step");

            assertThat(fixture.text("SELECT version FROM sluice.journal")).isEqualTo("1");
            reader.rollback();
            fixture.migrator().up(UpOptions.all());
            assertThat(fixture.hasColumn("full_name")).isTrue();
        }
    }

    private static final String PLAN = PlanJson.write(expandOnly("1", addColumn("a", "old")));

    private static void older(TestDatabase database, String definition) throws SQLException, IOException {
        try (InputStream in = JournalUpgradeDbTest.class.getResourceAsStream("/journal/" + definition)) {
            database.execute(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
        }
        database.execute("""
                INSERT INTO sluice.migration (version, name, state, file, up_checksum, up_sql, plan, epoch, actor)
                VALUES ('1', 'old', 'reverted', '1_old.sql', 'x', 'SELECT 1', '%s', 1, 'somebody')
                """.formatted(PLAN));
    }
}
