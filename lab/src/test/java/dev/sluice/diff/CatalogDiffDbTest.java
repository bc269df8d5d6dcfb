package dev.sluice.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.Catalog;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import dev.sluice.postgres.CatalogReader;
import dev.sluice.postgres.Schemas;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(PostgresExtension.class)
class CatalogDiffDbTest {

    /** Undoes a change, so that the next one starts from the same schema. */
    private static final class Undo extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void findsAndNamesEveryChange(PostgresVersion version, TestDatabases databases) throws SQLException {
        injectAll(version, databases);
    }

    @Tag("full")
    @ParameterizedTest
    @EnumSource(names = {"V15", "V16", "V17"})
    void findsAndNamesEveryChangeOnTheVersionsBetween(PostgresVersion version, TestDatabases databases)
            throws SQLException {
        injectAll(version, databases);
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void columnOrderIsNoDifference(PostgresVersion version, TestDatabases databases) throws SQLException {
        TestDatabase one = databases.create(version);
        TestDatabase other = databases.create(version);
        String rest = """
                CREATE INDEX t_idx ON t (b) INCLUDE (a);
                ALTER TABLE t ADD CONSTRAINT t_check CHECK (a > 0 AND b > 0), ADD UNIQUE (a, b);
                CREATE STATISTICS t_stats ON b, a FROM t;
                CREATE VIEW v AS SELECT a, b FROM t;
                CREATE PUBLICATION p FOR TABLE t""";
        one.execute("CREATE TABLE t (a integer, b integer NOT NULL DEFAULT 3, c text);" + rest);
        other.execute("CREATE TABLE t (gone text, c text, b integer NOT NULL DEFAULT 3, a integer);"
                + "ALTER TABLE t DROP COLUMN gone;" + rest);
        if (version.major() >= 15) {
            one.execute("ALTER PUBLICATION p SET TABLE t (a, b)");
            other.execute("ALTER PUBLICATION p SET TABLE t (b, a)");
        }

        assertThat(CatalogDiff.compare(Schemas.catalog(one), Schemas.catalog(other)))
                .isEmpty();
        assertThat(Schemas.catalog(one).fingerprint())
                .isEqualTo(Schemas.catalog(other).fingerprint());
    }

    private static void injectAll(PostgresVersion version, TestDatabases databases) throws SQLException {
        TestDatabase database = Schemas.rich(databases, version);
        List<String> missed = new ArrayList<>();
        int tried = 0;
        // simple mode: the driver loses its way between the statements of a BEGIN ATOMIC body
        String url = database.jdbcUrl() + "&preferQueryMode=simple";
        try (Session session = Session.open(() -> DriverManager.getConnection(url), "test")) {
            Catalog before = CatalogReader.read(session);
            for (Injection injection : Injection.parse(Schemas.resource("injections.sql"))) {
                if (injection.since() <= version.major()) {
                    tried++;
                    check(session, before, injection, missed);
                }
            }
            assertThat(CatalogDiff.compare(before, CatalogReader.read(session))).isEmpty();
        }
        assertThat(missed).isEmpty();
        assertThat(tried).isGreaterThan(200);
    }

    private static void check(Session session, Catalog before, Injection injection, List<String> missed) {
        try {
            session.inTransaction(() -> {
                session.execute(injection.sql());
                Catalog after = CatalogReader.read(session);
                List<Difference> differences = CatalogDiff.compare(before, after);
                if (differences.stream().noneMatch(injection::isNamedBy)) {
                    missed.add(injection + "\n    found only " + differences);
                }
                if (before.fingerprint().equals(after.fingerprint())) {
                    missed.add(injection + "\n    has the same fingerprint");
                }
                throw new Undo();
            });
        } catch (Undo e) {
            // rolled back
        } catch (DatabaseException e) {
            missed.add(injection + "\n    fails: " + e.getMessage());
        }
    }
}
