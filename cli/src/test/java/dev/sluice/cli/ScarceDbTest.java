package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.lab.EmbeddedPostgres;
import dev.sluice.lab.PostgresSettings;
import dev.sluice.lab.PostgresVersion;
import java.net.InetAddress;
import java.net.ServerSocket;
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

/** Servers that run out of something, or only read: waited for where it passes, else said with what to do. */
@Timeout(180)
class ScarceDbTest {

    private static final String CHANGE = """
            ALTER TABLE users ADD COLUMN full_name text;
            UPDATE users SET full_name = concat(first, ' ', last);
            ALTER TABLE users ALTER COLUMN full_name SET NOT NULL;
            """;

    @TempDir
    Path directory;

    /** A real one of some megabytes, of which the database's tables lie on. */
    @Test
    void aFullDiskIsWaitedForByABackfillAndEndsAnIndexBuild() throws Exception {
        assumeTrue(EmbeddedPostgres.canHaveSmallDisks(), "this machine permits no mounts in a user namespace");
        try (EmbeddedPostgres server = EmbeddedPostgres.startWithSmallDisk(
                PostgresVersion.tested(), PostgresSettings.forTests(), directory, 24)) {
            execute(server, "postgres", "CREATE TABLESPACE small LOCATION '" + server.smallDisk() + "'");
            execute(server, "postgres", "CREATE DATABASE shop TABLESPACE small");
            TestProject project = new TestProject(directory, Map.of("DATABASE_URL", server.url("shop")))
                    .migration(
                            "20260101000000_users",
                            "CREATE TABLE users (id bigint PRIMARY KEY, first text, last text);");
            assertThat(project.sluice("up").code()).isZero();
            execute(
                    server,
                    "shop",
                    "INSERT INTO users SELECT i, repeat('a', 30) || i, 'b' FROM generate_series(1, 20000) i");
            project.migration("20260102000000_name", CHANGE);
            assertThat(project.sluice("pause").code()).isZero();
            var run = CompletableFuture.supplyAsync(() -> project.sluice("up", "-v"));
            await(
                    run,
                    () -> has(
                            server,
                            "SELECT EXISTS (SELECT FROM sluice.step WHERE state = 'running' AND title LIKE 'fill %')"));
            fill(server);
            assertThat(project.sluice("resume").code()).isZero();
            await(run, () -> server.log().contains("STATEMENT:  UPDATE"));
            execute(server, "shop", "DROP TABLE ballast");
            TestProject.Said said = run.get(120, TimeUnit.SECONDS);

            assertThat(said.code()).as(said.all()).isZero();
            assertThat(said.err()).contains("No space left on device");
            assertThat(has(server, "SELECT count(*) = 20000 FROM users WHERE full_name = first || ' ' || last"))
                    .isTrue();

            assertThat(project.sluice("contract").code()).isZero();
            project.migration("20260103000000_index", "CREATE INDEX users_by_name ON users (full_name, first, last);");
            fill(server);
            TestProject.Said full = project.sluice("up");
            assertThat(full.code()).as(full.all()).isEqualTo(6);
            assertThat(full.err()).contains("No space left on device", "make room on the server's disk", "sluice up");
            execute(server, "shop", "DROP TABLE ballast");
            assertThat(project.sluice("up").code()).isZero();
            assertThat(has(server, "SELECT indisvalid FROM pg_index WHERE indexrelid = 'users_by_name'::regclass"))
                    .isTrue();
            assertThat(project.sluice("doctor").code()).isZero();
        }
    }

