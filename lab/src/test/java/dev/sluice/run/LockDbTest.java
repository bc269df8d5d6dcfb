package dev.sluice.run;

import static dev.sluice.run.RunFixture.USERS;
import static dev.sluice.run.RunFixture.addColumn;
import static dev.sluice.run.RunFixture.expandOnly;
import static dev.sluice.run.RunFixture.info;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ExitCode;
import dev.sluice.Migrator;
import dev.sluice.Settings;
import dev.sluice.SluiceException;
import dev.sluice.lab.EmbeddedPostgres;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresSettings;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Step;
import dev.sluice.plan.TableLock;
import dev.sluice.sql.QualifiedName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
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
    void a_long_reader_that_has_just_begun_is_not_queued_behind() throws SQLException {
        LockSettings usual = LockSettings.defaults();
        // old enough to be waited for only after the first looks
        Duration old = Duration.ofMillis(190);
        LockSettings locks =
                new LockSettings(usual.timeout(), usual.maxTimeout(), usual.budget(), old, usual.patience(), false);
        run(reader, "SELECT count(*) FROM users");
        var up = CompletableFuture.supplyAsync(
                () -> fixture.migrator(RunFixture.settings().withLocks(locks)).up(UpOptions.all()));
        RunFixture.await(
                "the step to report whom it waits for",
                () -> !fixture.events(RunEvent.WaitingForLock.class).isEmpty());
        reader.rollback();

        assertThat(up.join().exitCode()).isEqualTo(ExitCode.OK);
        assertThat(fixture.events(RunEvent.StepFinished.class))
                .extracting(RunEvent.StepFinished::tries)
                .containsOnly(1);
    }

    @Test
    void transactions_that_overlap_without_end_do_not_keep_a_step_away(TestDatabase database) throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        Duration length = Duration.ofMillis(400);
        List<CompletableFuture<Void>> readers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Duration delay = length.dividedBy(2).multipliedBy(i);
            readers.add(CompletableFuture.runAsync(() -> read(database, stop, delay, length)));
        }
        RunFixture.await(
                "the readers",
                () -> fixture.isTrue(
                        "SELECT count(*) = 2 FROM pg_locks WHERE relation = 'users'::regclass AND mode = 'AccessShareLock'"));

        try {
            LockSettings locks =
                    LockSettings.defaults().withBudget(Duration.ofMinutes(1)).withPatience(Duration.ofMillis(600));
            fixture.migrator(RunFixture.settings().withLocks(locks)).up(UpOptions.all());
        } finally {
            stop.set(true);
            readers.forEach(CompletableFuture::join);
        }
        assertThat(fixture.hasColumn("nick")).isTrue();
    }

    /** One transaction after the other, each of the same length, without a pause. */
    private static void read(TestDatabase database, AtomicBoolean stop, Duration delay, Duration length) {
        String statement =
                "BEGIN; SELECT count(*) FROM users; SELECT pg_sleep(" + length.toMillis() / 1000.0 + "); COMMIT";
        try (Connection connection = database.connect()) {
            run(connection, "SELECT pg_sleep(" + delay.toMillis() / 1000.0 + ")");
            while (!stop.get()) {
                run(connection, statement);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
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
    void a_blocker_that_runs_a_statement_loses_the_statement_and_keeps_its_session() throws Exception {
        reader.setAutoCommit(true);
        var query = CompletableFuture.runAsync(() -> {
            try {
                run(reader, "SELECT count(*), pg_sleep(60) FROM users");
            } catch (SQLException e) {
                throw new IllegalStateException(e.getSQLState());
            }
        });
        RunFixture.await(
                "the query",
                () -> fixture.isTrue("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE state = 'active' AND"
                        + " application_name = 'report of marketing' AND wait_event = 'PgSleep')"));
        fixture.migrator(RunFixture.settings()
                        .withLocks(LockSettings.defaults().withBudget(SHORT).withCancelBlockers(true)))
                .up(UpOptions.all());
        assertThatThrownBy(query::join).hasMessageContaining("57014");
        assertThat(reader.isValid(5)).isTrue();
    }

    /** As a foreign key does. */
    private static Step.Brief onBothTables() {
        QualifiedName orders = QualifiedName.of("public", "orders");
        TableLock[] locks = {
            new TableLock(orders, LockMode.SHARE_ROW_EXCLUSIVE), new TableLock(USERS, LockMode.SHARE_ROW_EXCLUSIVE)
        };
        return new Step.Brief(
                info("fk", List.of(locks)),
                Step.Purpose.DDL,
                List.of(),
                List.of("ALTER TABLE orders ADD CONSTRAINT buyer FOREIGN KEY (user_id) REFERENCES users NOT VALID"));
    }

    @Test
    void whoever_holds_one_of_two_tables_is_named_and_the_other_one_stays_free() throws SQLException {
        fixture.execute("CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint)");
        fixture.with(expandOnly("2", onBothTables()));
        fixture.migrator().up(UpOptions.all().withCount(1));
        run(reader, "UPDATE users SET email = email WHERE id = 1");

        var up = CompletableFuture.supplyAsync(() -> fixture.migrator().up(UpOptions.all()));
        RunFixture.await(
                "the step to report whom it waits for",
                () -> !fixture.events(RunEvent.WaitingForLock.class).isEmpty());
        Blocker blocker =
                fixture.events(RunEvent.WaitingForLock.class).get(0).blockers().get(0);
        assertThat(blocker.relations()).containsExactly("users");
        fixture.execute("SET lock_timeout = '400ms'; INSERT INTO orders VALUES (1, 1)");
        reader.rollback();
        assertThat(up.join().exitCode()).isEqualTo(ExitCode.OK);
    }

    @Test
    void an_application_that_locks_in_the_other_order_is_never_the_victim_of_a_deadlock() throws Exception {
        fixture.execute(
                "CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint); INSERT INTO orders VALUES (1, 1)");
        fixture.with(expandOnly("2", onBothTables()));
        fixture.migrator().up(UpOptions.all().withCount(1));
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong transactions = new AtomicLong();
        var application = CompletableFuture.runAsync(() -> {
            try {
                while (!stop.get()) {
                    run(reader, "UPDATE users SET email = email WHERE id = 1");
                    run(reader, "SELECT pg_sleep(0.02)");
                    run(reader, "UPDATE orders SET user_id = 1 WHERE id = 1");
                    reader.commit();
                    transactions.incrementAndGet();
                    run(reader, "SELECT pg_sleep(0.05)");
                    reader.commit();
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        RunFixture.await("the application", () -> transactions.get() > 2);
        RunResult result = fixture.migrator().up(UpOptions.all());
        stop.set(true);
        application.join();
        assertThat(result.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(fixture.isTrue("SELECT EXISTS (SELECT FROM pg_constraint WHERE conname = 'buyer')"))
                .isTrue();
    }

    /** On a server of its own, whose autovacuum comes at once and takes its time. */
    @Test
    void an_autovacuum_gives_way() throws Exception {
        var settings = PostgresSettings.with(
                PostgresSettings.forTests(),
                Map.of(
                        "autovacuum", "on",
                        "autovacuum_naptime", "1s",
                        "autovacuum_vacuum_cost_delay", "100ms",
                        "shared_buffers", "16MB"));
        try (EmbeddedPostgres server = EmbeddedPostgres.start(PostgresVersion.newest(), settings);
                RunFixture other = new RunFixture(new TestDatabase(server, PostgresVersion.newest(), "postgres"))) {
            other.execute("ALTER TABLE users SET (autovacuum_vacuum_threshold = 1, autovacuum_vacuum_scale_factor = 0,"
                    + " autovacuum_vacuum_cost_limit = 1, autovacuum_vacuum_insert_threshold = 1)");
            other.execute("INSERT INTO users SELECT g, repeat('x', 200) || g FROM generate_series(101, 20000) g");
            other.execute("UPDATE users SET email = 'y' || email");
            RunFixture.await(
                    "autovacuum",
                    () -> other.isTrue(
                            "SELECT EXISTS (SELECT FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE granted"
                                    + " AND relation = 'users'::regclass AND backend_type = 'autovacuum worker')"));
            other.with(expandOnly("1", addColumn("a", "full_name")));

            other.migrator().up(UpOptions.all());

            assertThat(other.hasColumn("full_name")).isTrue();
            double waited = Double.parseDouble(other.text("SELECT max(lock_wait_ms) FROM sluice.event"));
            assertThat(waited).isLessThan(10_000);
        }
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
