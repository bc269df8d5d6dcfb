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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A column that has its default under two names: what either version writes is what both read. */
@ExtendWith(PostgresExtension.class)
class RenamedDefaultDbTest {

    @TempDir
    private Path directory;

    @Test
    void whatEitherVersionLeavesOutOrSetsIsWhatBothRead(TestDatabases databases) throws SQLException, IOException {
        TestDatabase database = databases.create(PostgresVersion.newest());
        database.execute("""
                CREATE TABLE parcels (id int PRIMARY KEY, state char(5) COLLATE "C" DEFAULT 'new');
                INSERT INTO parcels SELECT i, 'old' FROM generate_series(1, 300) i;
                """);
        Life life = ScriptLife.of(database, directory, "ALTER TABLE parcels RENAME state TO status;");

        life.up();
        database.execute("""
                INSERT INTO parcels (id, status) VALUES (1001, NULL), (1002, 'mine'), (1003, 'new'), (1004, DEFAULT);
                INSERT INTO parcels (id, state) VALUES (1011, NULL), (1012, 'his'), (1013, 'new'), (1014, DEFAULT);
                INSERT INTO parcels (id) VALUES (1020);
                UPDATE parcels SET status = DEFAULT WHERE id = 1;
                UPDATE parcels SET state = DEFAULT WHERE id = 2;
                UPDATE parcels SET status = NULL WHERE id = 3;
                """);

        List<String> expected = List.of(
                "1 new",
                "2 new",
                "3 -",
                "4 old",
                "1001 -",
                "1002 mine",
                "1003 new",
                "1004 new",
                "1011 -",
                "1012 his",
                "1013 new",
                "1014 new",
                "1020 new");
        assertThat(rows(database, "status")).isEqualTo(expected);
        assertThat(rows(database, "state")).isEqualTo(expected);

        life.contract();
        assertThat(rows(database, "status")).isEqualTo(expected);
        database.execute("INSERT INTO parcels (id) VALUES (1030)");
        assertThat(rows(database, "status")).contains("1030 new");
    }

    private static List<String> rows(TestDatabase database, String column) {
        try (Session session = Session.open(database::connect, "test")) {
            return session.query(
                    "SELECT id || ' ' || coalesce(rtrim(" + column
                            + "), '-') FROM parcels WHERE id NOT BETWEEN 5 AND 1000" + " ORDER BY id",
                    row -> row.text(1));
        }
    }
}
