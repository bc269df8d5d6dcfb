package dev.sluice.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.db.Session;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import dev.sluice.lab.life.Life;
import dev.sluice.run.RunEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Triggers act as often as in a plain run; what the plan says of the others is what they do. */
@ExtendWith(PostgresExtension.class)
class ActingTriggersDbTest {

    @TempDir
    private Path directory;

    @Test
    void theUpdateThatFillsActsOnceOnEachRowAndNothingElseDoes(TestDatabases databases)
            throws SQLException, IOException {
        TestDatabase database = databases.create(PostgresVersion.newest());
        database.execute(ActingCases.JARS.replace(":rows", "12000") + ActingCases.SEE_ROWS);
        Life life = ScriptLife.of(database, directory, """
                -- sluice:allow same-name-cutover reason="the readers are stopped"
                ALTER TABLE jars ALTER COLUMN id TYPE bigint;
                ALTER TABLE jars ADD COLUMN code uuid DEFAULT gen_random_uuid();
                ALTER TABLE jars ADD COLUMN twice bigint;
                UPDATE jars SET twice = coalesce(size, 0) * 2;
                """);

        life.up();
        life.contract();

        assertThat(rows(database, "SELECT DISTINCT touched FROM jars")).containsExactly("1");
        assertThat(rows(database, "SELECT what || count(*) FROM seen GROUP BY what"))
                .containsExactly("UPDATE ROW12000");
    }

    @Test
    void aSmallUpdateIsOneStatementAndItsWayBackAnother(TestDatabases databases) throws SQLException, IOException {
        TestDatabase database = databases.create(PostgresVersion.newest());
        database.execute(ActingCases.JARS.replace(":rows", "300") + ActingCases.SEE_STATEMENTS);
        Life life = ScriptLife.of(database, directory, "UPDATE jars SET note = upper(note) WHERE id > 9;");

        life.up();
        assertThat(rows(database, "SELECT what FROM seen")).containsExactly("UPDATE STATEMENT");

        life.down();
        assertThat(rows(database, "SELECT count(*) FROM jars WHERE note = 'n' || id"))
                .containsExactly("300");
        assertThat(rows(database, "SELECT DISTINCT touched FROM jars ORDER BY 1"))
                .as("what the trigger changes in these rows is not put back, as the plan says")
                .containsExactly("0", "1");
        assertThat(rows(database, "SELECT what FROM seen")).hasSize(2);
    }

    @Test
    void whatActsLessOrMoreOftenInAFillIsSaidByName(TestDatabases databases) throws SQLException, IOException {
        TestDatabase database = databases.create(PostgresVersion.newest());
        database.execute(ActingCases.JARS.replace(":rows", "300") + ActingCases.SEE_STATEMENTS);
        List<String> notes = new ArrayList<>();
        Life life = ScriptLife.of(
                database,
                directory,
                "ALTER TABLE jars ADD COLUMN twice int; UPDATE jars SET twice = size * 2;",
                event -> {
                    if (event instanceof RunEvent.MigrationStarted started) {
                        started.plan().notes().forEach(note -> notes.add(note.text()));
                    }
                });

        life.up();

        assertThat(notes)
                .anyMatch(note -> note.contains("trigger see_all (FOR EACH STATEMENT) acts once for each batch"))
                .anyMatch(note -> note.contains("what trigger touch changes in these rows"))
                .anyMatch(note -> note.contains("rows whose new value is NULL are not written"));
    }

    @Test
    void aTriggerForAColumnFiresForItsNewName(TestDatabases databases) throws SQLException, IOException {
        TestDatabase database = databases.create(PostgresVersion.newest());
        database.execute(ActingCases.JARS.replace(":rows", "300") + ActingCases.SEE_NOTES);
        String definition = "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = 'see_notes'";
        List<String> before = rows(database, definition);
        Life life = ScriptLife.of(database, directory, "ALTER TABLE jars RENAME note TO remark;");

        life.up();
        assertThat(rows(database, "SELECT count(*) FROM seen")).containsExactly("0");
        database.execute("UPDATE jars SET remark = 'new' WHERE id = 1; UPDATE jars SET note = 'old' WHERE id = 2;"
                + " UPDATE jars SET size = 0 WHERE id = 3;");
        assertThat(rows(database, "SELECT count(*) FROM seen")).containsExactly("4");

        life.down();
        assertThat(rows(database, definition)).isEqualTo(before);

        life.up();
        life.contract();
        assertThat(rows(database, definition))
                .containsExactly(before.get(0).replace("UPDATE OF note", "UPDATE OF remark"));
        assertThat(rows(database, "SELECT count(*) FROM seen")).containsExactly("4");

        life.down();
        assertThat(rows(database, definition)).isEqualTo(before);
    }

    @Test
    void aTriggerOfAPartitionStaysStillWhenAColumnIsCopied(TestDatabases databases) throws SQLException, IOException {
        TestDatabase database = databases.create(PostgresVersion.newest());
        database.execute("""
                CREATE TABLE hits (id int PRIMARY KEY, size int, touched int NOT NULL DEFAULT 0) PARTITION BY RANGE (id);
                CREATE TABLE hits_low PARTITION OF hits FOR VALUES FROM (0) TO (100);
                CREATE TABLE hits_high PARTITION OF hits FOR VALUES FROM (100) TO (1000);
                INSERT INTO hits SELECT i, i FROM generate_series(1, 300) i;
                CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS
                  $$ BEGIN NEW.touched := NEW.touched + 1; RETURN NEW; END $$;
                CREATE TRIGGER touch BEFORE UPDATE ON hits_low FOR EACH ROW EXECUTE FUNCTION touch();
                """);
        Life life = ScriptLife.of(database, directory, "ALTER TABLE hits RENAME size TO width;");

        life.up();
        life.contract();

        assertThat(rows(database, "SELECT DISTINCT touched FROM hits")).containsExactly("0");
    }

    private static List<String> rows(TestDatabase database, String query) {
        try (Session session = Session.open(database::connect, "test")) {
            return session.query(query, row -> row.text(1));
        }
    }
}
