package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lab.EmbeddedPostgres;
import dev.sluice.lab.PostgresSettings;
import dev.sluice.lab.PostgresVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are in a state of their own: starting, with a slot that nobody reads, close to a wraparound. */
@Timeout(180)
class ServerStateDbTest {

    private static final String USERS = """
            CREATE TABLE users (id bigint PRIMARY KEY, first text, last text, rest text);
            INSERT INTO users SELECT i, 'a' || i, 'b', repeat('x', 200) FROM generate_series(1, 60000) i;
            """;

    private static final String CHANGE = """
            ALTER TABLE users ADD COLUMN full_name text;
            UPDATE users SET full_name = first || ' ' || last;
            """;

    private static final String FILLING =
            "SELECT EXISTS (SELECT FROM sluice.step WHERE state = 'running' AND title LIKE 'fill %')";

    @TempDir
    Path directory;

    /** Recovery waits for a file of the archive that does not come, until it is told that there is none. */
    @Test
    void oneThatIsStartingIsWaitedForWithinBounds() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(PostgresVersion.tested(), PostgresSettings.forTests())) {
            TestProject project = project(server).migration("20260101000000_a", "CREATE TABLE a (id int);");
            Path go = directory.resolve("go");
            execute(
                    server,
                    "ALTER SYSTEM SET restore_command = 'while [ ! -e \"" + go + "\" ]; do sleep 0.02; done; false'");
            execute(server, "COPY (SELECT) TO PROGRAM 'touch recovery.signal'");
            server.stopImmediately();
            CompletableFuture<Void> started = CompletableFuture.runAsync(server::restart);
            await(started, () -> refusesAsStarting(server));

            for (List<String> command : List.of(List.of("up", "--reconnect-for", "1s"), List.of("status"))) {
                TestProject.Said said = project.sluice(command.toArray(String[]::new));
                assertThat(said.code()).as(said.all()).isEqualTo(9);
                assertThat(said.err())
                        .contains("the database system is starting up")
                        .containsIgnoringCase("next:");
            }
            assertThat(project.sluice("up", "--reconnect-for", "1s").err())
                    .containsOnlyOnce("the server takes no connections at the moment: trying again for 1 s");
            int refused = refusals(server);
            var waiting = CompletableFuture.supplyAsync(() -> project.sluice("up", "--reconnect-for", "90s"));
            await(waiting, () -> refusals(server) > refused + 1);
            Files.createFile(go);
            TestProject.Said said = waiting.get(120, TimeUnit.SECONDS);

            assertThat(said.code()).as(said.all()).isZero();
            assertThat(said.err()).contains("trying again for 90 s");
            started.get(60, TimeUnit.SECONDS);
            assertThat(has(server, "SELECT to_regclass('a') IS NOT NULL")).isTrue();
        }
    }

    /** The backfill is slow, so that it is still at work when so much log has been written that it has to stop. */
    @Test
    void aSlotThatNobodyReadsStopsABackfillBeforeTheServerGivesItUp() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(
                PostgresVersion.tested(),
                PostgresSettings.with(PostgresSettings.forTests(), Map.of("max_slot_wal_keep_size", "256MB")))) {
            execute(server, USERS);
            execute(server, "SELECT pg_create_logical_replication_slot('abandoned', 'test_decoding')");
            TestProject project = project(server).migration("20250101000000_first", "CREATE TABLE first (id int);");
            assertThat(project.sluice("up").code()).isZero();
            project.migration("20260101000000_name", CHANGE);
            assertThat(project.sluice("speed", "3%").code()).isZero();

            var run = CompletableFuture.supplyAsync(() -> project.sluice("up"));
            await(run, () -> has(server, FILLING));
            await(
                    run,
                    () -> has(
                            server,
                            "SELECT CASE WHEN safe_wal_size > 31000000"
                                    + " THEN pg_logical_emit_message(false, 'log', repeat('x', 4000000)) IS NULL ELSE ("
                                    + journalled("pausing: replication slot abandoned keeps")
                                    + ") END FROM pg_replication_slots"));
            assertThat(project.sluice("speed", "100%").code()).isZero();
            assertThat(project.sluice("status").all()).contains("20260101000000");
            assertThat(has(server, FILLING)).isTrue();
            assertThat(has(server, "SELECT wal_status IN ('reserved', 'extended') FROM pg_replication_slots"))
                    .isTrue();
            execute(server, "SELECT pg_drop_replication_slot('abandoned')");
            TestProject.Said said = run.get(120, TimeUnit.SECONDS);

            assertThat(said.code()).as(said.all()).isZero();
            assertThat(said.err()).contains("nobody reads it", "start its replica, or drop the slot");
            assertThat(has(server, "SELECT count(*) = 60000 FROM users WHERE full_name = first || ' ' || last"))
                    .isTrue();
        }
    }

    /** An archive that nothing can be written to, and has never been; the log is written in files, not in rows. */
    @Test
    void anArchiveThatTakesNothingStopsABackfillUntilItDoes() throws Exception {
        Path works = directory.resolve("works");
        try (EmbeddedPostgres server = EmbeddedPostgres.start(
                PostgresVersion.tested(),
                PostgresSettings.with(
                        PostgresSettings.forTests(),
                        Map.of(
                                "archive_mode",
                                "on",
                                "archive_command",
                                "test -e \"" + works + "\"",
                                "max_wal_size",
                                "4GB")))) {
            execute(server, USERS);
            TestProject project = project(server).migration("20250101000000_first", "CREATE TABLE first (id int);");
            assertThat(project.sluice("up").code()).isZero();
            project.migration("20260101000000_name", CHANGE);
            assertThat(project.sluice("speed", "3%").code()).isZero();

            var run = CompletableFuture.supplyAsync(() -> project.sluice("up"));
            await(run, () -> has(server, FILLING));
            await(run, () -> {
                execute(server, NEXT_FILE);
                return has(server, journalled("pausing: the archiver does not keep up"));
            });
            assertThat(project.sluice("speed", "100%").code()).isZero();
            assertThat(has(server, "SELECT last_archived_wal IS NULL FROM pg_stat_archiver"))
                    .isTrue();
            assertThat(has(server, FILLING)).isTrue();
            Files.createFile(works);
            execute(server, NEXT_FILE); // for the archiver to hear of it
            TestProject.Said said = run.get(120, TimeUnit.SECONDS);

            assertThat(said.code()).as(said.all()).isZero();
            assertThat(said.err()).contains("the archiver does not keep up: ", " log files behind");
            assertThat(has(server, "SELECT count(*) = 60000 FROM users WHERE full_name = first || ' ' || last"))
                    .isTrue();
        }
    }

    private static final String NEXT_FILE = "SELECT pg_logical_emit_message(false, 'log', 'x'), pg_switch_wal()";

    /** A real one: the table is older than it may be, and the autovacuum that sees to it is made slow. */
    @Test
    void aVacuumAgainstWraparoundHasTheWay() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(
                PostgresVersion.tested(),
                PostgresSettings.with(
                        PostgresSettings.forTests(), Map.of("autovacuum", "on", "autovacuum_naptime", "1s")))) {
            execute(server, USERS);
            execute(server, "ALTER TABLE users SET (autovacuum_enabled = off)");
            execute(server, """
                    CREATE TEMP TABLE burnt (x int);
                    DO $$BEGIN FOR i IN 1 .. 100001 LOOP
                        BEGIN INSERT INTO burnt VALUES (1); EXCEPTION WHEN division_by_zero THEN END;
                    END LOOP; END$$
                    """);
            TestProject project = project(server).migration("20250101000000_first", "CREATE TABLE first (id int);");
            assertThat(project.sluice("up").code()).isZero();
            project.migration("20260101000000_name", CHANGE);
            assertThat(project.sluice("pause").code()).isZero();
            var run = CompletableFuture.supplyAsync(() -> project.sluice("up"));
            await(run, () -> has(server, FILLING));
            execute(
                    server,
                    "ALTER TABLE users SET (autovacuum_freeze_max_age = 100000, autovacuum_vacuum_cost_delay = 100,"
                            + " autovacuum_vacuum_cost_limit = 1)");
            await(run, () -> has(server, VACUUM));

            assertThat(project.sluice("resume").code()).isZero();
            await(run, () -> has(server, journalled("pausing: a vacuum against transaction id wraparound works")));
            await(run, () -> isLetGo(server));
            TestProject.Said said = run.get(120, TimeUnit.SECONDS);

            assertThat(said.code()).as(said.all()).isZero();
            assertThat(said.err()).contains("a vacuum against transaction id wraparound works on the table");
            assertThat(has(server, "SELECT count(*) = 60000 FROM users WHERE full_name = first || ' ' || last"))
                    .isTrue();
            assertThat(server.log()).doesNotContain("canceling autovacuum task");
        }
    }

    private static final String VACUUM = "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE backend_type = 'autovacuum"
            + " worker' AND query LIKE '%public.users (to prevent wraparound)')";

    /** Ends the vacuum, and tries to be there before the next one. */
    private static boolean isLetGo(EmbeddedPostgres server) throws SQLException {
        execute(
                server,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'autovacuum worker'");
        try {
            execute(
                    server,
                    "SET lock_timeout = '200ms'; ALTER TABLE users RESET (autovacuum_freeze_max_age,"
                            + " autovacuum_vacuum_cost_delay, autovacuum_vacuum_cost_limit)");
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private TestProject project(EmbeddedPostgres server) {
        return new TestProject(directory, Map.of("DATABASE_URL", server.url("postgres")));
    }

    private static String journalled(String words) {
        return "SELECT EXISTS (SELECT FROM sluice.event WHERE message LIKE '%" + words + "%')";
    }

    private static boolean refusesAsStarting(EmbeddedPostgres server) {
        try (Connection connection = server.connect("postgres")) {
            return false;
        } catch (SQLException e) {
            return "57P03".equals(e.getSQLState());
        }
    }

    private static int refusals(EmbeddedPostgres server) {
        return server.log().split("the database system is starting up", -1).length;
    }

    private interface Condition {
        boolean holds() throws SQLException;
    }

    private static void await(CompletableFuture<?> run, Condition condition) throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!condition.holds()) {
            assertThat(run.isDone()).as(() -> "ended: " + run.join()).isFalse();
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static boolean has(EmbeddedPostgres server, String query) throws SQLException {
        return ScarceDbTest.has(server, "postgres", query);
    }

    private static void execute(EmbeddedPostgres server, String sql) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
