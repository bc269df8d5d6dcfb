package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.db.Session;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One password, looked for in everything that is said, logged, reported and kept. */
@ExtendWith(PostgresExtension.class)
@Timeout(180)
class SecretsDbTest {

    private static final String SECRET = "Kanari3nvogel";

    @TempDir
    Path directory;

    @Test
    void thePasswordOfTheConnectionIsNowhere(TestDatabase database) throws Exception {
        String role = database.name() + "_owner";
        database.execute("CREATE ROLE " + role + " LOGIN PASSWORD '" + SECRET + "'; GRANT CREATE ON DATABASE "
                + database.name() + " TO " + role + "; GRANT ALL ON SCHEMA public TO " + role);
        try {
            String url = database.url().replaceFirst("//.*@", "//" + role + ":" + SECRET + "@");
            TestProject project = new TestProject(directory, Map.of("DATABASE_URL", url))
                    .migration("20260101000000_users", "CREATE TABLE users (id int PRIMARY KEY, name text);")
                    .migration("20260102000000_name", "ALTER TABLE users ALTER COLUMN name SET NOT NULL;")
                    .migration("20260103000000_bad", "SELECT * FROM nothing_of_the_kind;");
            for (String command : List.of(
                    "plan -v",
                    "up 2 -v",
                    "up -v",
                    "up -v --format json",
                    "contract -v",
                    "status -v --format json",
                    "history -v",
                    "history --format json",
                    "doctor -v",
                    "doctor --format json",
                    "watch --once -v",
                    "down --yes -v",
                    "repair --yes -v",
                    "purge --yes -v",
                    "plan --format json",
                    "speed 50% -v")) {
                search(project.sluice(command.split(" ")), command);
            }
            searchJournal(database);
        } finally {
            database.execute("DROP OWNED BY " + role + " CASCADE");
            database.execute("DROP ROLE " + role);
        }
    }

    /** Shown, kept and reported without it; what runs has it. */
    @Test
    void thePasswordInAScriptIsNowhere(TestDatabase database) throws Exception {
        String role = database.name() + "_new";
        TestProject project = TestProject.of(directory, database)
                .migration(
                        "20260101000000_role",
                        "-- sluice:allow whole-server reason=\"test\"\nCREATE ROLE " + role + " LOGIN PASSWORD '"
                                + SECRET + "';")
                .migration(
                        "20260102000000_bad",
                        "CREATE ROLE x PASSWORD '" + SECRET + "';\nSELECT nothing_of_the_kind();");
        try {
            for (String command : List.of(
                    "plan -v",
                    "plan --full",
                    "plan --sql",
                    "plan --format json",
                    "lint --plan",
                    "lint --plan --format json",
                    "lint --format sarif",
                    "test --html report.html --junit report.xml --rows 1 --states 0",
                    "test --format json --rows 1 --states 0",
                    "up 1 -v --format json",
                    "up -v",
                    "history -v",
                    "history --format json",
                    "doctor -v --format json",
                    "status -v",
                    "down --yes -v",
                    "repair --forget 20260101000000 --yes -v --format json",
                    "repair --stamp 20260101000000 --yes -v --format json")) {
                search(project.sluice(command.split(" ")), command);
            }
            searchJournal(database);
            for (String report : List.of("report.html", "report.xml")) {
                assertThat(Files.readString(directory.resolve(report)))
                        .as(report)
                        .contains("20260102000000")
                        .doesNotContain(SECRET);
            }
            String url = database.url().replaceFirst("//.*@", "//" + role + ":" + SECRET + "@");
            assertThat(new TestProject(directory, Map.of("DATABASE_URL", url))
                            .sluice("doctor")
                            .code())
                    .isNotEqualTo(9);
        } finally {
            database.execute("DROP ROLE IF EXISTS " + role);
        }
    }

