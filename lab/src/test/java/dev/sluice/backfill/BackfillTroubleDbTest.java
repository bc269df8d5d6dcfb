package dev.sluice.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.db.ConnectionSource;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import dev.sluice.plan.Assignment;
import dev.sluice.plan.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong around a backfill does not make it wrong. */
@ExtendWith(PostgresExtension.class)
class BackfillTroubleDbTest {

    private static final int ROWS = 100_000;
    private static final String TABLE =
            DataFixture.people("id bigint PRIMARY KEY", "", ROWS) + "CREATE INDEX ON people (last);";

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void leavesNoRowUnfilledUnderConcurrentWrites(PostgresVersion version, TestDatabases databases)
            throws SQLException {
        DataFixture data = new DataFixture(databases.create(version), TABLE + DataFixture.TRIGGER);
        long swept;
        try (Writers writers = new Writers()
                .start(data::connect, r -> "UPDATE people SET touched = touched + 1 WHERE id = " + id(r))
                .start(data::connect, r -> "UPDATE people SET first = 'new' || touched WHERE id = " + id(r))
                .start(data::connect, r -> "DELETE FROM people WHERE id = " + id(r))
                .start(
                        data::connect,
                        r -> "INSERT INTO people (id, first, last) VALUES (" + (1_000_000_000L + r.nextInt(100_000_000))
                                + ", 'a', 'b') ON CONFLICT DO NOTHING")) {
            swept = data.work()
                    .backfill(DataFixture.backfill("id"), new TableCursors())
                    .swept();
            assertThat(data.wrongRows()).isZero();
            assertThat(writers.statements()).isGreaterThan(100);
        }
        assertThat(swept).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void theSweepFindsRowsThatWereWrittenPastTheDualWrite(PostgresVersion version, TestDatabases databases)
            throws SQLException {
        DataFixture data = new DataFixture(databases.create(version), TABLE);
        AtomicBoolean done = new AtomicBoolean();
        // half-way, rows of the part that is done lose their value again
        TableCursors cursors = new TableCursors().beforeSave(cursor -> {
            if (cursor.rows() > ROWS / 2 && done.compareAndSet(false, true)) {
                unfill(data, "id IN (3, 4000, 90000)");
            }
        });

        WalkReport report = data.work().backfill(DataFixture.backfill("id"), cursors);

        assertThat(data.wrongRows()).isZero();
        assertThat(report.swept()).isBetween(1L, 3L);
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void goesOnAfterItsSessionWasTerminated(PostgresVersion version, TestDatabases databases) throws SQLException {
        DataFixture data = new DataFixture(databases.create(version), TABLE + COUNTING_TRIGGER);
        AtomicInteger batches = new AtomicInteger();
        TableCursors cursors = new TableCursors().beforeSave(cursor -> {
            int batch = batches.incrementAndGet();
            if (batch == 5 || batch == 20) {
                terminateDataSessions(data);
            }
        });

        WalkReport report = data.work().backfill(DataFixture.backfill("id"), cursors);

        assertThat(data.wrongRows()).isZero();
        assertThat(report.rows()).isEqualTo(ROWS);
        assertThat(report.retries()).isEqualTo(2);
        assertThat(data.number("SELECT count(*) FROM people WHERE touched <> 1"))
                .as("rows not updated once")
                .isZero();
        assertThat(data.notices).anyMatch(notice -> notice.contains("terminating connection"));
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void anotherProcessResumesWhereTheFirstStopped(PostgresVersion version, TestDatabases databases)
            throws SQLException {
        DataFixture data = new DataFixture(databases.create(version), TABLE + COUNTING_TRIGGER);
        AtomicInteger batches = new AtomicInteger();
        TableCursors dying = new TableCursors().beforeSave(cursor -> {
            if (batches.incrementAndGet() == 12) {
                throw new SluiceException(ExitCode.ERROR, "the process dies here");
            }
        });
        assertThatThrownBy(() -> data.work().backfill(DataFixture.backfill("id"), dying))
                .hasMessage("the process dies here");
        long first = data.number("SELECT count(*) FROM people WHERE full_name IS NOT NULL");
        assertThat(first).isBetween(1L, ROWS - 1L);

        WalkReport report = data.work().backfill(DataFixture.backfill("id"), new TableCursors());

        assertThat(data.wrongRows()).isZero();
        assertThat(report.rows()).as("rows of both runs").isEqualTo(ROWS);
        assertThat(data.number("SELECT count(*) FROM people WHERE touched <> 1"))
                .as("rows not updated once")
                .isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void startsATableAgainThatWasRewrittenMeanwhile(PostgresVersion version, TestDatabases databases)
            throws SQLException {
        DataFixture data = new DataFixture(databases.create(version), TABLE);
        AtomicInteger batches = new AtomicInteger();
        TableCursors cursors = new TableCursors().beforeSave(cursor -> {
            if (batches.incrementAndGet() == 12) {
                throw new SluiceException(ExitCode.ERROR, "the process dies here");
            }
        });
        assertThatThrownBy(() -> data.work().backfill(DataFixture.backfill("id"), cursors));
        // physically backwards: what was done is at the end now
        data.execute("CREATE INDEX backwards ON people ((-id)); CLUSTER people USING backwards");

        data.work().backfill(DataFixture.backfill("id"), cursors);

        assertThat(data.wrongRows()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void namesTheRowWhoseDataIsInTheWay(PostgresVersion version, TestDatabases databases) throws SQLException {
        DataFixture data = new DataFixture(
                databases.create(version),
                TABLE + "UPDATE people SET last = 'abc' WHERE id = 70000;"
                        + "UPDATE people SET last = id::text WHERE id <> 70000;");
        data.execute("ALTER TABLE people ADD COLUMN number int");
        Step.Backfill step =
                DataFixture.backfill(List.of(new Assignment("number", "last::int")), "number IS NULL", "id");
        TableCursors cursors = new TableCursors();

        assertThatThrownBy(() -> data.work().backfill(step, cursors))
                .isInstanceOfSatisfying(
                        SluiceException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED_SAFE))
                .hasMessageContaining("public.people")
                .hasMessageContaining("id=70000:")
                .hasMessageContaining("invalid input syntax for type integer: \"abc\"")
                .hasMessageContaining("22P02");

        assertThat(data.number("SELECT count(*) FROM people WHERE number <> id"))
                .isZero();
        assertThat(data.number("SELECT count(*) FROM people WHERE number IS NOT NULL"))
                .isPositive();
        data.execute("UPDATE people SET last = '70000' WHERE id = 70000");
        data.work().backfill(step, cursors);
        assertThat(data.number("SELECT count(*) FROM people WHERE number IS DISTINCT FROM id"))
                .isZero();
    }

    @Test
    void tellsAnErrorOfTheStatementFromOneOfARow(TestDatabase database) throws SQLException {
        DataFixture data = new DataFixture(database, TABLE);
        Step.Backfill step = DataFixture.backfill(
                List.of(new Assignment("full_name", "no_such_function(first)")), "full_name IS NULL");

        assertThatThrownBy(() -> data.work().backfill(step, new TableCursors()))
                .hasMessageContaining("cannot run")
                .hasMessageContaining("no_such_function")
                .hasMessageNotContaining("the row");
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void goesAroundALockedRowAndFillsItInTheEnd(PostgresVersion version, TestDatabases databases) throws Exception {
        DataFixture data = new DataFixture(databases.create(version), TABLE);
        try (Connection application = data.connect()) {
            application.setAutoCommit(false);
            application.createStatement().execute("SELECT FROM people WHERE id IN (500, 60000) FOR UPDATE");
            // the application ends its transaction when the walk is through
            TableCursors cursors = new TableCursors().beforeSave(cursor -> {
                if (cursor.stage() == Cursor.Stage.SWEEP) {
                    commit(application);
                }
            });

            WalkReport report = data.work().backfill(DataFixture.backfill("id"), cursors);

            assertThat(data.wrongRows()).isZero();
            assertThat(report.swept()).isBetween(1L, 2L);
            assertThat(report.retries()).isPositive();
            assertThat(data.notices).anyMatch(notice -> notice.contains("lock timeout"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void theApplicationIsNeverTheVictimOfADeadlock(PostgresVersion version, TestDatabases databases)
            throws SQLException {
        DataFixture data = new DataFixture(
                databases.create(version),
                DataFixture.people("id bigint PRIMARY KEY", "", 20_000) + DataFixture.TRIGGER);
        // transactions that lock against the order of the table; an error in one fails the test at close
        try (Writers writers = new Writers()
                .start(data::connect, r -> backwards(r.nextInt(19_000)))
                .start(data::connect, r -> backwards(r.nextInt(19_000)))) {
            data.work().backfill(DataFixture.backfill("id"), new TableCursors());
            assertThat(writers.statements()).isPositive();
        }
        assertThat(data.wrongRows()).isZero();
    }

    @Test
    void givesUpWhenNothingSucceedsForLong(TestDatabase database) throws Exception {
        DataFixture data = new DataFixture(database, TABLE);
        try (Connection application = data.connect()) {
            application.setAutoCommit(false);
            application.createStatement().execute("LOCK TABLE people IN ACCESS EXCLUSIVE MODE");

            assertThatThrownBy(() -> data.work(DataFixture.patience(Duration.ofMillis(700)))
                            .backfill(DataFixture.backfill("id"), new TableCursors()))
                    .isInstanceOfSatisfying(
                            SluiceException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED_SAFE))
                    .hasMessageContaining("lock timeout");
        }
    }

    @Test
    void endsWithAnErrorWhenRowsStayPending(TestDatabase database) throws SQLException {
        DataFixture data = new DataFixture(database, DataFixture.people("id bigint PRIMARY KEY", "", 100));
        Step.Backfill step =
                DataFixture.backfill(List.of(new Assignment("full_name", "NULL")), "full_name IS NULL", "id");

        assertThatThrownBy(() -> data.work().backfill(step, new TableCursors()))
                .hasMessageContaining("100 rows of public.people are still not filled")
                .hasMessageContaining("id=1");
    }

    @Test
    void userTriggersStaySilentWhenAsked(TestDatabase database) throws SQLException {
        DataFixture data =
                new DataFixture(database, DataFixture.people("id bigint PRIMARY KEY", "", 1000) + COUNTING_TRIGGER);
        Step.Backfill usual = DataFixture.backfill("id");
        Step.Backfill silent = new Step.Backfill(
                usual.info(), usual.table(), usual.assignments(), usual.pending(), true, usual.keyColumns());

        data.work().backfill(silent, new TableCursors());

        assertThat(data.wrongRows()).isZero();
        assertThat(data.number("SELECT sum(touched) FROM people")).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void refusesBeforeAnythingIsWrittenWhenTriggersCannotBeSilenced(PostgresVersion version, TestDatabases databases)
            throws SQLException {
        TestDatabase database = databases.create(version);
        DataFixture data = new DataFixture(database, DataFixture.people("id bigint PRIMARY KEY", "", 1000));
        data.execute("DO $$BEGIN CREATE ROLE plain; EXCEPTION WHEN duplicate_object THEN END$$;"
                + "GRANT ALL ON people, cursors TO plain");
        ConnectionSource asPlain = () -> {
            Connection connection = database.connect();
            connection.createStatement().execute("SET ROLE plain");
            return connection;
        };
        DataWork work = new DataWork(
                new DataContext(asPlain, "public", DataOptions.defaults(), ProgressListener.NONE, Control.NONE));
        Step.Backfill usual = DataFixture.backfill("id");
        Step.Backfill silent = new Step.Backfill(
                usual.info(), usual.table(), usual.assignments(), usual.pending(), true, usual.keyColumns());

        assertThatThrownBy(() -> work.backfill(silent, new TableCursors()))
                .isInstanceOf(SluiceException.class)
                .hasMessageContaining("may not set session_replication_role");

        assertThat(data.number("SELECT count(*) FROM people WHERE full_name IS NOT NULL"))
                .isZero();
        work.backfill(usual, new TableCursors());
        assertThat(data.wrongRows()).isZero();
    }

    private static final String COUNTING_TRIGGER = """
        CREATE FUNCTION count_updates() RETURNS trigger LANGUAGE plpgsql AS
          $$BEGIN NEW.touched := OLD.touched + 1; RETURN NEW; END$$;
        CREATE TRIGGER counting BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION count_updates();
        """;

    private static String id(java.util.Random random) {
        return String.valueOf(1 + random.nextInt(ROWS));
    }

    private static String backwards(int id) {
        return "BEGIN; UPDATE people SET touched = touched + 1 WHERE id = " + (id + 900)
                + "; UPDATE people SET touched = touched + 1 WHERE id = " + (id + 1) + "; COMMIT";
    }

    private static void unfill(DataFixture data, String where) {
        run(data, "UPDATE people SET full_name = NULL WHERE full_name IS NOT NULL AND " + where);
    }

    private static void terminateDataSessions(DataFixture data) {
        run(
                data,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'sluice data' AND"
                        + " datname = current_database()");
    }

    private static void run(DataFixture data, String sql) {
        try {
            data.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void commit(Connection connection) {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
