package dev.sluice.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.db.Session;
import dev.sluice.lab.EmbeddedPostgres;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresSettings;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the server tells slows a backfill down or stops it, and is told with its reason. */
@ExtendWith(PostgresExtension.class)
class ThrottleDbTest {

    private static final int ROWS = 4_000;

    /** A millisecond for each row, so that the signals have time to come. */
    private static final String SLOW = """
            CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN PERFORM pg_sleep(0.001); RETURN NEW; END$$;
            CREATE TRIGGER slow BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION slowly();
            """;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final ProgressListener listener = new ProgressListener() {
        @Override
        public void throttled(Optional<Pressure> why) {
            told.add(why.map(pressure -> (pressure.pauses() ? "pausing: " : "slower: ") + pressure.reason())
                    .orElse("at full speed"));
        }

        @Override
        public void notice(String text) {
            told.add(text);
        }
    };

    /** On a server of its own: it is the whole server that has replicas. */
    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void a_backfill_slows_down_and_stops_behind_a_replica_that_lags_and_goes_on(PostgresVersion version)
            throws Exception {
        Map<String, String> settings =
                PostgresSettings.with(PostgresSettings.forTests(), Map.of("shared_buffers", "16MB"));
        try (EmbeddedPostgres primary = EmbeddedPostgres.start(version, settings);
                EmbeddedPostgres replica = primary.startReplica("standby_a");
                Connection control = replica.connect("postgres");
                Connection session = primary.connect("postgres")) {
            await(
                    "the replica",
                    () -> isTrue(
                            session,
                            "SELECT count(*) = 1 FROM pg_stat_replication"
                                    + " WHERE state = 'streaming' AND application_name = 'standby_a'"));
            execute(session, TableCursors.DDL + DataFixture.people("id bigint PRIMARY KEY", "", ROWS) + SLOW);
            execute(control, "SELECT pg_wal_replay_pause()");
            execute(session, "SELECT pg_current_xact_id()");
            DataOptions options = DataOptions.defaults().withMaxReplicaLag(Duration.ofMillis(300));
            DataContext context =
                    new DataContext(() -> primary.connect("postgres"), "public", options, listener, Control.NONE);

            CompletableFuture<WalkReport> run = CompletableFuture.supplyAsync(
                    () -> new DataWork(context).backfill(DataFixture.backfill("id"), new TableCursors()));
            await("the stop", () -> told("pausing: replica lag") || run.isDone());
            assertThat(run).isNotDone();
            assertThat(told)
                    .anyMatch(line -> line.matches(
                            "(slower|pausing): replica lag \\d+\\.\\d s of standby_a \\(limit 0\\.3 s\\)"));
            long filled = DataFixture.number(session, "SELECT count(*) FROM people WHERE full_name IS NOT NULL");
            assertThat(filled).isLessThan(ROWS);

            execute(control, "SELECT pg_wal_replay_resume()");
            assertThat(run.get(60, TimeUnit.SECONDS).rows()).isEqualTo(ROWS);
            assertThat(DataFixture.number(session, "SELECT count(*) FROM people WHERE full_name IS NULL"))
                    .isZero();

            try (Session nobody = Session.open(() -> primary.connect("postgres"), "test")) {
                nobody.execute("CREATE ROLE nobody; SET ROLE nobody");
                Pressure first = new ReplicaLag(Duration.ofSeconds(1)).look(nobody, 0);
                assertThat(first.reason()).contains("unknown", "pg_monitor");
                assertThat(first.pauses()).as("at once").isFalse();
                assertThat(new ReplicaLag(Duration.ofSeconds(1), Duration.ZERO)
                                .look(nobody, 0)
                                .pauses())
                        .as("in the end")
                        .isTrue();
                assertThat(new ReplicaLag(Duration.ZERO, Duration.ZERO).look(nobody, 0))
                        .isEqualTo(Pressure.NONE);
            }
        }
    }

