package dev.sluice.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.Migrator;
import dev.sluice.PostgresPlans;
import dev.sluice.Settings;
import dev.sluice.db.Session;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import dev.sluice.migration.MigrationDirectory;
import dev.sluice.run.DownOptions;
import dev.sluice.run.MigrationState;
import dev.sluice.run.RunListener;
import dev.sluice.run.RunResult;
import dev.sluice.run.StepFailedException;
import dev.sluice.run.UpOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Where the border runs between a database that is being built and one that is used. */
@ExtendWith(PostgresExtension.class)
final class FreshDatabaseDbTest {

    @TempDir
    Path directory;

    private TestDatabase database;

    @BeforeEach
    void aTableWithSeeds(TestDatabases databases) throws IOException, SQLException {
        database = databases.create();
        migration(
                "20260101000000_roles",
                "CREATE TABLE roles (id int PRIMARY KEY, name text);\n"
                        + "INSERT INTO roles VALUES (1, 'admin'), (2, 'guest');\nUPDATE roles SET name = 'root' WHERE id = 1;");
        up();
        migration(
                "20260102000000_rename",
                "ALTER TABLE roles RENAME COLUMN name TO title;\n"
                        + "-- migrate:down\nALTER TABLE roles RENAME COLUMN title TO name;");
    }

    @Test
    void rowsOfMigrationsNeedNoProtection() throws IOException {
        RunResult result = up();

        assertThat(result.outcomes())
                .singleElement()
                .satisfies(o -> assertThat(o.state()).isEqualTo(MigrationState.APPLIED));
    }

    @Test
    void oneRowOfAnApplicationDoes() throws IOException, SQLException {
        database.execute("INSERT INTO roles VALUES (3, 'user')");

        assertThat(up().outcomes())
                .singleElement()
                .satisfies(o -> assertThat(o.state()).isEqualTo(MigrationState.EXPANDED));
    }

    @Test
    void aRowThatAnApplicationChangedDoes() throws IOException, SQLException {
        database.execute("UPDATE roles SET name = 'user' WHERE id = 2");

        assertThat(up().outcomes())
                .singleElement()
                .satisfies(o -> assertThat(o.state()).isEqualTo(MigrationState.EXPANDED));
    }

    @Test
    void theDownScriptOfAMigrationThatRanAsWrittenKeepsWhatAnApplicationWroteSince() throws IOException, SQLException {
        migration(
                "20260103000000_colour",
                "ALTER TABLE roles ADD COLUMN colour text;\n-- migrate:down\nALTER TABLE roles DROP COLUMN colour;");
        up();
        database.execute("INSERT INTO roles VALUES (3, 'user', 'red')");

        migrator().down(DownOptions.last());

        assertThat(columns()).doesNotContain("colour").anyMatch(name -> name.startsWith("sluice_archived"));
    }

    @Test
    void aNewLabelOfAnEnumCanBeUsedByTheMigrationThatAddsIt() throws IOException, SQLException {
        migration("20260103000000_kind", "CREATE TYPE kind AS ENUM ('a');\nCREATE TABLE things (kind kind);");
        up();
        migration(
                "20260104000000_label",
                "ALTER TYPE kind ADD VALUE 'b'; -- no transaction may use it before it is committed\n"
                        + "INSERT INTO things VALUES ('b'), ('b');");

        assertThat(up().outcomes())
                .singleElement()
                .satisfies(o -> assertThat(o.state()).isEqualTo(MigrationState.APPLIED));
        assertThat(count("SELECT FROM things WHERE kind = 'b'")).isEqualTo(2);
    }

    @Test
    void anErrorNamesTheStatementThatFailedAndNothingStays() throws IOException, SQLException {
        migration(
                "20260103000000_three",
                "CREATE TABLE one (a int); -- a comment at the end\n"
                        + "CREATE TABLE two (a int);\nINSERT INTO missing VALUES (';');\nCREATE TABLE three (a int);");

        assertThatThrownBy(this::up)
                .isInstanceOf(StepFailedException.class)
                .hasMessageContaining("INSERT INTO missing VALUES (';')")
                .hasMessageNotContaining("CREATE TABLE two");
        assertThat(count("SELECT FROM pg_class WHERE relname IN ('one', 'two', 'three')"))
                .isZero();
    }

    @Test
    void aMistakeIsFoundOutWhenItsMigrationIsDueAndNotBefore() throws IOException, SQLException {
        migration("20260103000000_one", "CREATE TABLE one (a int);");
        migration("20260104000000_two", "CREATE SCHEMA apart;\nCREATE TABLE apart.two (a int);");
        migration("20260105000000_three", "CREATE TABLE three (a int);\nCREATE TABEL four (a int);");
        migration("20260106000000_four", "CREATE TABLE four (a int);");

        assertThatThrownBy(this::up)
                .hasMessageContaining("20260105000000_three.sql:3:8")
                .hasMessageContaining("TABEL");
        assertThat(count("SELECT FROM pg_class WHERE relname IN ('one', 'two', 'three', 'four')"))
                .isEqualTo(2);
        assertThat(count("SELECT FROM sluice.migration WHERE state = 'applied'"))
                .isEqualTo(4);
    }

    @Test
    void deferredConstraintsAreCheckedAndAFailureAtCommitNamesTheMigration() throws IOException, SQLException {
        migration(
                "20260103000000_late",
                "CREATE TABLE boss (id int PRIMARY KEY, boss int REFERENCES boss DEFERRABLE INITIALLY DEFERRED);\n"
                        + "INSERT INTO boss VALUES (1, 2);");

        assertThatThrownBy(this::up)
                .isInstanceOf(StepFailedException.class)
                .hasMessageContaining("migration 20260103000000")
                .hasMessageContaining("violates foreign key constraint")
                .hasMessageNotContaining("sluice.lease");
        assertThat(count("SELECT FROM pg_class WHERE relname = 'boss'")).isZero();
    }

    private long count(String sql) {
        try (var session = Session.open(database::connect, "test")) {
            return session.query(sql, row -> 1).size();
        }
    }

    private List<String> columns() {
        try (var session = Session.open(database::connect, "test")) {
            return session.query(
                    "SELECT attname FROM pg_attribute WHERE attrelid = 'roles'::regclass AND attnum > 0"
                            + " AND NOT attisdropped",
                    row -> row.text(1));
        }
    }

    private void migration(String name, String sql) throws IOException {
        Files.writeString(directory.resolve(name + ".sql"), "-- migrate:up\n" + sql + "\n");
    }

    private RunResult up() {
        return migrator().up(UpOptions.all());
    }

    private Migrator migrator() {
        return new Migrator(
                database::connect,
                new MigrationDirectory(directory).read("native").migrations(),
                new PostgresPlans(),
                Settings.defaults(),
                RunListener.silent());
    }
}
