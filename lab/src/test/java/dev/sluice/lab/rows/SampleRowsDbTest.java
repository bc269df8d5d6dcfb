package dev.sluice.lab.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.ObjectRef;
import dev.sluice.db.Session;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import dev.sluice.postgres.CatalogReader;
import dev.sluice.postgres.DataDiff;
import dev.sluice.sql.QualifiedName;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PostgresExtension.class)
final class SampleRowsDbTest {

    private static final long ROWS = 60;
    private static final long SEED = 7;

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void everyTableOfAHostileSchemaIsFilledOrTheReportSaysWhy(int major, TestDatabases databases)
            throws SQLException, IOException {
        TestDatabase database = databases.create(PostgresVersion.ofMajor(major));
        Hostile.load(database);
        try (Session session = Session.open(database::connect, "test")) {
            FillReport report = Hostile.fill(session, ROWS, SEED);

            assertThat(report.shortfalls()).hasSize(2);
            assertThat(report.shortfall(QualifiedName.of("public", "impossible")))
                    .hasValueSatisfying(s -> assertThat(s.reason()).contains("column v"));
            assertThat(report.shortfall(QualifiedName.of("public", "moods"))).hasValueSatisfying(s -> {
                assertThat(s.got()).isEqualTo(3);
                assertThat(s.reason()).contains("moods_pkey");
            });
            assertThat(Hostile.orphans(session)).isEmpty();
            for (QualifiedName table : report.rows().keySet()) {
                if (report.shortfall(table).isEmpty()) {
                    assertThat(count(session, "SELECT FROM " + table.quoted()))
                            .as(table.quoted())
                            .isGreaterThanOrEqualTo(ROWS);
                }
            }
            assertThat(count(session, "SELECT FROM events GROUP BY tableoid")).isEqualTo(3);
            assertThat(count(session, "SELECT FROM teams WHERE lead_id IS NOT NULL"))
                    .isPositive();
            assertThat(count(session, "SELECT FROM nodes WHERE parent_id IS NOT NULL"))
                    .isPositive();
            assertThat(session.isTrue("SELECT nextval('numbers_id_seq') > max(id) FROM numbers"))
                    .isTrue();
        }
    }

    @Test
    void theSameSeedGivesTheSameRowsAndAnotherOthers(TestDatabases databases) throws SQLException, IOException {
        TestDatabase one = databases.create();
        TestDatabase two = databases.create();
        Hostile.load(one);
        Hostile.load(two);
        QualifiedName texts = QualifiedName.of("public", "texts");
        try (Session left = Session.open(one::connect, "test");
                Session right = Session.open(two::connect, "test")) {
            Hostile.fill(left, 20, SEED);
            Hostile.fill(right, 20, SEED);
            Catalog catalog = CatalogReader.read(left);
            DataDiff.Options options =
                    new DataDiff.Options(Set.of(ObjectRef.column(QualifiedName.of("public", "journal"), "at")), 3);

            assertThat(DataDiff.compare(
                            new DataDiff.Side(left, catalog),
                            new DataDiff.Side(right, CatalogReader.read(right)),
                            options))
                    .isEmpty();

            right.execute("TRUNCATE texts RESTART IDENTITY");
            SampleRows.fill(right, catalog, Set.of(texts), 20, SEED + 1);
            assertThat(DataDiff.compare(
                            new DataDiff.Side(left, catalog),
                            new DataDiff.Side(right, CatalogReader.read(right)),
                            options))
                    .hasSize(1);
        }
    }

    /** They are computed when a row is read, so that PostgreSQL takes rows which nobody can read. */
    @Test
    void everyRowCanBeReadWithItsVirtualColumns(TestDatabases databases) throws SQLException {
        TestDatabase database = databases.create(PostgresVersion.newest());
        database.execute("CREATE TABLE v (id serial PRIMARY KEY, a integer NOT NULL,"
                + " twice integer GENERATED ALWAYS AS (a * 2) VIRTUAL)");
        try (Session session = Session.open(database::connect, "test")) {
            Hostile.fill(session, ROWS, SEED);

            assertThat(count(session, "SELECT twice FROM v OFFSET 0")).isGreaterThanOrEqualTo(ROWS);
            assertThat(session.isTrue("SELECT bool_and(twice = a * 2) FROM v")).isTrue();
        }
    }

    @Test
    void valuesAreManyAndOdd(TestDatabases databases) throws SQLException {
        TestDatabase database = databases.create();
        database.execute("""
                CREATE TABLE t (id serial PRIMARY KEY, s text, i integer, n numeric(6,2), d date, z timestamptz, a text[], r int4range,
                  by_default text DEFAULT 'default')""");
        try (Session session = Session.open(database::connect, "test")) {
            Hostile.fill(session, 500, SEED);

            for (String condition : List.of(
                    "s = ''",
                    "s LIKE '%''%'",
                    "s LIKE '%\\\\%'",
                    "octet_length(s) > length(s)",
                    "length(s) > 1000",
                    "s IS NULL",
                    "i = 2147483647",
                    "i = -2147483648",
                    "i = 0",
                    "i IS NULL",
                    "n = 9999.99",
                    "d = 'infinity'",
                    "d < '0001-01-01'",
                    "NOT isfinite(z)",
                    "a = '{}'",
                    "array_position(a, NULL) > 0",
                    "isempty(r)",
                    "upper_inf(r)",
                    "by_default = 'default'",
                    "by_default <> 'default'")) {
                assertThat(count(session, "SELECT FROM t WHERE " + condition))
                        .as(condition)
                        .isPositive();
            }
            assertThat(count(session, "SELECT DISTINCT s FROM t")).isGreaterThan(200);
        }
    }

    @Test
    void parentsThatAreNotAmongTheTablesAreUsedAsTheyAre(TestDatabases databases) throws SQLException {
        TestDatabase database = databases.create();
        database.execute("""
                CREATE TABLE parents (id integer PRIMARY KEY);
                CREATE TABLE children (parent_id integer NOT NULL REFERENCES parents)""");
        QualifiedName children = QualifiedName.of("public", "children");
        try (Session session = Session.open(database::connect, "test")) {
            Catalog catalog = CatalogReader.read(session);

            FillReport none = SampleRows.fill(session, catalog, Set.of(children), 5, SEED);
            session.execute("INSERT INTO parents VALUES (42)");
            FillReport all = SampleRows.fill(session, catalog, Set.of(children), 5, SEED);

            assertThat(none.shortfall(children))
                    .hasValueSatisfying(s -> assertThat(s.reason()).contains("parents", "has no rows"));
            assertThat(all.shortfalls()).isEmpty();
            assertThat(count(session, "SELECT FROM children WHERE parent_id = 42"))
                    .isEqualTo(5);
        }
    }

    private static long count(Session session, String sql) {
        return session.one("SELECT count(*) FROM (" + sql + ") x", row -> row.number(1))
                .orElseThrow();
    }
}
