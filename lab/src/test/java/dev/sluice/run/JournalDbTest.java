package dev.sluice.run;

import static dev.sluice.run.RunFixture.addColumn;
import static dev.sluice.run.RunFixture.ddl;
import static dev.sluice.run.RunFixture.expandOnly;
import static dev.sluice.run.RunFixture.info;
import static dev.sluice.run.RunFixture.plain;
import static dev.sluice.run.RunFixture.usersLock;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabase;
import dev.sluice.plan.Step;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ran and what the journal says are one thing, whatever is lost in between. */
@ExtendWith(PostgresExtension.class)
class JournalDbTest {

    private RunFixture fixture;
    private CountingConnections connections;

    @BeforeEach
    void open(TestDatabase database) throws SQLException {
        fixture = new RunFixture(database);
        connections = new CountingConnections(database::connect);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_step_and_its_row_are_there_together_or_not_at_all() {
        Step half = new Step.Brief(
                info("b", List.of(usersLock())),
                Step.Purpose.DDL,
                List.of(),
                List.of("ALTER TABLE users ADD COLUMN second text", "SELECT 1 / 0"));
        fixture.with(expandOnly("1", addColumn("a", "first"), half));

        assertThatThrownBy(() -> fixture.migrator().up(UpOptions.all())).hasMessageContaining("division by zero");

        assertThat(fixture.hasColumn("first")).isTrue();
        assertThat(fixture.hasColumn("second")).isFalse();
        assertThat(fixture.text("SELECT string_agg(id || ' ' || state, ', ') FROM sluice.step"))
                .isEqualTo("a done");
    }

    @Test
    void a_plain_migration_that_fails_leaves_nothing_and_names_its_line() {
        String script = "CREATE TABLE one ();\n\nCREATE TABLE two (\n  x no_such_type);\n";
        fixture.with(
                expandOnly("1", plain("p", "CREATE TABLE one ()", "CREATE TABLE two (\n  x no_such_type)")), script);

        assertThatThrownBy(() -> fixture.migrator().up(UpOptions.all()))
                .isInstanceOfSatisfying(
                        SluiceException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED_SAFE))
                .hasMessageContaining("type \"no_such_type\" does not exist (SQLSTATE 42704)")
                .hasMessageContaining("at: migrations/1_test.sql:4:5")
                .hasMessageContaining("nothing of this migration was changed");

        assertThat(fixture.hasRelation("one")).isFalse();
        assertThat(fixture.isTrue("SELECT count(*) = 0 FROM sluice.migration")).isTrue();
    }

    @Test
    void a_plain_migration_costs_four_statements_of_ours() {
        for (int i = 1; i <= 5; i++) {
            fixture.with(expandOnly("" + i, plain("p", "CREATE TABLE t" + i + " (id int)")));
        }
        Step withLock = new Step.Brief(
                info("p", List.of(usersLock())),
                Step.Purpose.PLAIN,
                List.of(),
                List.of("ALTER TABLE users ADD COLUMN plain text"));
        fixture.with(expandOnly("6", withLock));

        fixture.migrator(connections, RunFixture.settings()).up(UpOptions.all());

        List<String> sent = List.copyOf(connections.sent);
        int second = sent.indexOf("CREATE TABLE t2 (id int)");
        int third = sent.indexOf("CREATE TABLE t3 (id int)");
        assertThat(third - second - 1)
                .as("between two: %s", sent.subList(second, third))
                .isLessThanOrEqualTo(4);
        int fifth = sent.indexOf("CREATE TABLE t5 (id int)");
        int last = sent.lastIndexOf("ALTER TABLE users ADD COLUMN plain text");
        // journal and COMMIT of the fifth; BEGIN, LOCK of the sixth
        assertThat(last - fifth - 1)
                .as("with a lock: %s", sent.subList(fifth, last))
                .isLessThanOrEqualTo(4);
    }

