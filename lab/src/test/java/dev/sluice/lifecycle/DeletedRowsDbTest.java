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

/** What goes with deleted rows in other tables is lost, as the plan says; no more than in a plain run goes, though. */
@ExtendWith(PostgresExtension.class)
class DeletedRowsDbTest {

    private static final String TABLES = """
            CREATE TABLE shops (id int PRIMARY KEY);
            CREATE TABLE tills (id int PRIMARY KEY, shop int REFERENCES shops ON DELETE CASCADE);
            CREATE TABLE sales (id int PRIMARY KEY, till int REFERENCES tills ON DELETE SET NULL);
            INSERT INTO shops SELECT generate_series(1, 20);
            INSERT INTO tills SELECT id, id FROM shops;
            INSERT INTO sales TABLE tills""";

    @Test
    void aColumnThatIsDroppedBeforeKeepsItsValues(TestDatabases databases, @TempDir Path directory)
            throws SQLException, IOException {
        TestDatabase database = databases.create(PostgresVersion.newest());
        database.execute(TABLES);
        Life life = ScriptLife.of(
                database, directory, "ALTER TABLE sales DROP COLUMN till; DELETE FROM shops WHERE id > 7;");

        life.up();
        assertThat(count(database, "shops"))
                .as("the key of sales still acts: the rows wait until it has gone")
                .isEqualTo(20);
        life.contract();

        assertThat(count(database, "shops")).isEqualTo(7);
        assertThat(count(database, "tills")).isEqualTo(7);
        assertThat(count(database, "sales WHERE to_jsonb(sales)::text LIKE '%sluice_archived%null%'"))
                .isZero();
    }

    private static int count(TestDatabase database, String from) {
        try (Session session = Session.open(database::connect, "test")) {
            return session.one("SELECT count(*) FROM " + from, row -> (int) row.number(1))
                    .orElseThrow();
        }
    }
}
