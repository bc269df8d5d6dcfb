package dev.sluice.run;

import static dev.sluice.run.RunFixture.addColumn;
import static dev.sluice.run.RunFixture.expandOnly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ExitCode;
import dev.sluice.Migrator;
import dev.sluice.Settings;
import dev.sluice.SluiceException;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A step waits for others without making others wait. */
@ExtendWith(PostgresExtension.class)
class LockDbTest {

    private static final Duration SHORT = Duration.ofMillis(700);

    private RunFixture fixture;
    private Connection reader;

    @BeforeEach
    void open(TestDatabase database) throws SQLException {
        fixture = new RunFixture(database);
        fixture.with(expandOnly("1", addColumn("a", "full_name"), addColumn("b", "nick")));
        reader = database.connect();
        run(reader, "SET application_name = 'report of marketing'");
        reader.setAutoCommit(false);
    }

    @AfterEach
    void close() throws SQLException {
        reader.close();
        fixture.close();
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Settings budget(Duration budget) {
        return RunFixture.settings().withLocks(LockSettings.defaults().withBudget(budget));
    }

    @Test
    void nobody_queues_behind_a_step_that_waits_for_a_long_reader() throws SQLException {
        run(reader, "SELECT count(*) FROM users");
        var up = CompletableFuture.supplyAsync(() -> fixture.migrator().up(UpOptions.all()));
        RunFixture.await(
                "the step to report whom it waits for",
                () -> !fixture.events(RunEvent.WaitingForLock.class).isEmpty());

        AtomicLong queued = new AtomicLong();
        for (int i = 0; i < 200; i++) {
            if (fixture.isTrue(
                    "SELECT EXISTS (SELECT FROM pg_locks WHERE relation = 'users'::regclass AND NOT granted)")) {
                queued.incrementAndGet();
            }
            fixture.execute("UPDATE users SET email = email WHERE id = 1");
        }
        assertThat(queued.get()).as("looks at which somebody queued").isZero();
        assertThat(up).isNotDone();
        Blocker blocker =
                fixture.events(RunEvent.WaitingForLock.class).get(0).blockers().get(0);
        assertThat(blocker.application()).isEqualTo("report of marketing");
        assertThat(blocker.state()).isEqualTo("idle in transaction");
        assertThat(blocker.query()).isEqualTo("SELECT count(*) FROM users");
        assertThat(blocker.relations()).containsExactly("users");

        reader.rollback();
        assertThat(up.join().exitCode()).isEqualTo(ExitCode.OK);
        assertThat(fixture.isTrue("SELECT EXISTS (SELECT FROM sluice.event WHERE kind = 'waiting for lock'"
                        + " AND message LIKE '%report of marketing%')"))
                .isTrue();
    }

    @Test
    void a_budget_that_is_used_up_names_who_is_in_the_way() throws SQLException {
        run(reader, "SELECT count(*) FROM users");
        assertThatThrownBy(() -> fixture.migrator(budget(SHORT)).up(UpOptions.all()))
                .isInstanceOfSatisfying(
                        SluiceException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.LOCK_NOT_ACQUIRED))
                .hasMessageContaining("no lock on public.users (ACCESS EXCLUSIVE)")
                .hasMessageContaining("app \"report of marketing\"")
                .hasMessageContaining("SELECT count(*) FROM users")
                .hasMessageContaining("pending again");
        assertThat(fixture.hasColumn("full_name")).isFalse();
    }

    @Test
    void blockers_are_cancelled_only_when_that_is_asked_for() throws SQLException {
        run(reader, "SELECT count(*) FROM users");
        Settings settings = RunFixture.settings()
                .withLocks(LockSettings.defaults().withBudget(SHORT).withCancelBlockers(true));
        fixture.migrator(settings).up(UpOptions.all());
        assertThat(fixture.hasColumn("nick")).isTrue();
        assertThat(reader.isValid(5)).isFalse();
    }

    @Test
    void a_prepared_transaction_is_named() throws SQLException {
        run(reader, "INSERT INTO users VALUES (1000, 'x')");
        run(reader, "PREPARE TRANSACTION 'forgotten one'");
        reader.commit();
        try {
            assertThatThrownBy(() -> fixture.migrator(budget(SHORT)).up(UpOptions.all()))
                    .hasMessageContaining("prepared transaction 'forgotten one'")
                    .hasMessageContaining("ROLLBACK PREPARED");
        } finally {
            fixture.execute("ROLLBACK PREPARED 'forgotten one'");
        }
    }

    @Test
    void a_reader_of_a_partition_is_seen() throws SQLException {
        fixture.execute("""
                DROP TABLE users;
                CREATE TABLE users (id bigint, email text) PARTITION BY RANGE (id);
                CREATE TABLE users_1 PARTITION OF users FOR VALUES FROM (1) TO (100);
                """);
        run(reader, "SELECT count(*) FROM users_1");
        assertThatThrownBy(() -> fixture.migrator(budget(SHORT)).up(UpOptions.all()))
                .hasMessageContaining("holds users_1");
        assertThat(fixture.hasColumn("full_name")).isFalse();
    }

    @Test
    void a_run_that_is_stopped_while_it_waits_says_how_to_go_on() throws SQLException {
        run(reader, "SELECT count(*) FROM users");
        Migrator migrator = fixture.migrator();
        var up = CompletableFuture.runAsync(() -> migrator.up(UpOptions.all()));
        RunFixture.await(
                "the step to wait",
                () -> !fixture.events(RunEvent.WaitingForLock.class).isEmpty());
        migrator.interrupt();
        assertThatThrownBy(up::join)
                .cause()
                .isInstanceOf(InterruptedRunException.class)
                .hasMessageContaining("stopped on request; migration 1 has changed nothing and is pending again")
                .hasMessageContaining("next: sluice up");
        RunFixture.await(
                "the lease to be free",
                () -> fixture.isTrue("SELECT count(*) = 1 FROM sluice.lease WHERE holder IS NULL"));
        reader.rollback();
        fixture.migrator().up(UpOptions.all());
        assertThat(fixture.state("1")).isEqualTo("applied");
    }
}