    @Test
    void settings_that_a_script_leaves_behind_do_not_reach_the_next_migration() {
        fixture.with(expandOnly("1", plain("p", "CREATE SCHEMA elsewhere", "SET search_path = elsewhere")));
        fixture.with(expandOnly("2", plain("p", "CREATE TABLE where_am_i ()")));
        fixture.migrator().up(UpOptions.all());
        assertThat(fixture.hasRelation("public.where_am_i")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void an_answer_to_a_commit_that_is_lost_is_looked_up(int commit) {
        fixture.with(expandOnly("1", plain("p", "CREATE TABLE other ()")));
        fixture.with(expandOnly("2", addColumn("a", "full_name"), addColumn("b", "nick")));
        fixture.migrator().status();
        connections.loseAnswerToCommit(commit + 1); // the first one makes the journal

        fixture.migrator(connections, RunFixture.settings()).up(UpOptions.all());

        assertThat(fixture.state("1")).isEqualTo("applied");
        assertThat(fixture.state("2")).isEqualTo("applied");
        assertThat(fixture.isTrue("SELECT count(*) = 2 FROM sluice.event WHERE kind = 'step done'"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void a_connection_killed_at_any_step_is_got_back(int number) {
        List<Step> steps = List.of(
                addColumn("a", "full_name"),
                RunFixture.index("i", "CREATE INDEX CONCURRENTLY users_email_idx ON public.users (email)"),
                new Step.Opaque(
                        info("o", List.of()),
                        List.of("VACUUM users"),
                        false,
                        java.util.Optional.of("SELECT false"),
                        java.util.Optional.empty()),
                addColumn("b", "nick"));
        fixture.with(expandOnly("1", steps.toArray(new Step[0])));
        List<Integer> killed = new ArrayList<>();
        fixture.onEvent(event -> {
            if (event instanceof RunEvent.StepStarted started && started.number() == number && killed.isEmpty()) {
                killed.add(number);
                fixture.killWorkers();
            }
        });

        fixture.migrator().up(UpOptions.all());

        assertThat(killed).hasSize(1);
        assertThat(fixture.state("1")).isEqualTo("applied");
        assertThat(fixture.hasRelation("users_email_idx")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void a_run_that_dies_at_any_step_is_gone_on_with_or_taken_back(int number) {
        fixture.with(expandOnly(
                "1",
                addColumn("a", "full_name"),
                RunFixture.index("i", "CREATE INDEX CONCURRENTLY users_email_idx ON public.users (email)"),
                addColumn("b", "nick")));
        fixture.onEvent(event -> {
            if (event instanceof RunEvent.StepStarted started && started.number() == number) {
                fixture.killWorkers();
            }
        });
        assertThatThrownBy(() -> fixture.migrator(RunFixture.settings().withReconnectFor(java.time.Duration.ZERO))
                        .up(UpOptions.all()))
                .isInstanceOfSatisfying(
                        SluiceException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONNECTION));

        fixture.onEvent(event -> {});
        if (number == 2) {
            fixture.migrator().down(DownOptions.last());
            assertThat(fixture.hasColumn("full_name")).isFalse();
            assertThat(fixture.hasRelation("users_email_idx")).isFalse();
        }
        fixture.migrator().up(UpOptions.all());
        assertThat(fixture.state("1")).isEqualTo("applied");
        assertThat(fixture.hasColumn("nick")).isTrue();
    }

    @Test
    void passwords_are_not_kept() {
        fixture.with(
                expandOnly("1", plain("p", "CREATE ROLE sluice_test_r PASSWORD 'hunter2'", "DROP ROLE sluice_test_r")),
                "CREATE ROLE sluice_test_r PASSWORD 'hunter2';");
        fixture.migrator().up(UpOptions.all());
        assertThat(fixture.text("SELECT (SELECT string_agg(m::text, '') FROM sluice.migration m)"
                        + " || (SELECT string_agg(e::text, '') FROM sluice.event e)"))
                .contains("sluice_test_r")
                .doesNotContain("hunter2");
    }

    @Test
    void an_undo_that_dies_goes_on_where_it_stopped() {
        Step twice = new Step.Brief(
                info(
                        "a",
                        List.of(usersLock()),
                        ddl("u1", "ALTER TABLE users DROP COLUMN first"),
                        ddl("u2", "ALTER TABLE users DROP COLUMN second")),
                Step.Purpose.DDL,
                List.of(),
                List.of("ALTER TABLE users ADD COLUMN first text, ADD COLUMN second text"));
        fixture.with(expandOnly("1", twice, addColumn("b", "nick")));
        fixture.migrator().up(UpOptions.all());
        fixture.onEvent(event -> {
            if (event instanceof RunEvent.StepStarted started
                    && started.stepId().equals("a/undo/2")) {
                fixture.killWorkers();
            }
        });
        assertThatThrownBy(() -> fixture.migrator(RunFixture.settings().withReconnectFor(java.time.Duration.ZERO))
                        .down(DownOptions.last()))
                .isInstanceOf(SluiceException.class);
        assertThat(fixture.state("1")).isEqualTo("reverting");
        fixture.onEvent(event -> {});

        fixture.migrator().down(DownOptions.last());

        assertThat(fixture.state("1")).isEqualTo("reverted");
        assertThat(fixture.hasColumn("second")).isFalse();
    }
}