    /** On a server of its own, too: slots are the server's. */
    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void log_that_is_kept_for_a_slot_without_a_reader_counts_from_when_the_walk_began(PostgresVersion version)
            throws Exception {
        Map<String, String> settings =
                PostgresSettings.with(PostgresSettings.forTests(), Map.of("shared_buffers", "16MB"));
        try (EmbeddedPostgres server = EmbeddedPostgres.start(version, settings);
                Session session = Session.open(() -> server.connect("postgres"), "test")) {
            session.execute("SELECT pg_create_physical_replication_slot('gone', true)");
            writeLog(session);
            SlotBacklog signal = new SlotBacklog(1e6);
            assertThat(signal.look(session, 0).utilisation())
                    .as("what was kept before")
                    .isZero();
            writeLog(session);

            Pressure later = Stream.generate(() -> signal.look(session, 0))
                    .limit(5)
                    .reduce((a, b) -> b)
                    .orElseThrow();
            assertThat(later.pauses()).isTrue();
            assertThat(later.reason()).contains("replication slot gone keeps", "(limit 1 MB)");

            session.execute("SELECT pg_drop_replication_slot('gone')");
            assertThat(new SlotBacklog(1e6).look(session, 0)).isEqualTo(Pressure.NONE);
            session.execute("CREATE ROLE looks; SET ROLE looks");
            assertThat(new SlotBacklog(1e6).look(session, 0))
                    .as("every role may look")
                    .isEqualTo(Pressure.NONE);
        }
    }

    /** More than 2 MB of it. */
    private static void writeLog(Session session) {
        session.execute("CREATE TABLE IF NOT EXISTS written (t text);"
                + " INSERT INTO written SELECT repeat('x', 1000) FROM generate_series(1, 3000)");
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void a_vacuum_halves_the_speed_and_one_against_wraparound_has_the_way(
            PostgresVersion version, TestDatabases databases) throws SQLException {
        TestDatabase database = databases.create(version);
        database.execute("CREATE TABLE people (id int) WITH (autovacuum_freeze_max_age = 100000)");
        try (Connection vacuum = database.connect();
                Session session = Session.open(database::connect, "test")) {
            long people = session.one("SELECT 'people'::regclass::oid::bigint", row -> row.number(1))
                    .orElseThrow();
            OtherVacuum signal = new OtherVacuum();
            assertThat(signal.look(session, people)).isEqualTo(Pressure.NONE);

            vacuum.setAutoCommit(false);
            execute(vacuum, "LOCK TABLE people IN SHARE UPDATE EXCLUSIVE MODE");
            assertThat(signal.look(session, people).pauses()).isFalse();
            assertThat(signal.isRunning()).isTrue();

            session.execute("""
                    CREATE TEMP TABLE burnt (x int);
                    DO $$BEGIN FOR i IN 1 .. 100001 LOOP
                        BEGIN INSERT INTO burnt VALUES (1); EXCEPTION WHEN division_by_zero THEN END;
                    END LOOP; END$$
                    """);
            assertThat(signal.look(session, people).pauses()).isTrue();
            assertThat(signal.look(session, people).reason()).contains("wraparound");

            vacuum.rollback();
            assertThat(new OtherVacuum().look(session, people).pauses()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void every_signal_can_be_read_by_a_role_without_rights(PostgresVersion version, TestDatabases databases)
            throws SQLException {
        TestDatabase database = databases.create(version);
        try (Session session = Session.open(database::connect, "test")) {
            session.execute(
                    "CREATE TABLE people (id int); DO $$BEGIN CREATE ROLE nobody; EXCEPTION WHEN duplicate_object"
                            + " THEN END$$; SET ROLE nobody");
            long people = session.one("SELECT 'people'::regclass::oid::bigint", row -> row.number(1))
                    .orElseThrow();
            for (Signal signal : List.of(
                    new LogPressure(), new AppProbe(), new OtherVacuum(), new ReplicaLag(Duration.ofSeconds(1)))) {
                assertThat(signal.look(session, people).utilisation())
                        .as(signal.name())
                        .isBetween(0.0, 2.0);
            }
        }
    }

    @Test
    void a_log_that_outgrows_its_checkpoints_or_its_archive_counts() {
        assertThat(LogPressure.of(0.5, 3).utilisation()).isLessThan(0.5);
        assertThat(LogPressure.of(1.5, 3)).satisfies(pressure -> {
            assertThat(pressure.utilisation()).isBetween(1.0, 2.0);
            assertThat(pressure.reason()).contains("150 % of max_wal_size");
        });
        assertThat(LogPressure.of(0.5, 100)).satisfies(pressure -> {
            assertThat(pressure.pauses()).isTrue();
            assertThat(pressure.reason()).contains("100 log files behind");
        });
    }

    private boolean told(String words) {
        return told.stream().anyMatch(line -> line.contains(words));
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited 60 s for: " + what);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static boolean isTrue(Connection session, String query) {
        try (Statement statement = session.createStatement();
                var result = statement.executeQuery(query)) {
            return result.next() && result.getBoolean(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(Connection session, String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
        }
    }
}
