package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A role that may do nothing hears all that it lacks at once, and what it is told to be given is enough. */
@ExtendWith(PostgresExtension.class)
@Timeout(120)
class MissingRightsDbTest {

    private static final String CHANGE = """
            ALTER TABLE shop.orders ADD COLUMN total int;
            UPDATE shop.orders SET total = price * 2;
            ALTER TABLE shop.orders ADD CONSTRAINT orders_user FOREIGN KEY (user_id) REFERENCES people.users;
            CREATE INDEX ON shop.orders (total);
            CREATE VIEW people.totals AS SELECT sum(total) FROM shop.orders;
            DROP TABLE shop.old;
            """;

    @TempDir
    Path directory;

    private String role = "";
    private String owner = "";
    private String password = "";

    @BeforeEach
    void roles(TestDatabase database) throws Exception {
        role = database.name() + "_r";
        owner = database.name() + "_o";
        database.execute("""
                CREATE ROLE @owner; CREATE ROLE @role LOGIN PASSWORD 'rights99';
                CREATE SCHEMA shop; CREATE SCHEMA people;
                GRANT CREATE, USAGE ON SCHEMA shop TO @owner;
                CREATE TABLE people.users (id int PRIMARY KEY);
                CREATE TABLE shop.orders (id int PRIMARY KEY, user_id int, price int NOT NULL);
                CREATE TABLE shop.old (id int PRIMARY KEY);
                ALTER TABLE shop.orders OWNER TO @owner; ALTER TABLE shop.old OWNER TO @owner;
                INSERT INTO people.users VALUES (1);
                INSERT INTO shop.orders SELECT i, 1, i FROM generate_series(1, 20) i;
                INSERT INTO shop.old VALUES (1);
                """.replace("@owner", owner).replace("@role", role));
    }

    @AfterEach
    void drop(TestDatabase database) throws Exception {
        database.execute(
                "DROP OWNED BY " + role + ", " + owner + " CASCADE; DROP ROLE " + role + "; DROP ROLE " + owner);
    }

    @Test
    void allThatLacksIsSaidAtOnceAndIsEnough(TestDatabase database) throws Exception {
        TestProject project = project(database).migration("20260101000000_all", CHANGE);

        TestProject.Said planned = project.sluice("plan");
        TestProject.Said said = project.sluice("up");

        assertThat(planned.code()).as(planned.all()).isZero();
        assertThat(planned.err()).contains("may not run it yet", "make schema sluice");
        assertThat(said.code()).as(said.all()).isEqualTo(1);
        assertThat(said.err())
                .contains(
                        "nothing was changed", "make schema sluice,", "be owner of shop.orders", "be owner of shop.old")
                .contains(
                        "make things in schema shop",
                        "make things in schema people",
                        "point foreign keys at people.users");
        Matcher statements =
                Pattern.compile("  - [^:\n]*: ((?:GRANT|ALTER) [^\n(]*)").matcher(said.err());
        int count = 0;
        while (statements.find()) {
            database.execute(statements.group(1));
            count++;
        }
        assertThat(count).isGreaterThan(5);
        for (String command : List.of("up", "contract", "down --yes", "up --contract", "purge --yes")) {
            TestProject.Said again = project.sluice(command.split(" "));
            assertThat(again.code()).as(command + "\n" + again.all()).isZero();
        }
        assertThat(project.sluice("plan").err()).doesNotContain("may not run");
    }

    @Test
    void theJournalOfAnotherRoleIsNamedAsSuch(TestDatabase database) throws Exception {
        TestProject.of(directory, database)
                .migration("20260101000000_a", "CREATE TABLE a (id int);")
                .sluice("up");

        TestProject.Said said = project(database)
                .migration("20260102000000_b", "CREATE TABLE b (id int);")
                .sluice("up");

        assertThat(said.code()).as(said.all()).isEqualTo(1);
        assertThat(said.err()).contains("write the journal, which belongs to postgres: GRANT postgres TO " + role);
    }

    private TestProject project(TestDatabase database) {
        password = "rights99";
        return new TestProject(
                directory,
                Map.of("DATABASE_URL", database.url().replaceFirst("//.*@", "//" + role + ":" + password + "@")));
    }
}
