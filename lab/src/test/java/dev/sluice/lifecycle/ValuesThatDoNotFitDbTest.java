package dev.sluice.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.PostgresPlans;
import dev.sluice.Settings;
import dev.sluice.db.Session;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import dev.sluice.lab.life.Life;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationDirectory;
import dev.sluice.run.RunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the new version wrote and the old type cannot hold is in the archive after down, in small and in large tables. */
@ExtendWith(PostgresExtension.class)
class ValuesThatDoNotFitDbTest {

    @ParameterizedTest(name = "{0} of {4} rows to {1}")
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "varchar(4) NOT NULL, varchar(8), 'sechse', sech, 100",
                "varchar(4) NOT NULL, varchar(8), 'sechse', sech, 12000",
                "varchar(4), text, 'sechse', sech, 12000",
                "int, bigint, 3000000000, NULL, 100",
                "int, bigint, 3000000000, NULL, 12000"
            })
    void areArchived(
            String before,
            String after,
            String value,
            String cut,
            long rows,
            TestDatabases databases,
            @TempDir Path directory)
            throws SQLException, IOException {
        TestDatabase database = databases.create(PostgresVersion.newest());
        database.execute("CREATE TABLE t (id int PRIMARY KEY, v " + before + " DEFAULT '7');"
                + " INSERT INTO t SELECT i, 1 FROM generate_series(1, " + rows + ") i; ANALYZE t");
        List<String> notices = new ArrayList<>();
        Files.writeString(
                directory.resolve("20260101000000_wide.sql"),
                "-- migrate:up\nALTER TABLE t ALTER v TYPE " + after + ";");
        Migration migration =
                new MigrationDirectory(directory).read("native").migrations().get(0);
        Life life = new Life(database::connect, migration, PostgresPlans::new, Settings.defaults(), self -> event -> {
            if (event instanceof RunEvent.Notice notice) {
                notices.add(notice.text());
            }
        });
        life.up();
        life.contract();
        database.execute("UPDATE t SET v = " + value + " WHERE id = 6");

        life.down();

        String kept = "sluice_archived_20260101000000_v";
        assertThat(one(database, "SELECT coalesce(v::text, 'NULL') || ' ' || " + kept + " FROM t WHERE id = 6"))
                .isEqualTo(cut + " " + value.replace("'", ""));
        assertThat(one(database, "SELECT count(*) FROM t WHERE v::text = '1'")).isEqualTo(Long.toString(rows - 1));
        assertThat(one(database, "SELECT data_type FROM information_schema.columns WHERE column_name = 'v'"))
                .isEqualTo(before.startsWith("int") ? "integer" : "character varying");
        assertThat(notices).anyMatch(notice -> notice.contains(kept) && notice.contains("kept"));

        life.up();
        life.contract();
        life.down();
        assertThat(one(database, "SELECT " + kept + " FROM t WHERE id = 6")).isEqualTo(value.replace("'", ""));
    }

    private static String one(TestDatabase database, String query) {
        try (Session session = Session.open(database::connect, "test")) {
            return session.query(query, row -> row.text(1)).get(0);
        }
    }
}
