package dev.sluice.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.CatalogFacts;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(PostgresExtension.class)
class CatalogDiffDbTest {

    /** Undoes a change, so that the next one starts from the same schema. */
    private static final class Undo extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** So that no comparison can be left out unnoticed, and none be added that nothing shows to work. */
    @Test
    void everyComparisonHasAnInjectedDifference() {
        List<Injection> injections = Injection.all();

        assertThat(CatalogFacts.compared())
                .hasSizeGreaterThan(150)
                .allSatisfy(compared -> assertThat(injections)
                        .as(compared.toString())
                        .anyMatch(injection -> injection.tries(compared.kind(), compared.attribute())));
        assertThat(CatalogFacts.compared().stream().map(CatalogFacts.Compared::kind))
                .allSatisfy(kind -> assertThat(injections)
                        .as(kind)
                        .anyMatch(injection -> injection.tries(kind, Difference.EXISTENCE)));
    }

    /**
     * Leaves out one comparison after the other: each time some injected difference passes without the word that says what
     * it is. About half of them pass without a word at all; of the others a definition says it too, in its text.
     */
    @Tag("full")
    @Test
    void withoutAnyOneComparisonADifferencePasses(TestDatabases databases) throws SQLException {
        Map<Injection, List<Difference>> found = differences(databases, PostgresVersion.newest());
        long silent = 0;
        for (CatalogFacts.Compared left : CatalogFacts.compared()) {
            boolean unnamed = false;
            boolean unnoticed = false;
            for (Map.Entry<Injection, List<Difference>> injected : found.entrySet()) {
                List<Difference> others = injected.getValue().stream()
                        .filter(difference -> !isMadeBy(left, difference))
                        .toList();
                unnoticed |= others.isEmpty();
                unnamed |= others.stream().noneMatch(injected.getKey()::isNamedBy);
            }
            assertThat(unnamed).as("without the comparison of %s", left).isTrue();
            silent += unnoticed ? 1 : 0;
        }
        assertThat(silent).as("comparisons that alone see something").isGreaterThanOrEqualTo(85);
    }

    private static boolean isMadeBy(CatalogFacts.Compared compared, Difference difference) {
        return difference.kind().equals(compared.kind())
                && (difference.attribute().equals(compared.attribute())
                        || difference.attribute().startsWith(compared.attribute() + " "));
    }

    private static Map<Injection, List<Difference>> differences(TestDatabases databases, PostgresVersion version)
            throws SQLException {
        String url = Schemas.rich(databases, version).jdbcUrl() + "&preferQueryMode=simple";
        Map<Injection, List<Difference>> found = new LinkedHashMap<>();
        try (Session session = Session.open(() -> DriverManager.getConnection(url), "test")) {
            Catalog before = CatalogReader.read(session);
            for (Injection injection : Injection.all()) {
                try {
                    session.inTransaction(() -> {
                        session.execute(injection.sql());
                        found.put(injection, CatalogDiff.compare(before, CatalogReader.read(session)));
                        throw new Undo();
                    });
                } catch (Undo e) {
                    continue; // rolled back
                }
            }
        }
        return found;
    }

    @TestFactory
    Stream<DynamicNode> aDifferenceIsFoundAndNamed(TestDatabases databases) throws SQLException {
        return injected(databases, List.of(PostgresVersion.V14, PostgresVersion.V18));
    }

    @Tag("full")
    @TestFactory
    Stream<DynamicNode> aDifferenceIsFoundAndNamedOnTheVersionsBetween(TestDatabases databases) throws SQLException {
        return injected(databases, List.of(PostgresVersion.V15, PostgresVersion.V16, PostgresVersion.V17));
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

    /** A dot within quotes is no end of a schema's name. */
    @Test
    void whatSluiceMadeIsLeftOutWhateverItsNameBeginsOrGoesOnWith(TestDatabases databases) throws SQLException {
        TestDatabase one = databases.create();
        TestDatabase other = databases.create();
        one.execute("CREATE SCHEMA \"my.own\"");
        other.execute("CREATE SCHEMA \"my.own\"; CREATE SEQUENCE \"sluice_1_Mixed.Dot_\"\"id.seq\";"
                + " CREATE SEQUENCE \"my.own\".sluice_seq; CREATE SEQUENCE \"Mixed.sluice_seq\"");

        assertThat(CatalogDiff.compare(
                        Schemas.catalog(one), Schemas.catalog(other), CatalogDiff.Options.WITHOUT_SLUICE))
                .extracting(Difference::name)
                .containsExactly("public.\"Mixed.sluice_seq\"");
    }

    /** One test for each injected difference; those of a version share a database, in which each is rolled back. */
    private static Stream<DynamicNode> injected(TestDatabases databases, List<PostgresVersion> versions)
            throws SQLException {
        List<DynamicNode> nodes = new ArrayList<>();
        List<Session> sessions = new ArrayList<>();
        for (PostgresVersion version : versions) {
            // simple mode: the driver loses its way between the statements of a BEGIN ATOMIC body
            String url = Schemas.rich(databases, version).jdbcUrl() + "&preferQueryMode=simple";
            Session session = Session.open(() -> DriverManager.getConnection(url), "test");
            sessions.add(session);
            Catalog before = CatalogReader.read(session);
            Stream<DynamicTest> tests = Injection.all().stream()
                    .filter(injection -> injection.since() <= version.major())
                    .map(injection -> dynamicTest(injection.title(), () -> check(session, before, injection)));
            DynamicTest last = dynamicTest(
                    "nothing is left of them",
                    () -> assertThat(CatalogDiff.compare(before, CatalogReader.read(session)))
                            .isEmpty());
            nodes.add(dynamicContainer(version.toString(), Stream.concat(tests, Stream.of(last))));
        }
        return nodes.stream().onClose(() -> sessions.forEach(Session::close));
    }

    private static void check(Session session, Catalog before, Injection injection) {
        try {
            session.inTransaction(() -> {
                session.execute(injection.sql());
                Catalog after = CatalogReader.read(session);
                assertThat(CatalogDiff.compare(before, after))
                        .as("%s", injection)
                        .anyMatch(injection::isNamedBy);
                assertThat(after.fingerprint()).as("fingerprint").isNotEqualTo(before.fingerprint());
                throw new Undo();
            });
        } catch (Undo e) {
            return; // rolled back
        }
    }
}
