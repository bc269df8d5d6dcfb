package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an administrator has set: it is lived with, or said with the state of the database and what to do. */
@ExtendWith(PostgresExtension.class)
@Timeout(120)
class AdministratorDbTest {

    private static final String SCHEMA = """
            CREATE TABLE users (id bigint PRIMARY KEY, first text, last text);
            INSERT INTO users SELECT i, 'a' || i, 'b' FROM generate_series(1, 30000) i;
            ANALYZE;
            """;
    private static final String CHANGE = """
            ALTER TABLE users ADD COLUMN full_name text;
            UPDATE users SET full_name = first || ' ' || last;
            ALTER TABLE users ALTER COLUMN full_name SET NOT NULL;
            ALTER TABLE users DROP COLUMN first;
            CREATE INDEX users_full_name ON users (full_name);
            """;

    @TempDir
    Path directory;

    @Test
    void aDatabaseThatIsReadOnlyIsToldAsSuch(TestDatabase database) throws Exception {
        database.execute(SCHEMA);
        database.execute("ALTER DATABASE " + database.name() + " SET default_transaction_read_only = on");
        TestProject project = TestProject.of(directory, database).migration("20260101000000_name", CHANGE);

        TestProject.Said said = project.sluice("up");

        assertThat(said.code()).as(said.all()).isEqualTo(1);
        assertThat(said.err())
                .contains("read-only", "nothing was changed", "next:")
                .doesNotContain("Internal error");
        assertThat(project.sluice("doctor").code()).isZero();
        assertThat(project.sluice("status").code()).isEqualTo(2);
    }

    @Test
    void noConnectionLeftIsToldAsSuchAndBounded(TestDatabase database) throws Exception {
        String role = database.name() + "_few";
        database.execute(SCHEMA + "CREATE ROLE " + role
                + " LOGIN PASSWORD 'fewfew99' CONNECTION LIMIT 1; GRANT CREATE ON DATABASE "
                + database.name() + " TO " + role + "; GRANT ALL ON SCHEMA public TO " + role
                + "; ALTER TABLE users OWNER TO " + role);
        TestProject project = new TestProject(
                        directory,
                        Map.of("DATABASE_URL", database.url().replaceFirst("//.*@", "//" + role + ":fewfew99@")))
                .migration("20260101000000_name", CHANGE);
        try {
            TestProject.Said said = project.sluice("up", "--reconnect-for", "1s");

            assertThat(said.code()).as(said.all()).isEqualTo(9);
            assertThat(said.err())
                    .contains("has no free connection", "trying again for 1 s")
                    .containsIgnoringCase("too many connections")
                    .containsIgnoringCase("next:");

            var waiting = CompletableFuture.supplyAsync(() -> project.sluice("up", "--contract"));
            database.execute("DO $$ BEGIN WHILE NOT EXISTS (SELECT FROM pg_stat_activity WHERE usename = '" + role
                    + "') LOOP PERFORM pg_stat_clear_snapshot(); END LOOP; END $$");
            database.execute("ALTER ROLE " + role + " CONNECTION LIMIT 10");
            assertThat(waiting.get(100, TimeUnit.SECONDS).code()).isZero();
        } finally {
            database.execute("DROP OWNED BY " + role + " CASCADE");
            database.execute("DROP ROLE " + role);
        }
    }

    /** Of the role that migrates: our sessions set what they depend on, and nobody else's change. */
    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void whateverTheRoleIsSetTo(PostgresVersion version, TestDatabases databases) throws Exception {
        TestDatabase database = databases.create(version);
        String role = database.name() + "_limited";
        List<String> settings = new ArrayList<>(List.of(
                "statement_timeout = '400ms'",
                "lock_timeout = '1ms'",
                "idle_in_transaction_session_timeout = '400ms'",
                "idle_session_timeout = '400ms'",
                "default_transaction_isolation = 'serializable'",
                "default_transaction_deferrable = on",
                "quote_all_identifiers = on",
                "standard_conforming_strings = off",
                "array_nulls = off",
                "bytea_output = 'escape'",
                "datestyle = 'German'",
                "intervalstyle = 'sql_standard'",
                "timezone = 'Asia/Kathmandu'",
                "enable_seqscan = off",
                "check_function_bodies = off",
                "search_path = 'nowhere', 'public'"));
        if (version.major() >= 17) {
            settings.add("transaction_timeout = '400ms'");
        }
        database.execute(SCHEMA + "CREATE FUNCTION slow(bigint) RETURNS boolean LANGUAGE sql AS"
                + " 'SELECT CASE WHEN $1 = 1 THEN pg_sleep(0.6) IS NOT NULL ELSE true END';"
                + "CREATE ROLE " + role + " LOGIN PASSWORD 'limited9'; GRANT CREATE ON DATABASE " + database.name()
                + " TO "
                + role + "; GRANT ALL ON SCHEMA public TO " + role + "; ALTER TABLE users OWNER TO " + role + ";"
                + settings.stream()
                        .map(setting -> "ALTER ROLE " + role + " SET " + setting)
                        .collect(Collectors.joining(";")));
        TestProject project = new TestProject(
                        directory,
                        Map.of("DATABASE_URL", database.url().replaceFirst("//.*@", "//" + role + ":limited9@")))
                .migration("20260101000000_name", CHANGE + "ALTER TABLE users ADD CONSTRAINT slowly CHECK (slow(id));");
        try {
            for (String command :
                    List.of("plan", "up", "doctor", "contract", "down --yes", "up --contract", "purge --yes")) {
                TestProject.Said said = project.sluice(command.split(" "));
                assertThat(said.code()).as(command + "\n" + said.all()).isZero();
            }
            database.execute(
                    "DO $$ BEGIN ASSERT (SELECT count(*) = 30000 FROM users WHERE full_name = 'a' || id || ' b'); END $$");
        } finally {
            database.execute("DROP OWNED BY " + role + " CASCADE");
            database.execute("DROP ROLE " + role);
        }
    }

