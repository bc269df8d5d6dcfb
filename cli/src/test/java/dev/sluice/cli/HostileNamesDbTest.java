package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names are data, whatever is in them; and what somebody else puts into a search path is not called. */
@ExtendWith(PostgresExtension.class)
@Timeout(120)
class HostileNamesDbTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "20260101000000_a'b; DROP SCHEMA sluice CASCADE; --",
                "20260101000000_$$\"\\%s",
                "20260101000000_\u001b[31mred",
                "20260101000000_ünï😀",
                "20260101000000_ "
            })
    void namesOfMigrationsAreDataOrRefused(String name, TestDatabase database) throws Exception {
        TestProject project = TestProject.of(directory, database).migration(name, "CREATE TABLE made (id int);");

        for (String command : List.of("plan", "up", "status", "doctor", "history")) {
            TestProject.Said said = project.sluice(command.split(" "));
            assertThat(said.code()).as(command + "\n" + said.all()).isIn(0, 2, 3);
            assertThat(said.all()).as(command).doesNotContain("\u001b[31m").doesNotContain("Internal error");
        }
    }

    /** The writers' search path is theirs: neither functions nor operators nor casts of it may take the place of ours. */
    @Test
    void whatIsInTheWritersSearchPathIsNotCalled(TestDatabase database) throws Exception {
        database.execute("""
                CREATE TYPE mood AS ENUM ('sad', 'ok');
                CREATE TABLE users (id int PRIMARY KEY, first text NOT NULL, last text NOT NULL, age text, m mood);
                INSERT INTO users SELECT i, 'a' || i, 'b', i, 'ok' FROM generate_series(1, 20) i;
                CREATE TABLE pwned (what text);
                """);
        TestProject project = TestProject.of(directory, database).migration("20260101000000_names", """
                ALTER TABLE users ADD COLUMN full_name text, ADD COLUMN years int, ADD COLUMN feels mood,
                    ADD COLUMN other mood;
                UPDATE users SET full_name = lower(first) || ' ' || last, years = age::int, feels = m,
                    other = replace(m::text, 'ok', 'sad')::mood;
                ALTER TABLE users DROP COLUMN first, DROP COLUMN last, DROP COLUMN age, DROP COLUMN m;
                """);
        assertThat(project.sluice("up").code()).isZero();
        try (Connection writer = database.connect();
                Statement statement = writer.createStatement()) {
            statement.execute("""
                    CREATE SCHEMA evil;
                    CREATE FUNCTION evil.lower(text) RETURNS text LANGUAGE plpgsql AS
                        'BEGIN INSERT INTO public.pwned VALUES (''lower''); RETURN ''evil''; END';
                    CREATE FUNCTION evil.cat(text, text) RETURNS text LANGUAGE plpgsql AS
                        'BEGIN INSERT INTO public.pwned VALUES (''cat''); RETURN ''evil''; END';
                    CREATE OPERATOR evil.|| (LEFTARG = text, RIGHTARG = text, FUNCTION = evil.cat);
                    CREATE FUNCTION evil.eq(text, text) RETURNS boolean LANGUAGE plpgsql AS
                        'BEGIN INSERT INTO public.pwned VALUES (''eq''); RETURN true; END';
                    CREATE OPERATOR evil.= (LEFTARG = text, RIGHTARG = text, FUNCTION = evil.eq);
                    CREATE FUNCTION evil.record_image_eq(record, record) RETURNS boolean LANGUAGE plpgsql AS
                        'BEGIN INSERT INTO public.pwned VALUES (''image''); RETURN true; END';
                    CREATE TYPE evil.mood AS ENUM ('evil');
                    CREATE TEMP TABLE users (id int);
                    CREATE DOMAIN pg_temp.text AS pg_catalog.text CHECK (VALUE = 'evil');
                    SET search_path = evil, pg_catalog, pg_temp, public;
                    """);
            statement.execute(
                    "INSERT INTO public.users (id, first, last, age, m) VALUES (100, 'ADA', 'L', '36', 'ok')");
            statement.execute("UPDATE public.users SET first = 'EVA', age = '37' WHERE id OPERATOR(pg_catalog.=) 1");
            statement.execute(
                    "INSERT INTO public.users (id, full_name, years, feels, first, last) VALUES (101, 'x y', 4, 'sad', 'x', 'y')");
        }
        database.execute("""
                DO $$ BEGIN
                    ASSERT NOT EXISTS (SELECT FROM pwned), (SELECT string_agg(what, ', ') FROM pwned);
                    ASSERT (SELECT string_agg(concat_ws(' ', id, full_name, years, feels, other), ', ' ORDER BY id)
                            FROM users WHERE id IN (1, 100, 101))
                        = '1 eva b 37 ok sad, 100 ada L 36 ok sad, 101 x y 4 sad',
                        (SELECT string_agg(users::text, ', ' ORDER BY id) FROM users WHERE id IN (1, 100, 101));
                END $$
                """);
        assertThat(project.sluice("contract").code()).isZero();
    }

    /** Who may create in the database could put triggers under the runner's feet, to run with its rights. */
    @Test
    void aJournalWithTriggersOfSomebodyElseIsNotWrittenTo(TestDatabase database) throws Exception {
        TestProject project =
                TestProject.of(directory, database).migration("20260101000000_t", "CREATE TABLE t (id int);");
        assertThat(project.sluice("up").code()).isZero();
        database.execute("""
                CREATE TABLE pwned (what text);
                CREATE FUNCTION evil() RETURNS trigger LANGUAGE plpgsql AS
                    'BEGIN INSERT INTO public.pwned VALUES (current_user); RETURN NEW; END';
                CREATE TRIGGER evil BEFORE UPDATE ON sluice.lease FOR EACH ROW EXECUTE FUNCTION evil();
                """);
        project.migration("20260102000000_u", "CREATE TABLE u (id int);");

        TestProject.Said said = project.sluice("up");

        assertThat(said.code()).as(said.all()).isEqualTo(7);
        assertThat(said.err()).contains("trigger", "evil", "sluice.lease", "nothing was changed");
        database.execute("DO $$ BEGIN ASSERT NOT EXISTS (SELECT FROM pwned); END $$");
    }
}
