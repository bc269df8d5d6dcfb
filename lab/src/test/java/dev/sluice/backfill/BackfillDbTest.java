package dev.sluice.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabases;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables of every shape are filled completely, each row by one update. */
@ExtendWith(PostgresExtension.class)
class BackfillDbTest {

    private static final int ROWS = 100_000;

    private static final Map<String, String> SHAPES = Map.of(
            "no index but the key", DataFixture.people("id bigint PRIMARY KEY", "", ROWS),
            "two secondary indexes",
                    DataFixture.people("id bigint PRIMARY KEY", "", ROWS)
                            + "CREATE INDEX ON people (first); CREATE INDEX ON people (last);",
            "no key", DataFixture.people("id bigint", "", ROWS),
            "text key",
                    "CREATE TABLE people (id text PRIMARY KEY, first text, last text, full_name text, touched int);"
                            + "INSERT INTO people SELECT md5(g::text), 'f' || g, 'l' || g FROM generate_series(1, "
                            + ROWS
                            + ") g;",
            "uuid key",
                    "CREATE TABLE people (id uuid PRIMARY KEY, first text, last text, full_name text, touched"
                            + " int);INSERT INTO people SELECT md5(g::text)::uuid, 'f' || g, 'l' || g FROM"
                            + " generate_series(1, "
                            + ROWS + ") g;",
            "composite key",
                    DataFixture.people(
                            "id bigint, part int GENERATED ALWAYS AS (1) STORED, PRIMARY KEY (part, id)", "", ROWS),
            "partitions of several levels", """
                CREATE TABLE people (id bigint, first text, last text, full_name text, touched int,
                  PRIMARY KEY (id)) PARTITION BY RANGE (id);
                CREATE TABLE people_a PARTITION OF people FOR VALUES FROM (0) TO (30000);
                CREATE TABLE people_b PARTITION OF people FOR VALUES FROM (30000) TO (90000) PARTITION BY HASH (id);
                CREATE TABLE people_b0 PARTITION OF people_b FOR VALUES WITH (MODULUS 2, REMAINDER 0);
                CREATE TABLE people_b1 PARTITION OF people_b FOR VALUES WITH (MODULUS 2, REMAINDER 1);
                CREATE TABLE people_d PARTITION OF people DEFAULT;
                """ + DataFixture.fill(ROWS),
            "inheritance",
                    DataFixture.people("id bigint PRIMARY KEY", "", 60_000)
                            + "CREATE TABLE employees (salary int) INHERITS (people);INSERT INTO employees (id, first,"
                            + " last) SELECT g, 'e', 'l' || g FROM generate_series(1, 40000) g;",
            "wide rows",
                    DataFixture.people("id bigint PRIMARY KEY, wide text DEFAULT repeat('x', 600)", "", ROWS)
                            + "CREATE INDEX ON people (last);");

    static Stream<Arguments> shapes() {
        return SHAPES.keySet().stream()
                .sorted()
                .flatMap(shape ->
                        Stream.of(PostgresVersion.V14, PostgresVersion.V18).map(v -> Arguments.of(shape, v)));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void fillsEveryRowOnce(String shape, PostgresVersion version, TestDatabases databases) throws SQLException {
        DataFixture data = new DataFixture(databases.create(version), SHAPES.getOrDefault(shape, ""));
        data.execute(DataFixture.TRIGGER);
        TableCursors cursors = new TableCursors();

        WalkReport report = data.work().backfill(DataFixture.backfill(), cursors);

        assertThat(data.wrongRows()).isZero();
        assertThat(report.rows()).isEqualTo(ROWS);
        assertThat(report.swept()).isZero();
        assertThat(data.number("SELECT count(*) FROM cursors WHERE cursor LIKE 'DONE %'"))
                .isOne();
        Progress last = data.progress.get(data.progress.size() - 1);
        assertThat(last.percent()).isEqualTo(100);
        assertThat(data.notices).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void runningItAgainChangesNothing(PostgresVersion version, TestDatabases databases) throws SQLException {
        DataFixture data = new DataFixture(databases.create(version), SHAPES.getOrDefault("no key", ""));
        TableCursors cursors = new TableCursors();
        data.work().backfill(DataFixture.backfill(), cursors);
        long before = data.number("SELECT sum(hashtext(ctid::text)) FROM people");

        WalkReport again = data.work().backfill(DataFixture.backfill(), cursors);

        assertThat(again.batches()).isPositive();
        assertThat(data.number("SELECT sum(hashtext(ctid::text)) FROM people")).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void laterPassesAreHotAndTheTableGrowsLess(PostgresVersion version, TestDatabases databases) throws SQLException {
        DataFixture data = new DataFixture(databases.create(version), SHAPES.getOrDefault("two secondary indexes", ""));
        long before = data.number("SELECT pg_relation_size('people')");

        WalkReport report = data.work().backfill(DataFixture.backfill(), new TableCursors());

        assertThat(report.hotRatio()).isGreaterThan(0.4);
        assertThat(data.number("SELECT pg_relation_size('people')")).isLessThan((long) (1.75 * before));
    }

    static List<PostgresVersion> versions() {
        return List.of(PostgresVersion.V14, PostgresVersion.V18);
    }
}