    /** A snapshot that is as old as it gets: VACUUM frees nothing, and a prepared transaction holds a lock for ever. */
    @Test
    void anOldSnapshotDelaysNothing(TestDatabase database) throws Exception {
        database.execute(SCHEMA);
        TestProject project = TestProject.of(directory, database)
                .migration("20260101000000_name", CHANGE.replaceFirst("CREATE INDEX.*\n", ""));
        try (Connection old = database.connect();
                Statement statement = old.createStatement()) {
            old.setAutoCommit(false);
            old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            statement.execute("SELECT count(*) FROM pg_class");

            TestProject.Said said = project.sluice("up");

            assertThat(said.code()).as(said.all()).isZero();
            assertThat(said.err()).contains("an old snapshot keeps dead rows of public.users from being reused");
        }
    }

    /** Whatever ours set, hold and end, it is theirs alone. */
    @Test
    void sessionsOfOthersStayAsTheyAre(TestDatabase database) throws Exception {
        database.execute(SCHEMA);
        TestProject project = TestProject.of(directory, database).migration("20260101000000_name", CHANGE);
        List<String> look = List.of(
                "SELECT pg_backend_pid()::text",
                "SELECT string_agg(name || '=' || setting, ',' ORDER BY name) FROM pg_settings",
                "SELECT string_agg(name || statement, ',') FROM pg_prepared_statements",
                "SELECT string_agg(objid::text, ',') FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()",
                "SELECT string_agg(n::text, ',') FROM mine",
                "SELECT string_agg(pg_listening_channels, ',') FROM pg_listening_channels()",
                "SELECT string_agg(r::text, ',' ORDER BY r::text) FROM pg_db_role_setting r",
                "SELECT string_agg(f::text, ',' ORDER BY seqno) FROM pg_file_settings f",
                "SELECT string_agg(rolname || rolconfig::text, ',' ORDER BY rolname) FROM pg_roles");
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            for (String sql : List.of(
                    "SET work_mem = '7MB'",
                    "SET search_path = pg_temp, public",
                    "SET lock_timeout = '17s'",
                    "CREATE TEMP TABLE mine (n int)",
                    "INSERT INTO mine VALUES (5)",
                    "PREPARE theirs AS SELECT id, last FROM users WHERE id = $1",
                    "SELECT pg_advisory_lock(123456)",
                    "LISTEN news")) {
                statement.execute(sql);
            }
            List<String> before = texts(statement, look);
            for (String command : List.of("up", "contract", "down --yes", "up --contract", "purge --yes", "doctor")) {
                TestProject.Said said = project.sluice(command.split(" "));
                assertThat(said.code()).as(command + "\n" + said.all()).isZero();
                assertThat(texts(statement, look)).as(command).isEqualTo(before);
                try (ResultSet theirs = statement.executeQuery("EXECUTE theirs(7)")) {
                    assertThat(theirs.next()).isTrue();
                }
            }
        }
    }

    private static List<String> texts(Statement statement, List<String> queries) throws SQLException {
        List<String> texts = new ArrayList<>();
        for (String query : queries) {
            try (ResultSet result = statement.executeQuery(query)) {
                result.next();
                texts.add(String.valueOf(result.getString(1)));
            }
        }
        return texts;
    }

    @Test
    void locksThatAreHeldForEverAreWaitedForNoLongerThanTheBudget(TestDatabase database) throws Exception {
        database.execute(SCHEMA);
        TestProject project = TestProject.of(directory, database).migration("20260101000000_name", CHANGE);
        List<Connection> holders = new ArrayList<>();
        try {
            Connection holder = database.connect();
            holders.add(holder);
            holder.setAutoCommit(false);
            holder.createStatement().execute("SELECT * FROM users LIMIT 1");

            TestProject.Said said = project.sluice("up", "--lock-budget", "1s");

            assertThat(said.code()).as(said.all()).isEqualTo(4);
            assertThat(said.err()).contains("users", "next:");
        } finally {
            for (Connection holder : holders) {
                close(holder);
            }
        }
        assertThat(project.sluice("up").code()).isZero();
    }

    private static void close(Connection connection) throws SQLException {
        connection.rollback();
        connection.close();
    }
}
