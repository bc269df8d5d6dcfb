package dev.sluice.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.sluice.run.StepFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the new version wrote and the old type cannot hold is in the archive after down, in small and in large tables; where
 * it cannot be kept, the row is named. On the oldest and the newest PostgreSQL.
 */
@ExtendWith(PostgresExtension.class)
class ValuesThatDoNotFitDbTest {

    private static final String KEPT = "sluice_archived_20260101000000_v";

    private static final String WITHOUT_GUEST = """
            CREATE TYPE role_new AS ENUM ('user', 'owner');
            ALTER TABLE t ALTER COLUMN v TYPE role_new USING (v::text::role_new);
            ALTER TYPE role RENAME TO role_old;
            ALTER TYPE role_new RENAME TO role;
            DROP TYPE role_old;
            """;

    private final List<String> notices = new ArrayList<>();

    static Stream<Arguments> widenings() {
        return Stream.of(14, PostgresVersion.newest().major())
                .flatMap(version -> Stream.of(
                        Arguments.of(version, "varchar(4) NOT NULL", "varchar(8)", "'sechse'", "sech", 100),
                        Arguments.of(version, "varchar(4) NOT NULL", "varchar(8)", "'sechse'", "sech", 12000),
                        Arguments.of(version, "varchar(4)", "text", "'sechse'", "sech", 12000),
                        Arguments.of(version, "int", "bigint", "3000000000", "NULL", 100),
                        Arguments.of(version, "int", "bigint", "3000000000", "NULL", 12000)));
    }

