package dev.sluice.run;

import static dev.sluice.run.RunFixture.addColumn;
import static dev.sluice.run.RunFixture.expandOnly;
import static dev.sluice.run.RunFixture.info;
import static dev.sluice.run.RunFixture.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ExitCode;
import dev.sluice.Migrator;
import dev.sluice.SluiceException;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabase;
import dev.sluice.plan.Step;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One runner at a time, and none that was replaced writes any more. */
@ExtendWith(PostgresExtension.class)
class RunnersDbTest {

    private RunFixture fixture;

    @BeforeEach
    void open(TestDatabase database) throws SQLException {
        fixture = new RunFixture(database);
        fixture.with(expandOnly("1", addColumn("a", "full_name"), addColumn("b", "nick")));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_second_runner_says_whom_it_waits_for_and_then_finds_the_work_done() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        fixture.onEvent(event -> {
            if (event instanceof RunEvent.StepStarted started && started.number() == 2) {
                inside.countDown();
                uninterruptibly(goOn);
            }
        });
        var first = CompletableFuture.supplyAsync(() -> fixture.migrator().up(UpOptions.all()));
        inside.await();

        assertThatThrownBy(() -> fixture.migrator(RunFixture.settings().withWaitForRunner(Duration.ofMillis(300)))
                        .up(UpOptions.all()))
                .isInstanceOfSatisfying(
                        SluiceException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.LOCK_NOT_ACQUIRED))
                .hasMessageContaining("another runner is at work")
                .hasMessageContaining("tester, on ");
        assertThat(fixture.migrator().status().runner()).isPresent();

        var second = CompletableFuture.supplyAsync(() -> fixture.migrator().up(UpOptions.all()));
        RunFixture.await(
                "the second runner to wait",
                () -> fixture.events(RunEvent.WaitingForRunner.class).size() >= 2);
        goOn.countDown();
        assertThat(first.join().outcomes()).hasSize(1);
        assertThat(second.join().outcomes()).isEmpty();
    }

    @Test
    void a_runner_that_was_replaced_commits_nothing_more() {
        fixture.onEvent(event -> {
            if (event instanceof RunEvent.StepStarted started && started.number() == 2) {
                fixture.execute("UPDATE sluice.lease SET epoch = epoch + 1");
            }
        });
        assertThatThrownBy(() -> fixture.migrator().up(UpOptions.all()))
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("another runner has taken over");
        assertThat(fixture.hasColumn("full_name")).isTrue();
        assertThat(fixture.hasColumn("nick")).isFalse();
    }

    @Test
    void a_runner_that_was_replaced_commits_no_migration_of_one_transaction_either() {
        fixture.with(expandOnly("2", plain("p", "CREATE TABLE one ()", "CREATE TABLE two ()")));
        fixture.onEvent(event -> {
            if (event instanceof RunEvent.MigrationStarted started
                    && started.plan().migration().version().equals("2")) {
                fixture.execute("UPDATE sluice.lease SET epoch = epoch + 1");
            }
        });
        assertThatThrownBy(() -> fixture.migrator().up(UpOptions.all()))
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("another runner has taken over");
        assertThat(fixture.isTrue("SELECT to_regclass('one') IS NULL AND to_regclass('two') IS NULL"))
                .isTrue();
        assertThat(fixture.isTrue("SELECT NOT EXISTS (SELECT FROM sluice.migration WHERE version = '2')"))
                .isTrue();
    }

    @Test
    void a_takeover_waits_for_a_transaction_that_has_checked_its_epoch() throws SQLException {
        fixture.migrator().up(UpOptions.all());
        try (var inside = fixture.database.connect();
                var statement = inside.createStatement()) {
            inside.setAutoCommit(false);
            statement.execute("SELECT FROM sluice.lease FOR KEY SHARE");
            fixture.execute("UPDATE sluice.lease SET heartbeat_at = clock_timestamp()"); // does not wait
            fixture.execute("SET lock_timeout = '100ms'");
            assertThatThrownBy(() -> fixture.execute("UPDATE sluice.lease SET epoch = epoch + 1"))
                    .hasMessageContaining("55P03");
            inside.rollback();
        }
    }

    @Test
    void a_statement_that_runs_is_cancelled_when_somebody_stops_the_run() {
        Step slow = new Step.Opaque(
                info("slow", List.of()),
                List.of("SELECT pg_sleep(60)"),
                true,
                java.util.Optional.empty(),
                java.util.Optional.empty());
        fixture.with(expandOnly("2", addColumn("x", "extra"), slow));
        Migrator migrator = fixture.migrator();
        var up = CompletableFuture.runAsync(() -> migrator.up(UpOptions.all()));
        RunFixture.await(
                "the statement to run",
                () -> fixture.isTrue("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)'"
                        + " AND state = 'active' AND datname = current_database())"));
        migrator.interrupt();
        assertThatThrownBy(up::join)
                .cause()
                .hasMessageContaining("stopped on request; migration 2 is expanding")
                .hasMessageContaining("sluice down");
        assertThat(fixture.isTrue("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)'"
                        + " AND datname = current_database() AND state = 'active')"))
                .isFalse();
        fixture.migrator().down(DownOptions.last());
        assertThat(fixture.hasColumn("extra")).isFalse();
    }

    /** Not only the statements of a step: a run that looks at the catalog or writes its journal stops as plainly. */
    @Test
    void a_run_that_waits_for_its_own_journal_stops_when_somebody_says_so() throws SQLException {
        fixture.migrator().up(UpOptions.all());
        fixture.with(expandOnly("2", addColumn("x", "extra"), addColumn("y", "other")));
        try (var blocker = fixture.database.connect();
                var statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            fixture.onEvent(event -> {
                if (event instanceof RunEvent.StepFinished) {
                    try {
                        statement.execute("LOCK TABLE sluice.event");
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                }
            });
            Migrator migrator = fixture.migrator();
            var up = CompletableFuture.runAsync(() -> migrator.up(UpOptions.all()));
            String waiting = " FROM pg_locks WHERE NOT granted AND relation = to_regclass('sluice.event')";
            RunFixture.await("the run to wait for its journal", () -> fixture.isTrue("SELECT count(*) = 1" + waiting));
            fixture.execute("CREATE TABLE waiter AS SELECT pid" + waiting);
            migrator.interrupt();
            RunFixture.await(
                    "the run to give up waiting",
                    () -> fixture.isTrue(
                            "SELECT NOT EXISTS (SELECT" + waiting + " AND pid = (SELECT pid FROM waiter))"));
            blocker.rollback();
            fixture.onEvent(event -> {});
            assertThatThrownBy(up::join).cause().hasMessageContaining("stopped on request; migration 2 is expanding");
        }
        fixture.migrator().down(DownOptions.last());
        assertThat(fixture.hasColumn("extra")).isFalse();
    }

    private static void uninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
