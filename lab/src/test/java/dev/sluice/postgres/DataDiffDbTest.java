package dev.sluice.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.ObjectRef;
import dev.sluice.db.Session;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import dev.sluice.postgres.TableDifference.RowDifference;
import dev.sluice.sql.QualifiedName;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PostgresExtension.class)
class DataDiffDbTest {

    private static final String SCHEMA = """
            CREATE EXTENSION citext;
            CREATE TYPE pair AS (a text, b text);
            CREATE TABLE keyed (id int PRIMARY KEY, t text, n numeric, c citext, j json, jb jsonb, f float8, b bytea,
              ts timestamptz, i interval, bp bpchar, p pair, arr int[]);
            INSERT INTO keyed SELECT g, 'row ' || g, g, 'Word', '{"a": 1}', '{"a": 1}', g / 3.0, '\\x00ff',
              '2024-01-01 00:00:00+00', '1 day', 'x ', NULL, '{1,2}' FROM generate_series(1, 2500) g;
            CREATE TABLE bag (a int, b text);
            INSERT INTO bag VALUES (1, 'x'), (1, 'x'), (2, NULL), (3, '');
            CREATE TABLE parts (id int PRIMARY KEY, v text) PARTITION BY RANGE (id);
            CREATE TABLE parts_low PARTITION OF parts FOR VALUES FROM (0) TO (100);
            INSERT INTO parts VALUES (1, 'one');
            CREATE MATERIALIZED VIEW counted AS SELECT a, count(*) AS n FROM bag GROUP BY a""";

    private TestDatabase left;
    private TestDatabase right;

    @BeforeEach
    void twoEqualDatabases(TestDatabases databases) throws SQLException {
        left = databases.create(PostgresVersion.newest());
        right = databases.create(PostgresVersion.newest());
        left.execute(SCHEMA);
        right.execute(SCHEMA);
    }

