package dev.sluice.lab.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.db.Session;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import dev.sluice.sql.QualifiedName;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PostgresExtension.class)
final class SampledCopyDbTest {

    private static final long SEED = 11;

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void aSampleOfAHostileDatabaseIsClosedUnderItsForeignKeys(int major, TestDatabases databases)
            throws SQLException, IOException {
        TestDatabase original = databases.create(PostgresVersion.ofMajor(major));
        TestDatabase copy = databases.create(PostgresVersion.ofMajor(major));
        Hostile.load(original);
        Hostile.load(copy);
        try (Session source = Session.open(original::connect, "test");
                Session target = Session.open(copy::connect, "test")) {
            Hostile.fill(source, 40, SEED);

            SampledCopy.Copied copied = SampledCopy.copy(source, target, 10, SEED, Set.of());

            assertThat(copied.leftOut()).isEmpty();
            // TABLESAMPLE goes by the statistics of the moment
            assertThat(copied.rows().get(QualifiedName.of("public", "numbers"))).isBetween(5L, 10L);
            assertThat(copied.rows().get(QualifiedName.of("public", "tenants"))).isGreaterThan(10);
            assertThat(Hostile.orphans(target)).isEmpty();
        }
    }

    @Test
    void textsAreReplacedEverywhereAlikeAndConditionsHold(TestDatabases databases) throws SQLException {
        TestDatabase original = databases.create();
        TestDatabase copy = databases.create();
        String schema = """
                CREATE DOMAIN mail AS text CHECK (VALUE LIKE '%@%.tst');
                CREATE TABLE users (
                  id serial PRIMARY KEY, login text UNIQUE, state text DEFAULT 'active' CHECK (state IN ('active', 'gone')),
                  contact mail, birthday date, salary numeric, tags text[], data jsonb, photo bytea, ip inet, site xml, word text);
                CREATE UNIQUE INDEX ON users (lower(login));
                CREATE TABLE notes (login text REFERENCES users (login), body text)""";
        original.execute(schema);
        copy.execute(schema);
        original.execute("""
                INSERT INTO users (login, contact, birthday, salary, tags, data, photo, ip, site, word) VALUES
                  ('AnnaSmith', 'anna@smith.tst', '1990-02-03', 1234.50, '{secret,"two words"}', '{"name": "AnnaSmith"}',
                   '\\x0102', '192.168.17.4', '<name>AnnaSmith</name>', 'shipped'),
                  ('Bob', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
                INSERT INTO notes VALUES ('AnnaSmith', 'Call AnnaSmith back'), (NULL, 'x')""");
        try (Session source = Session.open(original::connect, "test");
                Session target = Session.open(copy::connect, "test")) {

            SampledCopy.Copied copied = SampledCopy.copy(source, target, 100, SEED, Set.of("shipped"));

            assertThat(copied.leftOut()).isEmpty();
            String all = target.query(
                            "SELECT u::text || n::text FROM users u JOIN notes n USING (login)", r -> r.text(1))
                    .toString();
            assertThat(all)
                    .doesNotContainIgnoringCase(
                            "AnnaSmith", "anna", "secret", "two words", "0102", "192.168.17.4", "Call")
                    .contains("active", "1990-02-03", "1234.50", "shipped");
            assertThat(target.isTrue("SELECT data->>'name' = login FROM users WHERE data IS NOT NULL"))
                    .as("the same text becomes the same everywhere")
                    .isTrue();
            assertThat(target.one("INSERT INTO users DEFAULT VALUES RETURNING id", r -> r.number(1)))
                    .hasValue(3L);
        }
    }
}
