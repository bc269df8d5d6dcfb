package dev.sluice.run;

import static dev.sluice.run.RunFixture.addColumn;
import static dev.sluice.run.RunFixture.ddl;
import static dev.sluice.run.RunFixture.expandOnly;
import static dev.sluice.run.RunFixture.info;
import static dev.sluice.run.RunFixture.plain;
import static dev.sluice.run.RunFixture.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabase;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Probe;
import dev.sluice.plan.Step;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Migrations go from state to state, and only along the ways there are. */
@ExtendWith(PostgresExtension.class)
class LifecycleDbTest {

    private RunFixture fixture;

    @BeforeEach
    void open(TestDatabase database) throws SQLException {
        fixture = new RunFixture(database);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static Plan threePhases() {
        return plan(
                "1",
                List.of(addColumn("a", "full_name"), addColumn("b", "nick")),
                List.of(ddl(
                        "c",
                        "ALTER TABLE users RENAME email TO email_archived",
                        ddl("c-back", "ALTER TABLE users RENAME email_archived TO email"))),
                List.of(ddl("d", "ALTER TABLE users DROP COLUMN email_archived")));
    }

    @Test
    void a_migration_goes_through_expand_contract_and_purge() {
        fixture.with(threePhases());

        RunResult up = fixture.migrator().up(UpOptions.all());
        assertThat(up.outcomes()).extracting(RunResult.Outcome::state).containsExactly(MigrationState.EXPANDED);
        assertThat(up.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(up.longestLockHeld()).isPositive();
        assertThat(fixture.hasColumn("full_name")).isTrue();
        assertThat(fixture.hasColumn("email")).isTrue();

        fixture.migrator().contract(Optional.empty());
        assertThat(fixture.state("1")).isEqualTo("applied");
        assertThat(fixture.hasColumn("email")).isFalse();

        fixture.migrator().purge(Optional.empty());
        assertThat(fixture.state("1")).isEqualTo("purged");
        assertThat(fixture.hasColumn("email_archived")).isFalse();

        assertThat(fixture.migrator().history())
                .extracting(HistoryEntry::kind)
                .contains(
                        "migration expanding", "step done", "migration expanded", "restore point", "migration purged");
        assertThat(fixture.migrator().history())
                .anySatisfy(entry -> assertThat(entry.sql()).contains("ALTER TABLE users ADD COLUMN full_name text"))
                .allSatisfy(entry -> assertThat(entry.actor()).isEqualTo("tester"));
    }

    @Test
    void down_takes_back_contract_and_expand_in_reverse_order() {
        fixture.with(threePhases());
        fixture.migrator().up(UpOptions.all());
        fixture.migrator().contract(Optional.empty());

        fixture.migrator().down(DownOptions.last());

        assertThat(fixture.state("1")).isEqualTo("reverted");
        assertThat(fixture.hasColumn("full_name")).isFalse();
        assertThat(fixture.hasColumn("email")).isTrue();
        assertThat(fixture.events(RunEvent.StepStarted.class))
                .extracting(RunEvent.StepStarted::stepId)
                .endsWith("c/undo/1", "b/undo/1", "a/undo/1");

        fixture.migrator().up(UpOptions.all());
        assertThat(fixture.state("1")).isEqualTo("expanded");
    }

    @Test
    void a_half_done_contract_can_be_taken_back_or_gone_on_with() {
        Plan plan = plan(
                "1",
                List.of(addColumn("a", "full_name")),
                List.of(addColumn("b", "x"), ddl("c", "ALTER TABLE users DROP COLUMN no_such_column")),
                List.of());
        fixture.with(plan);
        fixture.migrator().up(UpOptions.all());

        assertThatThrownBy(() -> fixture.migrator().contract(Optional.empty()))
                .isInstanceOf(StepFailedException.class)
                .hasMessageContaining("column \"no_such_column\" of relation \"users\" does not exist")
                .hasMessageContaining("contract phase, 1 of 2 steps done")
                .hasMessageContaining("sluice contract")
                .hasMessageContaining("sluice down");
        assertThat(fixture.state("1")).isEqualTo("contracting");
        assertThatThrownBy(() -> fixture.migrator().up(UpOptions.all()))
                .isInstanceOf(IllegalMoveException.class)
                .hasMessageContaining("sluice contract");

        fixture.migrator().down(DownOptions.last());
        assertThat(fixture.state("1")).isEqualTo("reverted");
        assertThat(fixture.hasColumn("x")).isFalse();
        assertThat(fixture.hasColumn("full_name")).isFalse();
    }

    @Test
    void what_the_server_warns_of_is_passed_on_in_one_transaction_and_in_steps() {
        String warning = "DO $$ BEGIN FOR i IN 1..300 LOOP RAISE WARNING 'careful %', i; END LOOP; END $$";
        fixture.with(expandOnly("1", plain("p", warning)));
        fixture.with(expandOnly("2", addColumn("a", "full_name"), ddl("b", warning)));

        fixture.migrator().up(UpOptions.all());

        List<String> told = fixture.events(RunEvent.Notice.class).stream()
                .filter(notice -> notice.level() == RunEvent.Notice.Level.WARNING)
                .map(RunEvent.Notice::text)
                .toList();
        assertThat(told).hasSize(200).contains("careful 1", "careful 100").doesNotContain("careful 101");
    }

    @Test
    void moves_that_a_state_does_not_allow_are_refused_with_the_next_command() {
        fixture.with(threePhases());
        assertThatThrownBy(() -> fixture.migrator().contract(Optional.of("1")))
                .isInstanceOf(SluiceException.class)
                .hasMessageContaining("sluice status");
        fixture.migrator().up(UpOptions.all());
        assertThatThrownBy(() -> fixture.migrator().purge(Optional.of("1")))
                .isInstanceOf(IllegalMoveException.class)
                .hasMessageContaining("next: sluice contract");
        fixture.migrator().contract(Optional.of("1"));
        fixture.migrator().purge(Optional.of("1"));
        assertThatThrownBy(() -> fixture.migrator().down(DownOptions.last()))
                .isInstanceOf(IllegalMoveException.class)
                .hasMessageContaining("dropped by purge");
    }

    @Test
    void a_check_that_fails_first_leaves_the_migration_pending() {
        Step check = new Step.Check(
                info("check", List.of()),
                new Probe.NoResult("SELECT id FROM users WHERE id = 7"),
                "there must be no user 7",
                true);
        fixture.with(expandOnly("1", check, addColumn("a", "full_name"), addColumn("b", "nick")));

        assertThatThrownBy(() -> fixture.migrator().up(UpOptions.all()))
                .isInstanceOfSatisfying(
                        StepFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED_SAFE))
                .hasMessageContaining("there must be no user 7")
                .hasMessageContaining("has changed nothing and is pending again");
        assertThat(fixture.migrator().status().migrations().get(0).state()).isEqualTo(MigrationState.REVERTED);

        fixture.execute("DELETE FROM users WHERE id = 7");
        fixture.migrator().up(UpOptions.all());
        assertThat(fixture.state("1")).isEqualTo("applied");
    }

    @Test
    void a_failed_expand_goes_on_where_it_stopped() {
        fixture.execute("CREATE TABLE in_the_way ()");
        fixture.with(expandOnly("1", addColumn("a", "full_name"), ddl("b", "CREATE TABLE in_the_way ()")));
        assertThatThrownBy(() -> fixture.migrator().up(UpOptions.all())).hasMessageContaining("is expanding");
        Status.Entry entry = fixture.migrator().status().migrations().get(0);
        assertThat(entry.state()).isEqualTo(MigrationState.EXPANDING);
        assertThat(entry.step())
                .hasValueSatisfying(step -> assertThat(step.number()).isEqualTo(2));
        assertThat(entry.lastError())
                .hasValueSatisfying(error -> assertThat(error).contains("already exists"));

        fixture.execute("DROP TABLE in_the_way");
        fixture.migrator().up(UpOptions.all());
        assertThat(fixture.state("1")).isEqualTo("applied");
    }

    @Test
    void up_stops_before_a_table_that_is_open_and_passes_by_others() {
        fixture.with(threePhases())
                .with(expandOnly("2", plain("p", "CREATE TABLE other ()")))
                .with(expandOnly("3", addColumn("q", "late")));

        RunResult result = fixture.migrator().up(UpOptions.all());

        assertThat(result.exitCode()).isEqualTo(ExitCode.PENDING);
        assertThat(result.stopped())
                .hasValueSatisfying(reason ->
                        assertThat(reason).contains("migration 3", "public.users", "migration 1", "sluice contract"));
        assertThat(fixture.hasRelation("other")).isTrue();
        assertThat(fixture.hasColumn("late")).isFalse();

        fixture.migrator().contract(Optional.empty());
        assertThat(fixture.migrator().up(UpOptions.all()).exitCode()).isEqualTo(ExitCode.OK);
        assertThat(fixture.hasColumn("late")).isTrue();
    }

    @Test
    void a_plain_migration_is_taken_back_by_its_down_script() {
        fixture.with(expandOnly("1", plain("p", "CREATE TABLE other ()")));
        fixture.migrator().up(UpOptions.all());
        assertThatThrownBy(() -> fixture.migrator().down(DownOptions.last()))
                .hasMessageContaining("it has no down script");

        assertThat(fixture.isTrue("SELECT started_at < finished_at FROM sluice.migration"))
                .isTrue();

        fixture.withDown(expandOnly("1", plain("p", "DROP TABLE other")));
        fixture.migrator().down(DownOptions.last());
        assertThat(fixture.hasRelation("other")).isFalse();
        assertThat(fixture.state("1")).isEqualTo("reverted");
    }

    @Test
    void an_applied_file_that_was_edited_is_refused() {
        Plan plan = expandOnly("1", plain("p", "CREATE TABLE other ()"));
        fixture.with(plan);
        fixture.migrator().up(UpOptions.all());
        fixture.with(plan, "SELECT 'edited';");
        assertThatThrownBy(() -> fixture.migrator().up(UpOptions.all()))
                .isInstanceOfSatisfying(
                        SluiceException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.VALIDATION));
    }

    @Test
    void a_dry_run_leaves_no_trace() {
        fixture.with(threePhases());
        RunResult result = fixture.migrator().up(UpOptions.all().withDryRun(true));
        assertThat(result.outcomes()).hasSize(1);
        assertThat(fixture.isTrue("SELECT to_regnamespace('sluice') IS NULL")).isTrue();
    }
}
