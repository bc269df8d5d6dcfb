package dev.sluice.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabase;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tables without heap blocks are filled by ranges of a unique key. The other access method is the heap's under another name. */
@ExtendWith(PostgresExtension.class)
class KeyWalkDbTest {

    private static final int ROWS = 20_000;

    private static final String METHOD = """
            CREATE FUNCTION other_handler(internal) RETURNS table_am_handler LANGUAGE internal AS 'heap_tableam_handler';
            CREATE ACCESS METHOD other TYPE TABLE HANDLER other_handler;
            """;

    private static final String KEYED = METHOD + """
            CREATE TABLE people (part text NOT NULL, id bigint NOT NULL, first text, last text, full_name text,
                touched int, PRIMARY KEY (part, id)) USING other;
            INSERT INTO people SELECT 'it''s ' || g %% 7, g, 'f' || g, 'l' || g FROM generate_series(1, %d) g;
            ANALYZE people;
            """.formatted(ROWS);

    @Test
    void every_row_is_filled_once_in_short_batches(TestDatabase database) throws SQLException {
        DataFixture fixture = new DataFixture(database, KEYED + DataFixture.TRIGGER);

        WalkReport report = fixture.work().backfill(DataFixture.backfill("part", "id"), new TableCursors());

        assertThat(fixture.wrongRows()).isZero();
        assertThat(report.rows()).isEqualTo(ROWS);
        assertThat(report.swept()).isZero();
        assertThat(report.batches()).isGreaterThan(4);
        assertThat(fixture.number("SELECT count(DISTINCT xmin::text) FROM people"))
                .as("transactions that wrote")
                .isGreaterThan(2);
    }

    /** {@code format_type} says {@code character} and {@code bit} of these, which as types are one character and one bit long. */
    @Test
    void keys_whose_length_is_part_of_the_type(TestDatabase database) throws SQLException {
        DataFixture fixture = new DataFixture(database, METHOD + """
                CREATE TABLE people (code char(9), flags bit(16), first text, last text, full_name text,
                    PRIMARY KEY (code, flags)) USING other;
                INSERT INTO people SELECT 'k' || g / 3, g::bit(16), 'f' || g, 'l' || g FROM generate_series(1, 5000) g;
                ANALYZE people;
                """);

        WalkReport report = fixture.work().backfill(DataFixture.backfill("code", "flags"), new TableCursors());

        assertThat(fixture.wrongRows()).isZero();
        assertThat(report.rows()).isEqualTo(5000);
        assertThat(report.swept()).isZero();
    }

    @Test
    void partitions_of_both_kinds_are_filled(TestDatabase database) throws SQLException {
        DataFixture fixture = new DataFixture(database, METHOD + """
                CREATE TABLE people (id bigint PRIMARY KEY, first text, last text, full_name text) PARTITION BY RANGE (id);
                CREATE TABLE people_a PARTITION OF people FOR VALUES FROM (0) TO (5000);
                CREATE TABLE people_b PARTITION OF people FOR VALUES FROM (5000) TO (1000000) USING other;
                """ + DataFixture.fill(ROWS));

        WalkReport report = fixture.work().backfill(DataFixture.backfill("id"), new TableCursors());

        assertThat(fixture.wrongRows()).isZero();
        assertThat(report.rows()).isEqualTo(ROWS);
    }

    @Test
    void after_a_stop_only_the_rest_is_written(TestDatabase database) throws SQLException {
        DataFixture fixture = new DataFixture(database, KEYED);
        AtomicInteger batches = new AtomicInteger();
        TableCursors stopping = new TableCursors().beforeSave(cursor -> {
            if (batches.incrementAndGet() == 3) {
                throw new SluiceException(ExitCode.FAILED_SAFE, "another runner has taken over");
            }
        });
        assertThatThrownBy(() -> fixture.work().backfill(DataFixture.backfill("part", "id"), stopping))
                .hasMessageContaining("taken over");
        long filled = fixture.number("SELECT count(*) FROM people WHERE full_name IS NOT NULL");
        assertThat(filled).isBetween(1L, ROWS - 1L);
        fixture.execute(
                "CREATE TABLE before AS SELECT part, id, xmin::text AS x FROM people WHERE full_name IS NOT NULL");

        WalkReport report = fixture.work().backfill(DataFixture.backfill("part", "id"), new TableCursors());

        assertThat(fixture.wrongRows()).isZero();
        assertThat(report.rows()).isEqualTo(ROWS - filled);
        assertThat(fixture.number("SELECT count(*) FROM before JOIN people p USING (part, id) WHERE p.xmin::text <> x"))
                .as("rows written a second time")
                .isZero();
    }

    @Test
    void a_row_that_fails_is_named(TestDatabase database) throws SQLException {
        DataFixture fixture =
                new DataFixture(database, KEYED + "ALTER TABLE people ADD CHECK (full_name <> 'f12345 l12345');");

        assertThatThrownBy(() -> fixture.work().backfill(DataFixture.backfill("part", "id"), new TableCursors()))
                .isInstanceOf(RowFailure.class)
                .hasMessageContaining("part=it's 4, id=12345");
    }

    @Test
    void without_a_usable_key_nothing_is_written(TestDatabase database) throws SQLException {
        DataFixture fixture = new DataFixture(database, METHOD + """
                CREATE TABLE people (id bigint UNIQUE, first text, last text, full_name text) USING other;
                """ + DataFixture.fill(10));

        assertThatThrownBy(() -> fixture.work().backfill(DataFixture.backfill(), new TableCursors()))
                .isInstanceOfSatisfying(
                        SluiceException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.HAZARD_BLOCKED))
                .hasMessageContaining("no valid unique key whose columns are NOT NULL");
        assertThat(fixture.number("SELECT count(*) FROM people WHERE full_name IS NOT NULL"))
                .isZero();
    }

    @Test
    void a_foreign_partition_is_refused_before_anything_is_written(TestDatabase database) throws SQLException {
        DataFixture fixture = new DataFixture(database, """
                CREATE FOREIGN DATA WRAPPER nowhere;
                CREATE SERVER far FOREIGN DATA WRAPPER nowhere;
                CREATE TABLE people (id bigint, first text, last text, full_name text) PARTITION BY RANGE (id);
                CREATE TABLE people_a PARTITION OF people FOR VALUES FROM (0) TO (5000);
                CREATE FOREIGN TABLE people_b PARTITION OF people FOR VALUES FROM (5000) TO (6000) SERVER far;
                """ + DataFixture.fill(10));

        assertThatThrownBy(() -> fixture.work().backfill(DataFixture.backfill("id"), new TableCursors()))
                .isInstanceOfSatisfying(
                        SluiceException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.HAZARD_BLOCKED))
                .hasMessageContaining("people_b is a foreign table");
        assertThat(fixture.number("SELECT count(*) FROM ONLY people_a WHERE full_name IS NOT NULL"))
                .isZero();
    }
}
