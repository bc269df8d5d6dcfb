package dev.sluice.run;

import static dev.sluice.run.RunFixture.addColumn;
import static dev.sluice.run.RunFixture.expandOnly;
import static dev.sluice.run.RunFixture.info;
import static dev.sluice.run.RunFixture.plain;
import static dev.sluice.run.RunFixture.plan;
import static dev.sluice.run.RunFixture.usersLock;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ExitCode;
import dev.sluice.Settings;
import dev.sluice.SluiceException;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import dev.sluice.migration.InvalidMigrationsException;
import dev.sluice.plan.PlanJson;
import dev.sluice.plan.Step;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code up} with nothing to do takes a look and no lease; and it never says so when there is something to do or to say. */
@ExtendWith(PostgresExtension.class)
class PendingDbTest {

    private RunFixture fixture;
    private CountingConnections connections;

    @BeforeEach
    void open(TestDatabase database) throws SQLException {
        fixture = new RunFixture(database);
        connections = new CountingConnections(database::connect);
        fixture.with(expandOnly("1", addColumn("a", "full_name")));
        fixture.with(expandOnly("2", plain("p", "CREATE TABLE two (id int)")));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private RunResult up() {
        return up(UpOptions.all());
    }

    private RunResult up(UpOptions options) {
        connections.sent.clear();
        Settings settings = RunFixture.settings().withWaitForRunner(Duration.ofMillis(100));
        return fixture.migrator(connections, settings).up(options);
    }

    @Test
    void nothing_to_do_costs_four_statements_at_most_and_leaves_no_trace() {
        assertThat(up().outcomes()).hasSize(2);
        String before = trace();

        RunResult second = up();

        assertThat(second.outcomes()).isEmpty();
        assertThat(second.stopped()).isEmpty();
        assertThat(connections.sent).hasSizeLessThanOrEqualTo(4);
        assertThat(connections.sent).noneMatch(sql -> sql.equals("BEGIN") || sql.contains("advisory"));
        assertThat(trace()).isEqualTo(before);
    }

    @Test
    void a_thousand_applied_migrations_cost_no_more() {
        up();
        fixture.execute("""
                INSERT INTO sluice.migration (version, name, state, file, up_checksum, up_sql, plan, epoch, actor)
                SELECT 'x' || g, 'gone', 'reverted', 'x.sql', 'x', '', '{}', 1, 'x' FROM generate_series(1, 1000) g
                """);

        assertThat(up().outcomes()).isEmpty();

        assertThat(connections.sent).hasSizeLessThanOrEqualTo(4);
    }

    /** Everything that a run writes: versions of the lease, the journal and its rows. */
    private String trace() {
        return fixture.text("""
                SELECT (SELECT string_agg(xmin::text || epoch, ',') FROM sluice.lease) || ' '
                    || (SELECT string_agg(xmin::text, ',' ORDER BY version) FROM sluice.migration) || ' '
                    || (SELECT count(*) FROM sluice.event)
                """);
    }

    @Test
    void a_new_file_is_something_to_do() {
        up();
        fixture.with(expandOnly("3", plain("p", "CREATE TABLE three (id int)")));

        assertThat(up().outcomes()).extracting(RunResult.Outcome::version).containsExactly("3");
        assertThat(fixture.hasRelation("three")).isTrue();
    }

    @Test
    void a_changed_file_is_said() {
        up();
        fixture.with(expandOnly("2", plain("p", "CREATE TABLE two (id int)")), "SELECT 'another script';");

        assertThatThrownBy(this::up)
                .isInstanceOf(InvalidMigrationsException.class)
                .hasMessageContaining("migrations/2_test.sql");
    }

    @Test
    void a_file_that_is_gone_is_said(TestDatabase database) throws SQLException {
        up();
        fixture.execute("""
                INSERT INTO sluice.migration (version, name, state, file, up_checksum, up_sql, plan, epoch, actor)
                VALUES ('0', 'gone', 'applied', '0_gone.sql', 'x', '', '{}', 1, 'somebody')
                """);

        assertThatThrownBy(this::up)
                .isInstanceOf(InvalidMigrationsException.class)
                .hasMessageContaining("0");
    }

    @Test
    void a_repeatable_file_that_was_edited_is_something_to_do() {
        fixture.withRepeatable(
                expandOnly("R__view", plain("p", "CREATE OR REPLACE VIEW v AS SELECT 1 AS a")), "SELECT 1;");
        assertThat(up().outcomes()).hasSize(3);
        assertThat(up().outcomes()).isEmpty();

        fixture.withRepeatable(
                expandOnly("R__view", plain("p", "CREATE OR REPLACE VIEW v AS SELECT 2 AS a")), "SELECT 2;");

        assertThat(up().outcomes()).extracting(RunResult.Outcome::version).containsExactly("R__view");
        assertThat(fixture.text("SELECT a FROM v")).isEqualTo("2");
    }

    @Test
    void a_migration_that_was_interrupted_goes_on() {
        fixture.execute("CREATE TABLE gate (open int)");
        Step waits = new Step.Brief(
                info("b", List.of(usersLock())), Step.Purpose.DDL, List.of(), List.of("SELECT 1 / count(*) FROM gate"));
        fixture.with(expandOnly("3", addColumn("a", "nick"), waits));
        assertThatThrownBy(this::up).hasMessageContaining("division by zero");
        assertThat(fixture.state("3")).isEqualTo("expanding");
        fixture.execute("INSERT INTO gate VALUES (1)");

        assertThat(up().outcomes()).extracting(RunResult.Outcome::version).containsExactly("3");
        assertThat(fixture.state("3")).isEqualTo("applied");
    }

    @ParameterizedTest
    @CsvSource({"contracting, sluice contract", "reverting, sluice down"})
    void what_is_half_done_in_another_direction_is_said(String state, String next) {
        up();
        fixture.execute("UPDATE sluice.migration SET state = '" + state + "' WHERE version = '1'");

        assertThatThrownBy(this::up).isInstanceOf(IllegalMoveException.class).hasMessageContaining(next);
    }

    @Test
    void what_was_taken_back_is_something_to_do() {
        fixture.with(expandOnly("3", addColumn("a", "nick")));
        up();
        fixture.migrator().down(DownOptions.last());
        assertThat(fixture.hasColumn("nick")).isFalse();

        assertThat(up().outcomes()).extracting(RunResult.Outcome::version).containsExactly("3");
    }

    @Test
    void a_migration_that_is_expanded_and_waits_for_its_contract_is_nothing_to_do_for_up() {
        fixture.with(plan("3", List.of(addColumn("a", "nick")), List.of(addColumn("c", "later")), List.of()));
        up();
        assertThat(fixture.state("3")).isEqualTo("expanded");

        assertThat(up().outcomes()).isEmpty();
        assertThat(connections.sent).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void a_version_that_is_asked_for_and_not_pending_is_an_error_as_ever() {
        up();
        assertThatThrownBy(() -> up(UpOptions.all().withTarget("1")))
                .isInstanceOfSatisfying(
                        SluiceException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageContaining("version 1 is not pending");
    }

    @Test
    void another_runner_at_work_is_waited_for_even_with_nothing_pending() {
        up();
        fixture.execute("UPDATE sluice.lease SET holder = 'somebody, on another machine', exclusive = false,"
                + " acquired_at = now(), heartbeat_at = now(), expires_at = now() + interval '1 hour'");

        assertThatThrownBy(this::up)
                .isInstanceOfSatisfying(
                        SluiceException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.LOCK_NOT_ACQUIRED))
                .hasMessageContaining("somebody, on another machine");

        fixture.execute("UPDATE sluice.lease SET expires_at = now() - interval '1 second'");
        assertThat(up().outcomes()).isEmpty();
    }

    @Test
    void a_database_without_a_journal_gets_one(TestDatabases databases) throws SQLException {
        try (RunFixture empty = new RunFixture(databases.create())) {
            assertThat(empty.migrator().up(UpOptions.all()).outcomes()).isEmpty();
            assertThat(empty.hasRelation("sluice.migration")).isTrue();
        }
    }

    @Test
    void a_journal_of_a_newer_sluice_is_refused() {
        up();
        fixture.execute("UPDATE sluice.journal SET version = version + 1");

        assertThatThrownBy(this::up).hasMessageContaining("newer Sluice");
    }

    @Test
    void a_journal_of_an_older_sluice_is_brought_up_to_date(TestDatabases databases) throws Exception {
        TestDatabase database = databases.create();
        try (RunFixture older = new RunFixture(database);
                InputStream in = PendingDbTest.class.getResourceAsStream("/journal/version-1.sql")) {
            database.execute(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
            older.with(expandOnly("1", addColumn("a", "full_name")));
            database.execute(
                    """
                    INSERT INTO sluice.migration (version, name, state, file, up_checksum, up_sql, plan, epoch, actor)
                    VALUES ('1', 'test', 'applied', '1.sql', '%s', '', '%s', 1, 'somebody')
                    """.formatted(older.checksum("1"), PlanJson.write(expandOnly("1", addColumn("a", "full_name")))));

            assertThat(older.migrator().up(UpOptions.all()).outcomes()).isEmpty();

            assertThat(older.text("SELECT version FROM sluice.journal"))
                    .isEqualTo(String.valueOf(JournalSchema.VERSION));
        }
    }

    @Test
    void a_journal_that_says_no_version_is_not_believed() {
        up();
        fixture.execute("DELETE FROM sluice.journal");

        assertThatThrownBy(this::up)
                .isInstanceOfSatisfying(
                        SluiceException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED_NEEDS_OPERATOR))
                .hasMessageContaining("sluice doctor");
    }

    @Test
    void a_server_that_cannot_be_reached_is_an_error() {
        var unreachable = fixture.migrator(
                () -> {
                    throw new SQLException("connection refused", "08001");
                },
                RunFixture.settings());

        assertThatThrownBy(() -> unreachable.up(UpOptions.all())).hasMessageContaining("connection refused");
    }
}
