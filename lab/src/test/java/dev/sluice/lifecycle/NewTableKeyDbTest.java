package dev.sluice.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.db.Session;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import dev.sluice.lab.life.Life;
import dev.sluice.run.StepFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The old version goes on deleting rows that rows of a new table point to; contract names the rows that are left over. */
@ExtendWith(PostgresExtension.class)
class NewTableKeyDbTest {

    private static final String WITH_THE_TABLE =
            "CREATE TABLE pets (id int PRIMARY KEY, owner int NOT NULL REFERENCES owners);";

    private static final String BY_ITSELF = "CREATE TABLE pets (id int PRIMARY KEY, owner int NOT NULL);"
            + " ALTER TABLE pets ADD CONSTRAINT pets_owner_fkey FOREIGN KEY (owner) REFERENCES owners (id);";

    @ParameterizedTest
    @ValueSource(strings = {WITH_THE_TABLE, BY_ITSELF})
    void waitsForContract(String up, TestDatabases databases, @TempDir Path directory)
            throws SQLException, IOException {
        TestDatabase database = databases.create(PostgresVersion.newest());
        database.execute("CREATE TABLE owners (id int PRIMARY KEY);"
                + " INSERT INTO owners SELECT i FROM generate_series(1, 20) i");
        database.execute("DELETE FROM owners WHERE id > 10; SELECT pg_stat_force_next_flush()");
        Life life = ScriptLife.of(database, directory, up);
        life.up();
        database.execute("INSERT INTO pets VALUES (1, 3), (2, 4)"); // the new version

        database.execute("DELETE FROM owners WHERE id = 3"); // the old one

        assertThatThrownBy(life::contract)
                .isInstanceOf(StepFailedException.class)
                .hasMessageContaining("owner=3")
                .hasMessageContaining("do not exist any more");
        database.execute("DELETE FROM pets WHERE id = 1");
        life.contract();
        assertThat(validKeys(database)).isEqualTo("1");
        assertThatThrownBy(() -> database.execute("DELETE FROM owners WHERE id = 4"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("pets_owner_fkey");

        life.down();
        database.execute("DELETE FROM owners WHERE id = 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {WITH_THE_TABLE, BY_ITSELF})
    void isMadeAtOnceWhenTheAuthorWantsIt(String up, TestDatabases databases, @TempDir Path directory)
            throws SQLException, IOException {
        TestDatabase database = databases.create(PostgresVersion.newest());
        database.execute("CREATE TABLE owners (id int PRIMARY KEY); INSERT INTO owners VALUES (1), (2)");
        database.execute("DELETE FROM owners WHERE id = 2; SELECT pg_stat_force_next_flush()");
        String directive = "\n-- sluice:phase expand\n";

        ScriptLife.of(database, directory, directive + up.replace("ALTER", directive + "ALTER"))
                .up();

        assertThat(validKeys(database)).isEqualTo("1");
    }

    private static String validKeys(TestDatabase database) {
        try (Session session = Session.open(database::connect, "test")) {
            return session.query(
                            "SELECT count(*) FROM pg_constraint WHERE conname = 'pets_owner_fkey' AND convalidated",
                            row -> row.text(1))
                    .get(0);
        }
    }
}
