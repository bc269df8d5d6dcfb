package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a migration of one transaction needs is said before its first statement; and what the server lets the role do is not
 * refused, however it comes by the right. The server is asked first, each time.
 */
@ExtendWith(PostgresExtension.class)
@Timeout(120)
class OneTransactionRightsDbTest {

    /** What the role may do, by what it has, what it makes, and what it grants itself. */
    private static final Map<String, String> ALLOWED = new LinkedHashMap<>();

    static {
        ALLOWED.put("what it makes", """
                CREATE TABLE mine.a (id int PRIMARY KEY); ALTER TABLE mine.a ADD b int; CREATE INDEX ON mine.a (b);
                CREATE TABLE mine.b (a int REFERENCES mine.a); CREATE VIEW mine.v AS SELECT * FROM mine.a;
                """);
        ALLOWED.put("in a schema that it makes", """
                CREATE SCHEMA fresh; CREATE TABLE fresh.a (id int); ALTER TABLE fresh.a ADD b int;
                """);
        ALLOWED.put("temporary", "CREATE TEMP TABLE brief (id int); CREATE INDEX ON brief (id);");
        ALLOWED.put("rows of another's table, by right", "INSERT INTO shop.empty VALUES (1);");
        ALLOWED.put("TRUNCATE, by right", "TRUNCATE shop.empty;");
        ALLOWED.put("a key to another's table", "CREATE TABLE mine.d (u int REFERENCES shop.secret);");
        ALLOWED.put("as another role", """
                SET ROLE @owner; CREATE TABLE shop.e (id int); ALTER TABLE shop.e ADD b int; RESET ROLE;
                """);
        ALLOWED.put("what it grants itself", """
                GRANT CREATE ON SCHEMA closed TO CURRENT_USER; CREATE TABLE closed.a (id int);
                """);
    }

    private static final Map<String, String> MISSING = Map.of(
            "CREATE TABLE shop.a (id int);",
            "make things in schema shop: GRANT CREATE, USAGE ON SCHEMA shop",
            "CREATE TABLE mine.a (u int REFERENCES shop.hidden);",
            "point foreign keys at shop.hidden: ",
            "CREATE TABLE mine.a (id int); CREATE INDEX ON shop.empty (id);",
            "be owner of shop.empty (owned by ",
            "CREATE VIEW shop.v AS SELECT 1 AS one;",
            "make things in schema shop: ");

    @TempDir
    Path directory;

    private String role = "";
    private String owner = "";

    @BeforeEach
    void roles(TestDatabase database) throws Exception {
        role = database.name() + "_r";
        owner = database.name() + "_o";
        database.execute(named("""
                CREATE ROLE @owner; CREATE ROLE @role LOGIN NOINHERIT PASSWORD 'rights99'; GRANT @owner TO @role;
                GRANT CREATE ON DATABASE @database TO @role;
                CREATE SCHEMA shop AUTHORIZATION @owner; GRANT USAGE ON SCHEMA shop TO @role;
                CREATE SCHEMA mine AUTHORIZATION @role;
                CREATE SCHEMA closed AUTHORIZATION @role; REVOKE CREATE ON SCHEMA closed FROM @role;

                CREATE TABLE shop.empty (id int); CREATE TABLE shop.secret (id int PRIMARY KEY);
                CREATE TABLE shop.hidden (id int PRIMARY KEY); CREATE TABLE shop.unseen (id int PRIMARY KEY);
                ALTER TABLE shop.empty OWNER TO @owner;
                GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON shop.empty TO @role;
                GRANT REFERENCES, SELECT ON shop.secret TO @role; GRANT REFERENCES ON shop.unseen TO @role;
                CREATE TABLE mine.counted (id int GENERATED ALWAYS AS IDENTITY); ALTER TABLE mine.counted OWNER TO @role;
                """, database));
    }

    @AfterEach
    void drop(TestDatabase database) throws Exception {
        database.execute(named("DROP OWNED BY @role, @owner CASCADE; DROP ROLE @role; DROP ROLE @owner", database));
    }

    @Test
    void whatTheServerLetsTheRoleDoIsNotRefused(TestDatabase database) throws Exception {
        TestProject project = new TestProject(directory, Map.of("DATABASE_URL", url(database)));
        int version = 20260101;
        for (Map.Entry<String, String> allowed : ALLOWED.entrySet()) {
            String script = named(allowed.getValue(), database);
            assertThat(refusal(database, script)).as(allowed.getKey()).isEmpty();

            project.migration(version++ + "000000_allowed", script);
            TestProject.Said said = project.sluice("up");

            assertThat(said.code()).as(allowed.getKey() + "\n" + said.all()).isZero();
        }
    }

    /** Not even the first statement has run: a sequence would know. */
    @Test
    void whatLacksIsSaidBeforeTheFirstStatement(TestDatabase database) throws Exception {
        for (Map.Entry<String, String> lacking : MISSING.entrySet()) {
            String script = "INSERT INTO mine.counted DEFAULT VALUES;\n" + lacking.getKey();
            assertThat(refusal(database, lacking.getKey())).containsPattern("permission denied|must be owner");
            TestProject project = new TestProject(directory, Map.of("DATABASE_URL", url(database)))
                    .migration("20260101000000_lacking", script);

            TestProject.Said said = project.sluice("up");

            assertThat(said.code()).as(said.all()).isEqualTo(1);
            assertThat(said.err()).contains("cannot run as this role; nothing was changed", lacking.getValue());
            assertThat(one(database, "SELECT is_called::text FROM mine.counted_id_seq"))
                    .as(script)
                    .isEqualTo("false");
        }
    }

    /** What runs as written looks into tables that it takes for empty; the server would not need that right. */
    @Test
    void whatOnlyTheRunnerNeedsIsSaidWithItsReason(TestDatabase database) throws Exception {
        TestProject.Said said = new TestProject(directory, Map.of("DATABASE_URL", url(database)))
                .migration("20260101000000_lacking", "CREATE TABLE mine.a (u int REFERENCES shop.unseen);")
                .sluice("up");

        assertThat(said.code()).as(said.all()).isEqualTo(1);
        assertThat(said.err())
                .contains(
                        "nothing was changed",
                        "look whether shop.unseen is still empty: ",
                        "GRANT SELECT ON shop.unseen");
    }

    private String named(String sql, TestDatabase database) {
        return sql.replace("@role", role).replace("@owner", owner).replace("@database", database.name());
    }

    private String url(TestDatabase database) {
        return database.url().replaceFirst("//.*@", "//" + role + ":rights99@");
    }

    /** What the server says to the role that runs the script, and takes back. */
    private String refusal(TestDatabase database, String script) throws SQLException {
        String jdbc = database.connect().getMetaData().getURL().replaceFirst("\\?.*", "");
        try (Connection connection = DriverManager.getConnection(jdbc, role, "rights99");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(script);
            connection.rollback();
            return "";
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String one(TestDatabase database, String query) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                var result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }
}
