package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the old version writes goes in, whatever the new column's expression makes of it; and nothing wrong is kept silent. */
@ExtendWith(PostgresExtension.class)
@Timeout(180)
class UpExpressionDbTest {

    @TempDir
    Path directory;

    /** A row that the expression cannot take is written; a failure of the moment is passed on, as it says nothing of the row. */
    @Test
    void onlyFailuresThatComeFromTheRowAreNull(TestDatabase database) throws Exception {
        database.execute("""
                CREATE FUNCTION length_of(code text) RETURNS int LANGUAGE plpgsql AS $$ BEGIN
                    IF code ~ '^[0-9A-Z]{5}$' THEN RAISE EXCEPTION 'as told' USING ERRCODE = code; END IF;
                    RETURN length(code);
                END $$;
                CREATE TABLE things (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, code text NOT NULL);
                INSERT INTO things (code) SELECT 'code' || i FROM generate_series(1, 20) i;
                """);
        TestProject project = TestProject.of(directory, database).migration("20260101000000_length", """
                ALTER TABLE things ADD COLUMN size int;
                UPDATE things SET size = length_of(code);
                """);
        assertThat(project.sluice("up").code()).isZero();

        try (Connection writer = database.connect();
                Statement statement = writer.createStatement()) {
            for (String state :
                    List.of("22012", "22P02", "23514", "21000", "P0001", "42501", "42601", "54001", "XX000")) {
                statement.execute("INSERT INTO things (code) VALUES ('" + state + "')");
            }
            for (String state : List.of("40001", "40P01", "53100", "53200", "55P03", "57014", "58030", "XX001")) {
                assertThatThrownBy(() -> statement.execute("INSERT INTO things (code) VALUES ('" + state + "')"))
                        .as(state)
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo(state));
            }
            statement.execute("INSERT INTO things (code) VALUES ('fine')");
        }

        TestProject.Said refused = project.sluice("contract");
        assertThat(refused.code()).as(refused.all()).isEqualTo(6);
        assertThat(refused.err()).contains("as told", "id=21");
        database.execute("DELETE FROM things WHERE size IS NULL");
        assertThat(project.sluice("contract").code()).isZero();
        database.execute(
                "DO $$ BEGIN ASSERT NOT EXISTS (SELECT FROM things WHERE size IS DISTINCT FROM length(code)); END $$");
    }

    /** A writer needs no right on the table that the new column is looked up in, and no row of it has to be right. */
    @Test
    void lookingUpAnotherTableHoldsUpNoWriter(TestDatabase database) throws Exception {
        String role = database.name() + "_app";
        database.execute("""
                CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL UNIQUE, age text);
                CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text);
                INSERT INTO users SELECT i, 'u' || i, i FROM generate_series(1, 20) i;
                INSERT INTO orders (email) SELECT 'u' || i FROM generate_series(1, 20) i;
                CREATE ROLE @role;
                GRANT SELECT, INSERT ON orders TO @role;
                """.replace("@role", role));
        TestProject project = TestProject.of(directory, database).migration("20260101000000_user", """
                ALTER TABLE orders ADD COLUMN user_id bigint, ADD COLUMN age int;
                UPDATE orders SET user_id = u.id, age = u.age::int FROM users u WHERE u.email = orders.email;
                """);
        try {
            TestProject.Said said = project.sluice("up");
            assertThat(said.code()).as(said.all()).isZero();

            database.execute("INSERT INTO users VALUES (21, 'u21', 'old')");
            database.execute("SET ROLE " + role + "; INSERT INTO orders (email) VALUES ('u5'), ('nobody')");
            database.execute("INSERT INTO orders (email) VALUES ('u6'), ('u21')");

            TestProject.Said refused = project.sluice("contract");
            assertThat(refused.code()).as(refused.all()).isEqualTo(6);
            assertThat(refused.err()).contains("\"old\"", "id=24");
            database.execute("UPDATE users SET age = '99' WHERE id = 21");
            assertThat(project.sluice("contract").code()).isZero();
            database.execute("""
                    DO $$ BEGIN ASSERT (SELECT string_agg(concat_ws(' ', id, user_id, age), ', ' ORDER BY id) FROM orders WHERE id > 20)
                        = '21 5 5, 22, 23 6 6, 24 21 99', (SELECT string_agg(concat_ws(' ', id, user_id, age), ', ' ORDER BY id)
                            FROM orders WHERE id > 20); END $$
                    """);
        } finally {
            database.execute("DROP OWNED BY " + role + "; DROP ROLE " + role);
        }
    }
}