    @Test
    void equalRowsAreEqualWhateverTheirPhysicalAndColumnOrder() throws SQLException {
        right.execute("""
                UPDATE keyed SET t = t WHERE id % 3 = 0;
                ALTER TABLE bag ADD COLUMN a2 int; UPDATE bag SET a2 = a; ALTER TABLE bag DROP COLUMN a CASCADE;
                ALTER TABLE bag RENAME COLUMN a2 TO a;
                ALTER TABLE keyed ADD COLUMN sluice_archived_t text DEFAULT 'old'""");

        assertThat(compare(DataDiff.Options.DEFAULT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "t = 'other'",
                "t = NULL",
                "t = ''",
                "n = 7.0",
                "c = 'word'",
                "j = '{\"a\":1}'",
                "jb = '{\"a\": 2}'",
                "f = f + 1e-15",
                "b = '\\x00fe'",
                "ts = ts + interval '1 microsecond'",
                "i = '24 hours'",
                "bp = 'x'",
                "p = ROW(NULL, NULL)",
                "arr = '[0:1]={1,2}'",
            })
    void seesWhatEqualityDoesNot(String change) throws SQLException {
        right.execute("UPDATE keyed SET " + change + " WHERE id = 7");

        List<TableDifference> differences = compare(DataDiff.Options.DEFAULT);

        assertThat(differences).hasSize(1);
        TableDifference difference = differences.get(0);
        assertThat(difference.table()).isEqualTo(QualifiedName.of("public", "keyed"));
        assertThat(difference.changed()).isEqualTo(1);
        assertThat(difference.onlyLeft() + difference.onlyRight()).isZero();
        String column = change.substring(0, change.indexOf(' '));
        RowDifference sample = difference.samples().get(0);
        assertThat(sample.key()).isEqualTo(Map.of("id", "'7'"));
        assertThat(sample.left()).containsOnlyKeys(column);
        assertThat(sample.right()).containsOnlyKeys(column);
        assertThat(sample.left()).isNotEqualTo(sample.right());
    }

    @Test
    void namesMissingRowsByKeyAndCountsThemAll() throws SQLException {
        right.execute("DELETE FROM keyed WHERE id > 1200; INSERT INTO keyed (id) VALUES (9999)");

        TableDifference difference = compare(DataDiff.Options.DEFAULT).get(0);

        assertThat(difference.onlyLeft()).isEqualTo(1300);
        assertThat(difference.onlyRight()).isEqualTo(1);
        assertThat(difference.changed()).isZero();
        assertThat(difference.samples()).hasSize(10);
    }

    @Test
    void comparesTablesWithoutKeyAsMultisets() throws SQLException {
        right.execute("DELETE FROM bag WHERE ctid = '(0,1)'; UPDATE bag SET b = '' WHERE a = 2");

        List<TableDifference> differences = compare(DataDiff.Options.DEFAULT);

        assertThat(differences).hasSize(1);
        assertThat(differences.get(0).onlyLeft()).isEqualTo(2);
        assertThat(differences.get(0).onlyRight()).isEqualTo(1);
        assertThat(differences.get(0).samples()).anySatisfy(sample -> {
            assertThat(sample.key()).isEqualTo(Map.of("a", "'2'", "b", "NULL"));
            assertThat(sample.right()).isEmpty();
        });
    }

    @Test
    void comparesPartitionsAndMaterializedViews() throws SQLException {
        right.execute(
                "UPDATE parts SET v = 'eins'; INSERT INTO bag VALUES (5, 'y'); REFRESH MATERIALIZED VIEW counted");

        assertThat(compare(DataDiff.Options.DEFAULT))
                .extracting(difference -> difference.table().name())
                .containsExactlyInAnyOrder("parts_low", "bag", "counted");
    }

    @Test
    void leavesOutWhatItIsToldTo() throws SQLException {
        right.execute("UPDATE keyed SET ts = now(); INSERT INTO bag VALUES (5, 'y')");
        QualifiedName keyed = QualifiedName.of("public", "keyed");
        Set<ObjectRef> ignored =
                Set.of(ObjectRef.column(keyed, "ts"), ObjectRef.table(QualifiedName.of("public", "bag")));

        assertThat(compare(new DataDiff.Options(ignored, 10))).isEmpty();
    }

    /** What each rule forgives, and the nearest thing that it must not forgive. */
    @ParameterizedTest(name = "{0}: {1}, not {2}")
    @MethodSource
    void aRuleForgivesWhatItIsForAndNothingElse(ValueRule rule, String forgiven, String found) throws SQLException {
        left.execute(FILLED);
        right.execute(FILLED);
        right.execute(forgiven);
        assertThat(compare(filledBy(rule))).isEmpty();
        assertThat(compare(DataDiff.Options.DEFAULT)).isNotEmpty();

        right.execute(found);

        assertThat(compare(filledBy(rule)))
                .extracting(difference -> difference.table().name())
                .containsExactly("filled");
    }

    static List<Arguments> aRuleForgivesWhatItIsForAndNothingElse() {
        return List.of(
                // the same numbers on other rows; one number twice; a number that the other has not; a row without one
                Arguments.of(ValueRule.drawn(), OTHER_ROWS, "UPDATE filled SET n = 1 WHERE n = 2"),
                Arguments.of(ValueRule.drawn(), OTHER_ROWS, "UPDATE filled SET n = 77 WHERE n = 2"),
                Arguments.of(ValueRule.drawn(), OTHER_ROWS, "UPDATE filled SET n = NULL WHERE n = 2"),
                Arguments.of(ValueRule.drawn(), OTHER_ROWS, "UPDATE filled SET name = 'other' WHERE n = 2"),
                Arguments.of(ValueRule.chance(), OTHER_VALUES, "UPDATE filled SET n = 1001 WHERE n = 1002"),
                Arguments.of(ValueRule.chance(), OTHER_VALUES, "UPDATE filled SET n = NULL WHERE n = 1002"),
                Arguments.of(ValueRule.chance(), OTHER_VALUES, "UPDATE filled SET name = 'other' WHERE n = 1002"));
    }

    @Test
    void momentsAreThoseOfTheRun() throws SQLException {
        String filled = "CREATE TABLE filled (id int PRIMARY KEY, n timestamptz); INSERT INTO filled VALUES (1, now())";
        ValueRule rule = ValueRule.moment(Instant.now().minusSeconds(60));
        left.execute(filled);
        right.execute(filled);
        right.execute("UPDATE filled SET n = now() - interval '1 second'");
        assertThat(compare(filledBy(rule))).isEmpty();

        right.execute("UPDATE filled SET n = now() - interval '1 day'");
        assertThat(compare(filledBy(rule))).hasSize(1);
        right.execute("UPDATE filled SET n = now() + interval '1 day'");
        assertThat(compare(filledBy(rule))).hasSize(1);
        right.execute("UPDATE filled SET n = NULL");
        assertThat(compare(filledBy(rule))).hasSize(1);
    }

    private static final String FILLED = "CREATE TABLE filled (id int PRIMARY KEY, name text, n bigint);"
            + " INSERT INTO filled SELECT i, 'name ' || i, i FROM generate_series(1, 20) i";
    private static final String OTHER_ROWS = "UPDATE filled SET n = 21 - n";
    private static final String OTHER_VALUES = "UPDATE filled SET n = n + 1000";

    private static DataDiff.Options filledBy(ValueRule rule) {
        return DataDiff.Options.DEFAULT.withRules(
                Map.of(ObjectRef.column(QualifiedName.of("public", "filled"), "n"), rule));
    }

    private List<TableDifference> compare(DataDiff.Options options) {
        try (Session leftSession = Session.open(left::connect, "test");
                Session rightSession = Session.open(right::connect, "test")) {
            return DataDiff.compare(
                    new DataDiff.Side(leftSession, CatalogReader.read(leftSession)),
                    new DataDiff.Side(rightSession, CatalogReader.read(rightSession)),
                    options);
        }
    }
}
