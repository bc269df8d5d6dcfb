package dev.sluice.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import dev.sluice.plan.Probe;
import dev.sluice.plan.Step;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Questions to the data before anything is changed. */
@ExtendWith(PostgresExtension.class)
class ProbeDbTest {

    private static final String TABLE = DataFixture.people("id bigint PRIMARY KEY", "", 50_000);

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void countsRowsThatShouldNotBeAndShowsTheFirst(PostgresVersion version, TestDatabases databases)
            throws SQLException {
        DataFixture data = new DataFixture(databases.create(version), TABLE);
        Probe probe = new Probe.NoRows(DataFixture.PEOPLE, "id % 1000 = 0", List.of("id", "first"));

        ProbeResult result = data.work().probe(probe);

        assertThat(result.violations()).isEqualTo(50);
        assertThat(result.exact()).isTrue();
        assertThat(result.passed()).isFalse();
        assertThat(result.sampleRows()).hasSize(10).first().isEqualTo("id=1000, first=first1000");
        ProbeResult existence = data.work().probeExistence(probe);
        assertThat(existence.violations()).isBetween(1L, 49L);
        assertThat(existence.exact()).isFalse();
    }

    @Test
    void passesWhereNothingIsWrong(TestDatabase database) throws SQLException {
        DataFixture data = new DataFixture(database, TABLE);

        assertThat(data.work()
                        .probe(new Probe.NoRows(DataFixture.PEOPLE, "first IS NULL", List.of("id")))
                        .passed())
                .isTrue();
        assertThat(data.work()
                        .probe(new Probe.Evaluates(DataFixture.PEOPLE, List.of("id::int"), "true", List.of("id")))
                        .passed())
                .isTrue();
        assertThat(data.work()
                        .probe(new Probe.NoResult("SELECT 1 WHERE false;"))
                        .passed())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void findsTheRowOnWhichAnExpressionFails(PostgresVersion version, TestDatabases databases) throws SQLException {
        DataFixture data = new DataFixture(
                databases.create(version), TABLE + "UPDATE people SET first = substr(first, 6) WHERE id <> 34567;");
        Probe probe = new Probe.Evaluates(
                DataFixture.PEOPLE, List.of("last", "first::int -- a number"), "id > 100", List.of("id"));

        ProbeResult result = data.work().probe(probe);

        assertThat(result.passed()).isFalse();
        assertThat(result.sampleRows()).containsExactly("id=34567");
        assertThat(result.errorText())
                .hasValueSatisfying(
                        e -> assertThat(e).contains("invalid input syntax for type integer: \"first34567\""));
        assertThat(data.work()
                        .probe(new Probe.Evaluates(
                                DataFixture.PEOPLE, List.of("first::int"), "id <> 34567", List.of("id")))
                        .passed())
                .isTrue();
    }

    @Test
    void showsTheFirstRowsOfAQueryThatShouldHaveNone(TestDatabase database) throws SQLException {
        DataFixture data = new DataFixture(database, TABLE + "UPDATE people SET last = 'same' WHERE id <= 40;");

        ProbeResult result = data.work()
                .probe(new Probe.NoResult(
                        "SELECT last, count(*) FROM people GROUP BY last HAVING count(*) > 1 -- twice"));

        assertThat(result.violations()).isOne();
        assertThat(result.sampleRows()).containsExactly("last=same, count=40");
        ProbeResult many = data.work().probe(new Probe.NoResult("SELECT id FROM people WHERE last = 'same'"));
        assertThat(many.violations()).isEqualTo(40);
        assertThat(many.sampleRows()).hasSize(10);
    }

    @Test
    void readsForeignTablesAsAWhole(TestDatabase database) throws SQLException {
        DataFixture data = new DataFixture(
                database,
                "CREATE TABLE people (id bigint, first text) PARTITION BY RANGE (id);"
                        + "CREATE TABLE near PARTITION OF people FOR VALUES FROM (0) TO (100);"
                        + "INSERT INTO people SELECT g FROM generate_series(1, 99) g;"
                        + "CREATE FOREIGN DATA WRAPPER nowhere; CREATE SERVER far FOREIGN DATA WRAPPER nowhere;"
                        + "CREATE FOREIGN TABLE beyond PARTITION OF people FOR VALUES FROM (100) TO (200) SERVER far;");

        // the wrapper has no handler, so reading it must fail, and the failure must be told
        ProbeResult result = data.work().probe(new Probe.NoRows(DataFixture.PEOPLE, "id = 50", List.of("id")));

        assertThat(result.passed()).isFalse();
        assertThat(result.errorText()).hasValueSatisfying(e -> assertThat(e).contains("handler"));
    }

    @Test
    void tellsWhetherAnArchivedThingHoldsDataOfItsOwn(TestDatabase database) throws SQLException {
        DataFixture data = new DataFixture(database, TABLE + "UPDATE people SET full_name = 'x' WHERE id = 7;");
        Step.Discard discard = new Step.Discard(
                DataFixture.info(), DataFixture.PEOPLE, Optional.of("full_name"), "full_name IS NOT NULL", List.of());

        assertThat(data.work().keep(discard).violations()).isOne();
        data.execute("DROP TABLE people");
        assertThat(data.work().keep(discard).violations()).isZero();
    }
}