    @ParameterizedTest(name = "{1} of {5} rows to {2} on {0}")
    @MethodSource("widenings")
    void areArchived(
            int version,
            String before,
            String after,
            String value,
            String cut,
            long rows,
            TestDatabases databases,
            @TempDir Path directory)
            throws SQLException, IOException {
        TestDatabase database = databases.create(PostgresVersion.ofMajor(version));
        database.execute("CREATE TABLE t (id int PRIMARY KEY, v " + before + " DEFAULT '7');"
                + " INSERT INTO t SELECT i, 1 FROM generate_series(1, " + rows + ") i; ANALYZE t");
        Life life = life(database, directory, "ALTER TABLE t ALTER v TYPE " + after + ";");
        life.up();
        life.contract();
        database.execute("UPDATE t SET v = " + value + " WHERE id = 6");

        life.down();

        assertThat(one(database, "SELECT coalesce(v::text, 'NULL') || ' ' || " + KEPT + " FROM t WHERE id = 6"))
                .isEqualTo(cut + " " + value.replace("'", ""));
        assertThat(one(database, "SELECT count(*) FROM t WHERE v::text = '1'")).isEqualTo(Long.toString(rows - 1));
        assertThat(one(database, "SELECT data_type FROM information_schema.columns WHERE column_name = 'v'"))
                .isEqualTo(before.startsWith("int") ? "integer" : "character varying");
        assertThat(notices).anyMatch(notice -> notice.contains(KEPT) && notice.contains("kept"));

        life.up();
        life.contract();
        life.down();
        assertThat(one(database, "SELECT " + KEPT + " FROM t WHERE id = 6")).isEqualTo(value.replace("'", ""));
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void aLabelThatTheNewTypeLacksStopsBothPhases(int version, TestDatabases databases, @TempDir Path directory)
            throws SQLException, IOException {
        TestDatabase database = roles(databases, version, "role NOT NULL", 12000);
        database.execute("UPDATE t SET v = 'guest' WHERE id = 7");
        Life life = life(database, directory, WITHOUT_GUEST);

        assertThatThrownBy(life::up)
                .isInstanceOf(StepFailedException.class)
                .hasMessageContaining("id=7")
                .hasMessageContaining("guest");
        database.execute("UPDATE t SET v = 'user' WHERE id = 7");
        life.up();
        database.execute("UPDATE t SET v = 'guest' WHERE id = 8"); // the old version goes on
        assertThatThrownBy(life::contract)
                .isInstanceOf(StepFailedException.class)
                .hasMessageContaining("id=8")
                .hasMessageContaining("guest");
        database.execute("UPDATE t SET v = 'user' WHERE id = 8");
        life.contract();

        assertThat(one(database, "SELECT count(*) FROM t WHERE v = 'user'::role"))
                .isEqualTo("12000");
        assertThat(one(database, "SELECT string_agg(label::text, ' ') FROM unnest(enum_range(NULL::role)) label"))
                .isEqualTo("user owner");
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void aConstantThatADomainRefusesIsTriedBeforeAnythingIsThere(
            int version, TestDatabases databases, @TempDir Path directory) throws SQLException, IOException {
        TestDatabase database = databases.create(PostgresVersion.ofMajor(version));
        database.execute("CREATE DOMAIN code AS text CHECK (length(VALUE) = 2); CREATE TABLE t (id int PRIMARY KEY);"
                + " INSERT INTO t SELECT generate_series(1, 12000); ANALYZE t");
        Life life = life(database, directory, """
                -- sluice:allow add-column-constrained-domain reason="a small table"
                ALTER TABLE t ADD COLUMN c code;
                UPDATE t SET c = 'abc';
                """);

        assertThatThrownBy(life::up).isInstanceOf(StepFailedException.class).hasMessageContaining("code_check");

        database.execute("INSERT INTO t VALUES (0)"); // the old version goes on
        assertThat(one(database, "SELECT count(*) FROM pg_attribute WHERE attrelid = 't'::regclass AND attname = 'c'"))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void aLabelThatTheOldTypeLacksIsArchivedOrStopsDown(int version, TestDatabases databases, @TempDir Path directory)
            throws SQLException, IOException {
        TestDatabase may = roles(databases, version, "role", 100);
        Life life = life(may, directory, WITHOUT_GUEST);
        life.up();
        life.contract();
        may.execute("UPDATE t SET v = 'owner' WHERE id = 6");
        life.down();
        assertThat(one(may, "SELECT coalesce(v::text, 'NULL') || ' ' || " + KEPT + " FROM t WHERE id = 6"))
                .isEqualTo("NULL owner");
        assertThat(one(may, "SELECT count(*) FROM t WHERE v = 'user'::role")).isEqualTo("99");
        life.up();
        life.contract();
        assertThat(one(may, "SELECT " + KEPT + " FROM t WHERE id = 6")).isEqualTo("owner");

        TestDatabase must = roles(databases, version, "role NOT NULL", 12000);
        Life stopped = life(must, directory, WITHOUT_GUEST);
        stopped.up();
        stopped.contract();
        must.execute("UPDATE t SET v = 'owner' WHERE id = 6");
        assertThatThrownBy(stopped::down)
                .isInstanceOf(StepFailedException.class)
                .hasMessageContaining("id=6")
                .hasMessageContaining("owner");
        must.execute("UPDATE t SET v = 'user' WHERE id = 6");
        stopped.down();
        assertThat(one(must, "SELECT count(*) FROM t WHERE v = 'user'::role")).isEqualTo("12000");
    }

    private static TestDatabase roles(TestDatabases databases, int version, String type, long rows)
            throws SQLException {
        TestDatabase database = databases.create(PostgresVersion.ofMajor(version));
        database.execute("CREATE TYPE role AS ENUM ('user', 'guest'); CREATE TABLE t (id int PRIMARY KEY, v " + type
                + "); INSERT INTO t SELECT i, 'user' FROM generate_series(1, " + rows + ") i; ANALYZE t");
        return database;
    }

    private Life life(TestDatabase database, Path directory, String up) throws IOException {
        Files.writeString(directory.resolve("20260101000000_wide.sql"), "-- migrate:up\n" + up);
        Migration migration =
                new MigrationDirectory(directory).read("native").migrations().get(0);
        return new Life(database::connect, migration, PostgresPlans::new, Settings.defaults(), self -> event -> {
            if (event instanceof RunEvent.Notice notice) {
                notices.add(notice.text());
            }
        });
    }

    private static String one(TestDatabase database, String query) {
        try (Session session = Session.open(database::connect, "test")) {
            return session.query(query, row -> row.text(1)).get(0);
        }
    }
}
