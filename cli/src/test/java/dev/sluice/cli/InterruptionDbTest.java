package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabase;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A run in a process of its own, which waits for a lock while others look at it, come in its way, and stop it: with SIGTERM,
 * which goes the way of Ctrl-C, because a shell makes what it starts in the background ignore SIGINT.
 */
@ExtendWith(PostgresExtension.class)
@DisabledOnOs(OS.WINDOWS)
class InterruptionDbTest {
    @TempDir
    private Path directory;

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void oneRunnerAtATimeAndASignalEndsItInAnOrderlyWay(TestDatabase database) throws Exception {
        database.execute("CREATE TABLE users (id bigint PRIMARY KEY); INSERT INTO users VALUES (1); ANALYZE users");
        Path migrations = Files.createDirectories(directory.resolve("migrations"));
        Files.writeString(
                migrations.resolve("20260131120000_age.sql"), "-- migrate:up\nALTER TABLE users ADD COLUMN age int;\n");

        try (Connection reader = database.connect()) {
            reader.setAutoCommit(false);
            reader.createStatement().execute("SELECT FROM users");

            Process run = start(database);
            try (BufferedReader err =
                    new BufferedReader(new InputStreamReader(run.getErrorStream(), StandardCharsets.UTF_8))) {
                String waiting = readUntil(err, "waiting for a lock");
                assertThat(waiting).contains("nobody queues behind us").contains("SELECT FROM users");

                assertThat(sluice(database, "status"))
                        .contains("At work right now")
                        .endsWith("[2]");
                assertThat(sluice(database, "up", "--wait-for-runner", "1s"))
                        .contains("another runner is at work")
                        .endsWith("[4]");

                new ProcessBuilder("kill", "-TERM", Long.toString(run.pid()))
                        .start()
                        .waitFor();
                assertThat(readUntil(err, "stopped on request")).startsWith("error:");
                assertThat(run.waitFor()).isEqualTo(143);
            } finally {
                run.destroyForcibly();
            }
            reader.rollback();
        }

        assertThat(sluice(database, "up", "-q")).contains("applied").endsWith("[0]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "KILL"})
    @Timeout(value = 180, unit = TimeUnit.SECONDS)
    void stoppedInTheMiddleOfABackfillItHarmsNobodyAndGoesOn(String signal, TestDatabase database) throws Exception {
        database.execute("""
                CREATE TABLE users (id bigint PRIMARY KEY, first_name text NOT NULL, last_name text NOT NULL);
                INSERT INTO users SELECT i, 'F' || i, 'L' || i FROM generate_series(1, 200000) i;
                ANALYZE users;
                """);
        Path migrations = Files.createDirectories(directory.resolve("migrations"));
        Files.writeString(migrations.resolve("20260131120000_full_name.sql"), """
                -- migrate:up
                ALTER TABLE users ADD COLUMN full_name text;
                UPDATE users SET full_name = concat(first_name, ' ', last_name);
                """);

        try (Connection writer = database.connect()) {
            writer.setAutoCommit(false);
            Process run = start(database);
            try {
                awaitTrue(
                        database,
                        "SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'users'::regclass AND"
                                + " attname = 'full_name')");
                writer.createStatement()
                        .execute("SELECT FROM users WHERE id = 199000 FOR UPDATE"); // no end before this
                awaitTrue(database, "SELECT count(full_name) > 0 FROM users");
                new ProcessBuilder("kill", "-" + signal, Long.toString(run.pid()))
                        .start()
                        .waitFor();
                run.getErrorStream().transferTo(OutputStream.nullOutputStream());
                assertThat(run.waitFor()).isEqualTo(signal.equals("TERM") ? 143 : 137);
            } finally {
                run.destroyForcibly();
            }
            writer.rollback();
        }
        assertThat(isTrue(database, "SELECT count(full_name) BETWEEN 1 AND 199999 FROM users"))
                .isTrue();
        assertThat(sluice(database, "status"))
                .contains("expanding", "next: sluice up")
                .endsWith("[2]");
        assertThat(sluice(database, "contract"))
                .contains("its expand phase is not finished")
                .endsWith("[1]");
        database.execute("INSERT INTO users (id, first_name, last_name) VALUES (290001, 'Ada', 'Lovelace')");
        database.execute("INSERT INTO users (id, first_name, last_name, full_name) VALUES (290002, 'A', 'B', 'A B')");
        database.execute("UPDATE users SET first_name = 'Grace' WHERE id = 200000");
        assertThat(isTrue(
                        database,
                        "SELECT count(*) = 2 FROM users WHERE (id, full_name) IN ((290001, 'Ada Lovelace'),"
                                + " (200000, 'Grace L200000'))"))
                .isTrue();

        assertThat(sluice(database, "up")).contains("goes on where it stopped").endsWith("[0]");
        assertThat(sluice(database, "contract")).endsWith("[0]");
        assertThat(isTrue(database, "SELECT bool_and(full_name = concat(first_name, ' ', last_name)) FROM users"))
                .isTrue();
    }

    private static void awaitTrue(TestDatabase database, String sql) throws Exception {
        for (Instant end = Instant.now().plusSeconds(90); !isTrue(database, sql); Thread.sleep(5)) {
            assertThat(Instant.now()).as(sql).isBefore(end);
        }
    }

    private static boolean isTrue(TestDatabase database, String sql) throws Exception {
        try (Connection connection = database.connect();
                var rows = connection.createStatement().executeQuery(sql)) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private Process start(TestDatabase database) throws Exception {
        return SluiceProcess.start(directory, database.url(), "up").process();
    }

    private static String readUntil(BufferedReader reader, String wanted) throws Exception {
        StringBuilder seen = new StringBuilder();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            seen.append(line).append('\n');
            if (line.contains(wanted)) {
                return line;
            }
        }
        throw new AssertionError("the run ended without saying '" + wanted + "':\n" + seen);
    }

    private String sluice(TestDatabase database, String... arguments) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(output, true, StandardCharsets.UTF_8);
        int code = new Cli(
                        TestSurroundings.of(directory, Map.of("DATABASE_URL", database.url())),
                        new Streams(InputStream.nullInputStream(), stream, stream),
                        Interruption.none())
                .run(arguments);
        return output.toString(StandardCharsets.UTF_8) + "[" + code + "]";
    }
}