    /** A step that goes on from the journal would set whatever stands there in the password's place. */
    @Test
    void aPasswordInAMigrationOfSeveralStepsIsRefused(TestDatabase database) throws Exception {
        database.execute("CREATE TABLE users (id int PRIMARY KEY, password text); INSERT INTO users VALUES (1, 'x')");
        TestProject project = TestProject.of(directory, database)
                .migration(
                        "20260101000000_both",
                        "-- sluice:allow whole-server reason=\"test\"\nCREATE ROLE never_made LOGIN PASSWORD '" + SECRET
                                + "';\nALTER TABLE users ADD COLUMN hash text;"
                                + " UPDATE users SET hash = md5(password);"
                                + " CREATE INDEX ON users (hash);");

        TestProject.Said said = project.sluice("up");

        assertThat(said.code()).as(said.all()).isEqualTo(5);
        assertThat(said.err()).contains("password", "journal", "nothing was changed", "migration of its own");
        database.execute("DO $$ BEGIN ASSERT to_regrole('never_made') IS NULL; END $$");
        project.file(
                "migrations/20260101000000_both.sql",
                "-- migrate:up\nALTER TABLE users ADD COLUMN hash text;"
                        + " UPDATE users SET hash = md5(password);"
                        + " CREATE INDEX ON users (hash);\n");
        TestProject.Said again = project.sluice("up", "--contract");
        assertThat(again.code()).as(again.all()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://postgres:Kanari3nvogel@127.0.0.1:1/x",
                "postgres://postgres:Kanari3nvogel@no.such.host.invalid/x",
                "postgres://postgres:Kanari3nvogel@127.0.0.1:notaport/x",
                "postgres://postgres:Kanari3nvogel@[::1/x",
                "postgres://postgres:Kanari3nvogel@127.0.0.1/x?sslmode=bogus",
                "postgres://postgres:Kanari3nvogel@127.0.0.1/x?sslmode=verify-full&sslrootcert=/no/such",
                "postgres://127.0.0.1/x?user=u&password=Kanari3nvogel&bogus=1",
                "postgres://postgres:Kanari3n%56ogel%@127.0.0.1/x",
                "postgres://postgres:Kanari3nvogel%ZZ@127.0.0.1/x",
                "jdbc:postgresql://127.0.0.1:1/x?user=u&password=Kanari3nvogel",
                "jdbc:mysql://127.0.0.1/x?user=u&password=Kanari3nvogel",
                "mysql://root:Kanari3nvogel@127.0.0.1/x",
                "postgres:/u:Kanari3nvogel@127.0.0.1/x",
                "host=127.0.0.1 port=1 password=Kanari3nvogel",
                "postgres://u:Kanari3nvogel@127.0.0.1:1/x y"
            })
    void anAddressThatLeadsNowhereIsToldWithoutItsPassword(String url) {
        for (Map<String, String> environment : List.of(Map.of("DATABASE_URL", url), Map.<String, String>of())) {
            TestProject project = new TestProject(directory, environment)
                    .migration("20260101000000_users", "CREATE TABLE users (id int);");
            for (String command : List.of("status -v", "up -v", "up --format json", "doctor -v", "plan -v")) {
                List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
                if (environment.isEmpty()) {
                    arguments.addAll(List.of("--url", url));
                }
                TestProject.Said said = project.sluice(arguments.toArray(String[]::new));
                assertThat(said.code()).as(command).isIn(9, 64);
                search(said, command + " of " + url);
            }
        }
        new TestProject(directory, Map.of()).file("sluice.toml", "url = \"" + url + "\"\nbogus = \"" + SECRET + "\"\n");
        TestProject.Said said = new TestProject(directory, Map.of()).sluice("status", "-v");
        assertThat(said.code()).isIn(9, 64);
        assertThat(said.all().replace("bogus = \"" + SECRET, "")).doesNotContain(SECRET);
    }

    private static void search(TestProject.Said said, String command) {
        assertThat(said.all()).as(command).doesNotContain(SECRET).doesNotContain("Internal error");
    }

    private static void searchJournal(TestDatabase database) {
        try (Session session = Session.open(database::connect, "test")) {
            for (String table : session.query(
                    "SELECT relname FROM pg_class WHERE relnamespace = 'sluice'::regnamespace AND relkind = 'r'",
                    row -> row.text(1))) {
                assertThat(session.query(
                                "SELECT t::text FROM sluice." + table + " t WHERE t::text LIKE '%" + SECRET + "%'",
                                row -> row.text(1)))
                        .as("sluice." + table)
                        .isEmpty();
            }
        }
    }
}