    @Test
    void aServerWithoutRoomForLocksAStandbyAndOneThatShutsDownAreToldAsSuch() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(
                PostgresVersion.tested(),
                PostgresSettings.with(
                        PostgresSettings.forTests(),
                        Map.of(
                                "max_locks_per_transaction",
                                "10",
                                "max_connections",
                                "14",
                                "max_prepared_transactions",
                                "0")))) {
            execute(server, "postgres", """
                    CREATE TABLE many (id bigint, kind int, name text, PRIMARY KEY (id, kind)) PARTITION BY LIST (kind);
                    """);
            execute(
                    server,
                    "postgres",
                    "DO $$ BEGIN FOR i IN 0 .. 119 LOOP EXECUTE format('CREATE TABLE many_%s PARTITION OF many FOR VALUES IN (%s)',"
                            + " i, i); COMMIT; END LOOP; END $$");
            execute(server, "postgres", "INSERT INTO many VALUES (1, 1, 'a'), (2, 2, 'b')");
            TestProject project = new TestProject(directory, Map.of("DATABASE_URL", server.url("postgres")))
                    .migration("20260101000000_many", "ALTER TABLE many ADD COLUMN note text;");

            try (Connection hog = server.connect("postgres");
                    Statement statement = hog.createStatement()) {
                try {
                    statement.execute("SELECT count(pg_advisory_lock(i)) FROM generate_series(1, 1000000) i");
                } catch (SQLException full) {
                    assertThat(full.getSQLState()).isEqualTo("53200");
                }
                statement.execute("SELECT count(pg_advisory_unlock(i)) FROM generate_series(1, 100) i");

                TestProject.Said said = project.sluice("up");

                assertThat(said.code()).as(said.all()).isIn(1, 6);
                assertThat(said.err()).contains("raise max_locks_per_transaction", "state: nothing");
            }
            assertThat(has(server, "postgres", "SELECT count(*) = 0 FROM pg_attribute WHERE attname = 'note'"))
                    .isTrue();
            assertThat(project.sluice("up").code()).isZero();

            project.migration("20260102000000_more", "CREATE TABLE more (id int);\n-- migrate:down\nDROP TABLE more;");
            try (EmbeddedPostgres replica = server.startReplica("standby")) {
                TestProject reading = new TestProject(directory, Map.of("DATABASE_URL", replica.url("postgres")));
                TestProject.Said refused = reading.sluice("up");
                assertThat(refused.code()).as(refused.all()).isEqualTo(1);
                assertThat(refused.err()).contains("standby", "nothing was changed", "primary");
                assertThat(reading.sluice("status").code()).isIn(0, 2);
                severalHosts(server, replica);
            }

            // a smart shutdown: it ends when the last session does, and takes no new ones
            try (Connection last = server.connect("postgres");
                    Statement statement = last.createStatement()) {
                statement.execute("COPY (SELECT) TO PROGRAM 'kill -TERM $(head -1 postmaster.pid)'");
                await(new CompletableFuture<>(), () -> refuses(server));
                TestProject.Said down = project.sluice("up", "--reconnect-for", "1s");
                assertThat(down.code()).as(down.all()).isEqualTo(9);
                assertThat(down.err()).contains("trying again for 1 s", "shutting down", "Next:");
            }
        }
    }

    /** A host that is dead, a standby, and the primary, in one URL. */
    private void severalHosts(EmbeddedPostgres primary, EmbeddedPostgres standby) throws Exception {
        int dead;
        try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            dead = nobody.getLocalPort();
        }
        String all = primary.url("postgres")
                .replace("@127.0.0.1:", "@127.0.0.1:" + dead + ",127.0.0.1:" + standby.port() + ",127.0.0.1:");
        String withoutPrimary = all.replace(",127.0.0.1:" + primary.port(), "");
        for (String url :
                List.of(all, all + "?target_session_attrs=read-write", all + "?target_session_attrs=primary")) {
            TestProject project = new TestProject(directory, Map.of("DATABASE_URL", url));
            for (String command : List.of("plan", "up", "status", "down --yes")) {
                TestProject.Said said = project.sluice(command.split(" "));
                assertThat(said.code())
                        .as(url + " " + command + "\n" + said.all())
                        .isIn(0, 2);
                assertThat(has(primary, "postgres", "SELECT to_regclass('more') IS NOT NULL"))
                        .as(command)
                        .isEqualTo(command.equals("up") || command.equals("status"));
            }
        }
        TestProject.Said none = new TestProject(directory, Map.of("DATABASE_URL", withoutPrimary)).sluice("up");
        assertThat(none.code()).as(none.all()).isEqualTo(9);
        assertThat(none.err()).contains(String.valueOf(standby.port())).containsIgnoringCase("next:");
        TestProject.Said standbyOnly = new TestProject(
                        directory, Map.of("DATABASE_URL", withoutPrimary + "?target_session_attrs=standby"))
                .sluice("up");
        assertThat(standbyOnly.code()).as(standbyOnly.all()).isEqualTo(1);
        assertThat(standbyOnly.err()).contains("standby", "nothing was changed", "primary");
    }

    private static boolean refuses(EmbeddedPostgres server) {
        try (Connection connection = server.connect("postgres")) {
            return false;
        } catch (SQLException e) {
            return "57P03".equals(e.getSQLState());
        }
    }

    /** Until the disk has room for a hundred pages: for the journal, not for a table. */
    private static void fill(EmbeddedPostgres server) throws SQLException {
        execute(server, "shop", "CREATE TABLE spare AS SELECT repeat('x', 7900) AS t FROM generate_series(1, 2)");
        execute(server, "shop", "ALTER TABLE spare ALTER t SET STORAGE PLAIN");
        execute(server, "shop", "CREATE TABLE ballast (LIKE spare INCLUDING STORAGE)");
        execute(server, "shop", "INSERT INTO spare SELECT repeat('x', 7900) FROM generate_series(1, 100)");
        try (Connection connection = server.connect("shop");
                Statement statement = connection.createStatement()) {
            for (int rows = 64; rows > 0; ) {
                try {
                    statement.execute(
                            "INSERT INTO ballast SELECT repeat('x', 7900) FROM generate_series(1, " + rows + ")");
                } catch (SQLException e) {
                    assertThat(e.getSQLState()).isEqualTo("53100");
                    rows /= 2;
                }
            }
        }
        execute(server, "shop", "DROP TABLE spare");
    }

    private interface Condition {
        boolean holds() throws SQLException;
    }

    private static void await(CompletableFuture<TestProject.Said> run, Condition condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!condition.holds()) {
            assertThat(run.isDone()).as(() -> "ended: " + run.join().all()).isFalse();
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static boolean has(EmbeddedPostgres server, String query) throws SQLException {
        return has(server, "shop", query);
    }

    /** Whether the query says so; not where there is no such table yet. */
    static boolean has(EmbeddedPostgres server, String database, String query) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                var result = statement.executeQuery(query)) {
            return result.next() && result.getBoolean(1);
        } catch (SQLException e) {
            if ("42P01".equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    private static void execute(EmbeddedPostgres server, String database, String sql) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            for (String each : sql.contains("DO $$") ? new String[] {sql} : sql.split(";\\s*")) {
                if (!each.isBlank()) {
                    statement.execute(each);
                }
            }
        }
    }
}
