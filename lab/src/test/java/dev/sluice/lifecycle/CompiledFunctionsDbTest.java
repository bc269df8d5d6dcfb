package dev.sluice.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.db.Session;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import dev.sluice.lab.life.Life;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pool's sessions have called functions over a column; its type changes, and they go on. */
@ExtendWith(PostgresExtension.class)
class CompiledFunctionsDbTest {

    private static final String TABLE = """
            CREATE TABLE jars (id int PRIMARY KEY, size int);
            INSERT INTO jars SELECT i, i FROM generate_series(1, :rows) i;
            CREATE FUNCTION grow() RETURNS trigger LANGUAGE plpgsql AS
              $$ BEGIN NEW.size := NEW.size + 1; RETURN NEW; END $$;
            CREATE TRIGGER grow BEFORE INSERT ON jars FOR EACH ROW EXECUTE FUNCTION grow();
            CREATE FUNCTION biggest(n numeric) RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS
              $$ DECLARE one record; BEGIN SELECT * INTO one FROM jars ORDER BY size DESC LIMIT 1; RETURN one.size + 0; END $$;
            """;

    private static final String CALLS = "INSERT INTO jars (id, size) VALUES (-1, 7); SELECT biggest(1);"
            + " DELETE FROM jars WHERE id = -1 AND size = 8";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "14 | 300 | ALTER TABLE jars ALTER size TYPE bigint",
                "14 | 12000 | ALTER TABLE jars ALTER size TYPE bigint",
                "18 | 300 | ALTER TABLE jars ALTER size TYPE bigint",
                "18 | 12000 | ALTER TABLE jars ALTER size TYPE bigint",
                "18 | 300 | ALTER TABLE jars ADD size bigint"
            })
    void sessionsOfAPoolGoOn(int version, int rows, String change, TestDatabases databases, @TempDir Path directory)
            throws SQLException, IOException {
        TestDatabase database = databases.create(PostgresVersion.ofMajor(version));
        database.execute(TABLE.replace(":rows", String.valueOf(rows)));
        Life life = ScriptLife.of(
                database,
                directory,
                (change.contains(" ADD ") ? "ALTER TABLE jars DROP COLUMN size;\n" : "")
                        + "-- sluice:allow same-name-cutover reason=\"the readers are stopped\"\n" + change + ";");
        try (Session pooled = Session.open(database::connect, "test")) {
            pooled.execute(CALLS);
            life.up();
            pooled.execute(CALLS);
            life.contract();
            pooled.execute(CALLS);
            life.down();
            pooled.execute(CALLS);
            assertThat(pooled.one(
                            "SELECT count(*) || ' ' || pg_typeof(max(size)) FROM jars WHERE size = id",
                            row -> row.text(1)))
                    .contains(rows + " integer");
            assertThat(pooled.one("SELECT prosecdef FROM pg_proc WHERE proname = 'biggest'", row -> row.text(1)))
                    .contains("t");
        }
    }

    @Test
    void sessionsThatKnowAnEnumGoOnWhenItIsMadeAnew(TestDatabases databases, @TempDir Path directory)
            throws SQLException, IOException {
        TestDatabase database = databases.create(PostgresVersion.newest());
        database.execute("""
                CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
                CREATE TABLE people (id int PRIMARY KEY, mood mood NOT NULL);
                INSERT INTO people SELECT i, 'ok' FROM generate_series(1, 300) i;
                CREATE FUNCTION cheer() RETURNS trigger LANGUAGE plpgsql AS
                  $$ DECLARE better mood := 'happy'; BEGIN NEW.mood := better; RETURN NEW; END $$;
                CREATE TRIGGER cheer BEFORE INSERT ON people FOR EACH ROW EXECUTE FUNCTION cheer();
                """);
        Life life = ScriptLife.of(database, directory, """
                CREATE TYPE mood_new AS ENUM ('ok', 'happy');
                ALTER TABLE people ALTER COLUMN mood TYPE mood_new USING mood::text::mood_new;
                ALTER TYPE mood RENAME TO mood_old;
                ALTER TYPE mood_new RENAME TO mood;
                DROP TYPE mood_old;
                """);
        String calls =
                "INSERT INTO people (id, mood) VALUES (-1, 'ok'); DELETE FROM people WHERE id = -1 AND mood = 'happy'";

        try (Session pooled = Session.open(database::connect, "test")) {
            pooled.execute(calls);
            life.up();
            pooled.execute(calls);
            life.contract();
            pooled.execute(calls);
            life.down();
            pooled.execute(calls);
            assertThat(pooled.one("SELECT count(*) FROM people WHERE mood = 'ok'", row -> row.number(1)))
                    .contains(300L);
        }
    }
}
