package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

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
            TestProject.Said said = project.sluice("up");

            assertThat(said.code()).as(said.all()).isEqualTo(9);
            assertThat(said.err()).containsIgnoringCase("too many connections").containsIgnoringCase("next:");
            database.execute("ALTER ROLE " + role + " CONNECTION LIMIT 10");
            assertThat(project.sluice("up", "--contract").code()).isZero();
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
        }
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
