package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice test} with the options that let something of the user's in. */
@ExtendWith(PostgresExtension.class)
class ProofCommandDbTest {

    private static final String TABLE = "CREATE TABLE users (id int PRIMARY KEY, first text NOT NULL, last text);";
    private static final String SECOND = "20260102000000";

    @TempDir
    Path directory;

    @BeforeEach
    void migrations() throws IOException {
        Files.createDirectories(directory.resolve("migrations"));
        file("migrations/20260101000000_users.sql", "-- migrate:up\n" + TABLE + "\n");
        file(
                "migrations/" + SECOND + "_rename.sql",
                "-- migrate:up\nALTER TABLE users RENAME COLUMN last TO family;\n");
    }

    /** And no row of it is written. */
    @Test
    void startsFromSomeRowsOfTheDatabaseOnItsVersionOfPostgres(TestDatabases databases) throws Exception {
        TestDatabase mine = databases.create(PostgresVersion.V15);
        mine.execute(TABLE + "INSERT INTO users SELECT i, 'Ann', 'Smith' || i FROM generate_series(1, 50) i; ANALYZE");

        Said said = sluice(Map.of(), "--url", mine.url(), "--from", SECOND, "--sample", "--html", "proof.html");

        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.json().get("equal").getAsInt()).isEqualTo(1);
        assertThat(Files.readString(directory.resolve("proof.html"))).contains("PostgreSQL 15");
        mine.execute("DO $$ BEGIN ASSERT (SELECT count(*) FROM users WHERE first = 'Ann') = 50; END $$");
    }

    @Test
    void runsTheStatementsOfBothApplications(TestDatabase mine) throws Exception {
        file(
                "old.sql",
                "-- param: id = SELECT id FROM users ORDER BY id LIMIT 5\nSELECT last FROM users WHERE id = :id;");
        file("new.sql", "UPDATE users SET family = 'Jones' WHERE first < 'k';");

        Said right = sluice(Map.of(), "--only", SECOND, "--old-app", "old.sql", "--new-app", "new.sql");
        file("new.sql", "SELECT last FROM users;");
        Said wrong = sluice(Map.of(), "--only", SECOND, "--new-app", "new.sql");

        assertThat(right.code()).as(right.err()).isZero();
        assertThat(right.applications("statements")).isPositive();
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.applications("wrong")).isPositive();
    }

    @Test
    void aDatabaseThatOnlyTheEnvironmentNamesNeedNotBeThere() throws Exception {
        Map<String, String> environment = Map.of("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none");

        Said said = sluice(environment, "--only", SECOND);
        Said asked = sluice(Map.of(), "--only", SECOND, "--url", "postgres://nobody@127.0.0.1:1/none");

        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.err()).contains("does not answer: proving on PostgreSQL 18");
        assertThat(asked.code()).isEqualTo(9);
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private record Said(int code, String out, String err) {
        JsonObject json() {
            return JsonParser.parseString(out).getAsJsonObject();
        }

        int applications(String figure) {
            return json().getAsJsonObject("applications").get(figure).getAsInt();
        }
    }

    private Said sluice(Map<String, String> environment, String... options) {
        List<String> arguments = new ArrayList<>(List.of("test", "--rows", "20", "--states", "0", "--format", "json"));
        arguments.addAll(List.of(options));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = new Cli(
                        TestSurroundings.of(directory, environment),
                        new Streams(InputStream.nullInputStream(), print(out), print(err)),
                        Interruption.none())
                .run(arguments.toArray(String[]::new));
        return new Said(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
