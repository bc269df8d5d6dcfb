package dev.sluice.run;

import static dev.sluice.run.RunFixture.USERS;
import static dev.sluice.run.RunFixture.addColumn;
import static dev.sluice.run.RunFixture.expandOnly;
import static dev.sluice.run.RunFixture.info;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.Migrator;
import dev.sluice.PostgresPlans;
import dev.sluice.Settings;
import dev.sluice.db.ConnectionSource;
import dev.sluice.db.Session;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabase;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationKind;
import dev.sluice.migration.MigrationScript;
import dev.sluice.plan.Assignment;
import dev.sluice.plan.Step;
import dev.sluice.sql.SourceText;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several workers share a backfill, in one process and in several, and every row is written once. */
@ExtendWith(PostgresExtension.class)
class WorkersDbTest {

    private static final int ROWS = 2_000;

    private RunFixture fixture;

    /** Every update takes a millisecond, so that nobody is through before the others have begun; and it is counted. */
    @BeforeEach
    void open(TestDatabase database) throws SQLException {
        fixture = new RunFixture(database);
        fixture.execute("ALTER TABLE users ADD COLUMN touched int NOT NULL DEFAULT 0");
        fixture.execute("INSERT INTO users SELECT g, 'user' || g FROM generate_series(101, " + ROWS + ") g");
        fixture.execute("""
                CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS
                  $$BEGIN PERFORM pg_sleep(0.001); NEW.touched := OLD.touched + 1; RETURN NEW; END$$;
                CREATE TRIGGER slow BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION slowly();
                """);
        fixture.with(expandOnly("1", addColumn("a", "full_name"), backfill()));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static Step.Backfill backfill() {
        return new Step.Backfill(
                info("fill", List.of()),
                USERS,
                List.of(new Assignment("full_name", "upper(email)")),
                "full_name IS NULL",
                false,
                List.of("id"));
    }

    private static Settings settings(int workers) {
        return settings(workers, 2);
    }

    private static Settings settings(int workers, int blocksPerRange) {
        Settings usual = RunFixture.settings();
        return usual.withData(usual.data().withWorkers(workers).withBlocksPerRange(blocksPerRange));
    }

    private void everyRowWasWrittenOnce() {
        assertThat(fixture.text("SELECT count(*) FROM users WHERE touched <> 1 OR full_name <> upper(email)"))
                .isEqualTo("0");
    }

    private void awaitWorker(String pattern) {
        RunFixture.await(
                "a range of " + pattern,
                () -> fixture.isTrue("SELECT to_regclass('sluice.backfill_range') IS NOT NULL")
                        && fixture.isTrue("SELECT EXISTS (SELECT FROM sluice.backfill_range WHERE worker LIKE '%"
                                + pattern + "' AND block > from_block)"));
    }

    @Test
    void several_workers_of_one_process_share_a_table() {
        fixture.migrator(settings(3)).up(UpOptions.all());

        everyRowWasWrittenOnce();
        assertThat(fixture.isTrue("SELECT count(*) > 3 AND bool_and(claim = 1 AND block = end_block)"
                        + " AND sum(rows) = " + ROWS + " FROM sluice.backfill_range"))
                .isTrue();
        assertThat(fixture.text("SELECT rows FROM sluice.step WHERE id = 'fill'"))
                .isEqualTo(String.valueOf(ROWS));
    }

    private static final String AT_WORK = "SELECT count(*) FROM sluice.backfill_range"
            + " WHERE worker IS NOT NULL AND block < end_block AND expires_at > clock_timestamp()";

    /** Without a number of workers. */
    private static Settings idle() {
        Settings usual = RunFixture.settings();
        return usual.withData(usual.data().withBlocksPerRange(2));
    }

    @Test
    void an_idle_database_gets_a_second_worker() {
        CompletableFuture<RunResult> run =
                CompletableFuture.supplyAsync(() -> fixture.migrator(idle()).up(UpOptions.all()));
        awaitWorker("");
        RunFixture.await("the second worker", () -> fixture.text(AT_WORK).equals("2"));

        assertThat(run.join().stopped()).isEmpty();

        everyRowWasWrittenOnce();
        assertThat(fixture.isTrue("SELECT bool_and(claim = 1 AND block = end_block) AND sum(rows) = " + ROWS
                        + " FROM sluice.backfill_range"))
                .isTrue();
    }

    @Test
    void a_database_that_somebody_works_on_does_not(TestDatabase database) throws Exception {
        List<String> atWork = new CopyOnWriteArrayList<>();
        fixture.onEvent(event -> {
            if (event instanceof RunEvent.BackfillProgress) {
                atWork.add(fixture.text(AT_WORK));
            }
        });
        try (var application = database.connect();
                var statement = application.createStatement()) {
            CompletableFuture<Boolean> query = CompletableFuture.supplyAsync(() -> {
                try {
                    return statement.execute("SELECT pg_sleep(600)");
                } catch (SQLException cancelled) {
                    return false;
                }
            });
            RunFixture.await(
                    "the application",
                    () -> fixture.isTrue(
                            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(600)%'"
                                    + " AND state = 'active' AND datname = current_database())"));

            fixture.migrator(idle()).up(UpOptions.all());

            statement.cancel();
            query.join();
        }
        everyRowWasWrittenOnce();
        assertThat(atWork).isNotEmpty().doesNotContain("2");
    }

    /** It may get no connection, or lose it: the run does not depend on it. */
    @Test
    void a_second_worker_that_gets_no_connection_is_not_missed() {
        AtomicInteger opened = new AtomicInteger();
        ConnectionSource few = () -> {
            if (Thread.currentThread().getName().startsWith("sluice-backfill-")) {
                opened.incrementAndGet();
                throw new SQLException("FATAL: sorry, too many clients already", "53300");
            }
            return fixture.database.connect();
        };

        fixture.migrator(few, idle()).up(UpOptions.all());

        everyRowWasWrittenOnce();
        assertThat(opened).hasPositiveValue();
    }

    @Test
    void the_range_of_a_process_that_was_killed_is_taken_over(TestDatabase ignored) throws Exception {
        // time enough for a JVM to start
        fixture.execute("INSERT INTO users SELECT g, 'user' || g FROM generate_series(" + (ROWS + 1) + ", 7000) g");
        CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(
                () -> fixture.migrator(settings(1)).up(UpOptions.all()));
        awaitWorker("");
        Process helper = HelperProcess.start(fixture.database.jdbcUrl());
        try {
            awaitWorker("process " + helper.pid());
            RunFixture.await(
                    "both at work",
                    () -> fixture.migrator().activity().steps().stream().anyMatch(step -> step.workers() == 2));
        } finally {
            helper.destroyForcibly().waitFor();
        }
        assertThat(fixture.isTrue("SELECT EXISTS (SELECT FROM sluice.backfill_range WHERE block < end_block"
                        + " AND worker LIKE '%process " + helper.pid() + "')"))
                .as("killed in the middle of a range")
                .isTrue();
        // as if the time of its claim had passed
        fixture.execute("UPDATE sluice.backfill_range SET expires_at = '-infinity' WHERE worker LIKE '%process "
                + helper.pid() + "'");

        assertThat(run.get(60, TimeUnit.SECONDS).stopped()).isEmpty();

        everyRowWasWrittenOnce();
        assertThat(fixture.text("SELECT count(*) FROM sluice.event WHERE kind = 'helper joined'"))
                .isEqualTo("1");
        assertThat(fixture.text("SELECT string_agg(message, ' ') FROM sluice.event WHERE kind = 'range taken over'"))
                .contains("from tester, on ")
                .contains("process " + helper.pid());
    }

    @Test
    void a_worker_whose_range_was_taken_over_writes_nothing_more_in_it() {
        CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(
                () -> fixture.migrator(settings(1, 1000)).up(UpOptions.all()));
        RunFixture.await(
                "the first batch",
                () -> fixture.isTrue("SELECT to_regclass('sluice.backfill_range') IS NOT NULL")
                        && fixture.isTrue("SELECT EXISTS (SELECT FROM sluice.backfill_range WHERE rows > 0)"));
        // somebody else claims all that is claimed, and dies
        fixture.execute(
                "UPDATE sluice.backfill_range SET claim = claim + 1, worker = 'another', expires_at = '-infinity'"
                        + " WHERE worker IS NOT NULL AND block < end_block");
        run.join();

        everyRowWasWrittenOnce();
        assertThat(fixture.events(RunEvent.Notice.class))
                .anyMatch(notice -> notice.text().contains("was taken over by another worker"));
    }

    @Test
    void a_helper_ends_with_the_run_and_nobody_works_on_under_another_runner() throws Exception {
        CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(
                () -> fixture.migrator(settings(1)).up(UpOptions.all()));
        awaitWorker("");
        CompletableFuture<HelpResult> help = CompletableFuture.supplyAsync(
                () -> fixture.migrator(settings(2)).help());
        RunFixture.await(
                "the helper",
                () -> fixture.isTrue("SELECT EXISTS (SELECT FROM sluice.event WHERE kind = 'helper joined')"));
        fixture.execute("UPDATE sluice.lease SET epoch = epoch + 1");
        assertThatThrownBy(run::join).hasCauseInstanceOf(FencedException.class);
        fixture.execute("UPDATE sluice.lease SET holder = NULL, expires_at = '-infinity'");
        assertThat(help.get(30, TimeUnit.SECONDS).rows()).isLessThan(ROWS);
        String before = fixture.text("SELECT count(*) FROM users WHERE full_name IS NOT NULL");
        assertThat(Integer.parseInt(before)).isBetween(1, ROWS - 1);

        // as if the process had been killed: its claims stand for a while, but no longer than its lease
        fixture.execute(
                "UPDATE sluice.backfill_range SET worker = 'killed', expires_at = clock_timestamp() + interval '1 h'"
                        + " WHERE block < end_block");
        CompletableFuture.runAsync(() -> fixture.migrator(settings(2)).up(UpOptions.all()))
                .get(30, TimeUnit.SECONDS);
        everyRowWasWrittenOnce();
    }

    /** The real plan, whose dual write keeps both versions' columns together. */
    @Test
    void workers_and_writers_of_both_versions_lose_nothing() throws Exception {
        fixture.execute("DROP TRIGGER slow ON users; ANALYZE users");
        fixture.execute("INSERT INTO users SELECT g, 'user' || g FROM generate_series(" + (ROWS + 1) + ", 40000) g;"
                + " ANALYZE users");
        MigrationScript up = MigrationScript.of(new SourceText(
                "1_x.sql",
                "ALTER TABLE users ADD COLUMN name text; UPDATE users SET name = upper(email);"
                        + " ALTER TABLE users DROP COLUMN email;"));
        MigrationScript down = MigrationScript.of(new SourceText(
                "1_x.sql",
                "ALTER TABLE users ADD COLUMN email text; UPDATE users SET email = lower(name);"
                        + " ALTER TABLE users DROP COLUMN name;"));
        Migration migration = new Migration("1", "x", MigrationKind.VERSIONED, up, Optional.of(down), List.of());
        AtomicBoolean stop = new AtomicBoolean();
        try (PostgresPlans plans = new PostgresPlans()) {
            Migrator runner = new Migrator(
                    fixture.database::connect, List.of(migration), plans, settings(2, 20), RunListener.silent());
            CompletableFuture<Integer> old = write(stop, "UPDATE users SET email = 'old%d' WHERE id = %d");
            CompletableFuture<Integer> young = CompletableFuture.supplyAsync(() -> {
                RunFixture.await("the new column", () -> fixture.hasColumn("name"));
                return write(stop, "UPDATE users SET name = 'NEW%d' WHERE id = %d")
                        .join();
            });
            CompletableFuture<HelpResult> help = CompletableFuture.supplyAsync(() -> {
                awaitWorker("");
                return fixture.migrator(settings(2, 20)).help();
            });
            runner.up(UpOptions.all());
            stop.set(true);
            assertThat(old.join()).isPositive();
            assertThat(young.join()).isPositive();
            assertThat(help.join().backfills()).isLessThanOrEqualTo(1);
        }
        assertThat(fixture.text("SELECT string_agg(u::text, ' ') FROM (SELECT * FROM users WHERE name IS DISTINCT FROM"
                        + " upper(email) LIMIT 5) u"))
                .isEmpty();
        assertThat(fixture.isTrue("SELECT count(DISTINCT worker) > 0 AND bool_and(block = end_block) FROM"
                        + " sluice.backfill_range"))
                .isTrue();
    }

    @Test
    void what_slows_a_backfill_down_is_seen_by_watch_and_told_by_history() {
        CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(
                () -> fixture.migrator(settings(1)).up(UpOptions.all()));
        awaitWorker("");
        try (Session vacuum = Session.open(fixture.database::connect, "test")) {
            vacuum.execute("SET application_name = 'somebody'");
            vacuum.inTransaction(() -> {
                vacuum.execute("LOCK TABLE users IN SHARE UPDATE EXCLUSIVE MODE");
                RunFixture.await(
                        "the reason",
                        () -> fixture.migrator().activity().steps().stream()
                                .anyMatch(step -> step.pace()
                                        .filter("slower: a vacuum works on the table: half the speed"::equals)
                                        .isPresent()));
            });
        }
        run.join();
        assertThat(fixture.text("SELECT string_agg(message, ', ') FROM sluice.event WHERE kind = 'throttled'"))
                .contains("a vacuum works on the table");
        assertThat(fixture.events(RunEvent.Notice.class))
                .anyMatch(notice -> notice.text().startsWith("slower: a vacuum works on the table"));
    }

    @Test
    void a_table_has_one_dual_write_however_many_columns_change() {
        fixture.execute("DROP TRIGGER slow ON users; ALTER TABLE users ADD COLUMN age int, ADD COLUMN city text");
        MigrationScript up = MigrationScript.of(new SourceText("1_x.sql", """
                ALTER TABLE users ADD COLUMN name text; UPDATE users SET name = upper(email);
                ALTER TABLE users RENAME COLUMN city TO town;
                ALTER TABLE users ALTER COLUMN age TYPE bigint;
                """));
        Migration migration = new Migration("1", "x", MigrationKind.VERSIONED, up, Optional.empty(), List.of());
        try (PostgresPlans plans = new PostgresPlans()) {
            new Migrator(fixture.database::connect, List.of(migration), plans, settings(1, 20), RunListener.silent())
                    .up(UpOptions.all());
        }
        assertThat(fixture.text(
                        "SELECT count(*) || ' triggers, ' || count(DISTINCT tgfoid) || ' function' FROM pg_trigger"
                                + " WHERE tgrelid = 'users'::regclass AND NOT tgisinternal"))
                .isEqualTo("2 triggers, 1 function");
    }

    private CompletableFuture<Integer> write(AtomicBoolean stop, String sql) {
        return CompletableFuture.supplyAsync(() -> {
            long seed = System.nanoTime();
            System.out.println("writer seed " + seed);
            Random random = new Random(seed);
            int written = 0;
            try (Session session = Session.open(fixture.database::connect, "app")) {
                while (!stop.get()) {
                    session.execute(String.format(Locale.ROOT, sql, ++written, 1 + random.nextInt(40_000)));
                }
            }
            return written;
        });
    }

    @Test
    void with_no_runner_there_is_nothing_to_help_with() {
        assertThat(fixture.migrator().help()).isEqualTo(new HelpResult(0, 0));
    }

    /** Another machine, as far as the database can tell. */
    static final class HelperProcess {
        private HelperProcess() {}

        static Process start(String url) throws IOException {
            return new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            HelperProcess.class.getName(),
                            url)
                    .inheritIO()
                    .start();
        }

        public static void main(String[] url) {
            new dev.sluice.Migrator(
                            () -> java.sql.DriverManager.getConnection(url[0]),
                            List.of(),
                            new NoPlans(),
                            settings(1),
                            RunListener.silent())
                    .help();
        }
    }

    private static final class NoPlans implements PlanSource {
        @Override
        public dev.sluice.plan.Plan plan(dev.sluice.migration.Migration migration, dev.sluice.db.Session planning) {
            throw new UnsupportedOperationException();
        }

        @Override
        public java.util.Optional<dev.sluice.plan.Plan> planDown(
                dev.sluice.migration.Migration migration, dev.sluice.db.Session planning) {
            throw new UnsupportedOperationException();
        }
    }
}
