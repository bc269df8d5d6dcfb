package dev.sluice.lab.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.SluiceException;
import dev.sluice.db.Session;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PostgresExtension.class)
final class DumpDbTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void aDumpOfTheNewestVersionIsLoadedWithItsFunctionsAndRows(int major, TestDatabases databases)
            throws SQLException, IOException {
        TestDatabase database = databases.create(PostgresVersion.ofMajor(major));

        Dump.Loaded loaded = Dump.load(database::connect, file("dump-18.sql"));

        assertThat(loaded.rows()).isEqualTo(3);
        assertThat(texts(database, "SELECT concat_ws('|', id, name, note, touched) FROM people ORDER BY id"))
                .containsExactly("1|Ünï 😀|tab\there|t", "2||f", "3|-- no comment; \\. \\N|back\\slash");
        assertThat(texts(database, "SELECT initials('Zoe')")).containsExactly("Z");
        assertThat(texts(database, "INSERT INTO people (name) VALUES ('x') RETURNING id || touched::text"))
                .containsExactly("4true");
        assertThat(texts(database, "SELECT tableowner FROM pg_tables WHERE tablename = 'people'"))
                .containsExactly("rows_dump_owner");
    }

    @Test
    void aDumpOfInsertsInAnotherEncodingWithItsDatabaseGoesIntoThisOne(TestDatabases databases)
            throws SQLException, IOException {
        TestDatabase database = databases.create();

        Dump.load(database::connect, file("dump-inserts.sql"));

        assertThat(texts(database, "SELECT coalesce(w, 'NULL') FROM words"))
                .containsExactly("café", "two\n-- lines;\n'quoted';\n", "NULL");
    }

    @Test
    void aZippedDumpIsLoaded(TestDatabases databases) throws SQLException, IOException {
        TestDatabase database = databases.create();
        Path zipped = directory.resolve("dump.sql.gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            out.write("CREATE TABLE t (a int);\nCOPY t FROM stdin;\n1\n2\n\\.\n".getBytes("UTF-8"));
        }

        assertThat(Dump.load(database::connect, zipped).rows()).isEqualTo(2);
    }

    @Test
    void whatIsNoPlainDumpIsRefusedWithTheReason(TestDatabases databases) throws SQLException, IOException {
        TestDatabase database = databases.create();

        refused(database, "SELECT 1;\n\\i other.sql\n", ":2: \\i is a command for psql");
        refused(database, "PGDMP\u0001\u000e", "custom format");
        refused(database, "\\connect one\n\\connect two\n", ":2: the dump has several databases");
        refused(database, "CREATE TABLE t (a int);\nCOPY t FROM stdin;\n1\n", ":2: the dump ends within the rows");
        refused(database, "CREATE TABLE u (a int\n", ":1: the dump ends within a statement");
        refused(database, "SELECT 1;\n\nCREATE TABLE v (a missing_type);\n", ":3: ", "missing_type");
        refused(database, "CREATE TABLE w (a int);\nCOPY w FROM stdin;\nx\n\\.\n", ":2: ", "invalid input syntax");
    }

    private void refused(TestDatabase database, String dump, String... words) throws IOException {
        Path file = Files.writeString(directory.resolve("refused.sql"), dump);
        assertThatThrownBy(() -> Dump.load(database::connect, file))
                .isInstanceOf(SluiceException.class)
                .hasMessageContainingAll(words);
    }

    private Path file(String resource) throws IOException {
        Path file = directory.resolve(resource);
        try (InputStream in = DumpDbTest.class.getResourceAsStream(resource)) {
            Files.copy(Objects.requireNonNull(in, resource), file);
        }
        return file;
    }

    private static List<String> texts(TestDatabase database, String sql) {
        try (Session session = Session.open(database::connect, "test")) {
            return session.query(sql, row -> row.text(1));
        }
    }
}
