package dev.sluice.lab.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
@Timeout(60)
class TrafficDbTest {
    private static final double RATE = 200;

    /** Reads one row by key and checks it. */
    private record Reader(String name) implements Application {
        @Override
        public void request(AppSession session, RandomGenerator random) throws SQLException {
            var rows = session.query("SELECT v FROM t WHERE id = ?", 1);
            session.expect(rows.size() == 1 && rows.get(0).number(0) == 7, () -> "v is " + rows);
        }
    }

    @Test
    void aStallIsSeenByEveryRequestThatWasDueMeanwhile(TestDatabase database) throws Exception {
        database.execute("CREATE TABLE t (id int PRIMARY KEY, v int); INSERT INTO t VALUES (1, 7)");
        Recorder recorder = new Recorder();
        long held;
        // two connections: a closed loop would see two slow requests, not a hundred
        try (Traffic traffic = Traffic.start(new Reader("r"), database::connect, new Load(2, RATE, 1), recorder);
                Connection blocker = database.connect();
                Statement statement = blocker.createStatement()) {
            awaitRequests(recorder, 50);
            recorder.forgetLatencies();
            blocker.setAutoCommit(false);
            statement.execute("LOCK TABLE t IN ACCESS EXCLUSIVE MODE");
            long start = System.nanoTime();
            statement.execute("SELECT pg_sleep(0.5)");
            held = System.nanoTime() - start;
            blocker.commit();
            traffic.drain();
        }
        TrafficReport report = recorder.report();
        assertThat(report.firstFailures()).isEmpty();
        assertThat(report.latency().longest()).isGreaterThan(held * 9 / 10);
        // arrivals are spread evenly over the stall, so half of them wait for more than half of it
        assertThat(report.latency().requests()).isGreaterThan((long) (RATE * 0.4));
        assertThat(report.latency().p50()).isGreaterThan(held / 4);
    }

    @Test
    void errorsAndWrongAnswersAreCountedWithTheirStatement(TestDatabase database) throws Exception {
        database.execute("CREATE TABLE t (id int PRIMARY KEY, v int); INSERT INTO t VALUES (1, 7)");
        Recorder recorder = new Recorder();
        try (Traffic traffic = Traffic.start(new Reader("r"), database::connect, new Load(2, RATE, 1), recorder)) {
            awaitRequests(recorder, 10);
            assertThat(recorder.report().failed()).isZero();
            database.execute("UPDATE t SET v = 8");
            awaitFailure(recorder, "wrong answer: v is");
            database.execute("ALTER TABLE t RENAME COLUMN v TO w");
            awaitFailure(recorder, "42703");
            traffic.drain();
        }
        TrafficReport report = recorder.report();
        assertThat(report.failed()).isGreaterThan(1).isLessThan(report.statements());
        assertThat(report.firstFailures().get(0).statement()).isEqualTo("SELECT v FROM t WHERE id = ?");
    }

    @Test
    void drainFinishesWhatIsDueAndStopsThere(TestDatabase database) throws Exception {
        database.execute("CREATE TABLE t (id int PRIMARY KEY, v int); INSERT INTO t VALUES (1, 7)");
        Recorder recorder = new Recorder();
        Traffic traffic = Traffic.start(new Reader("r"), database::connect, new Load(2, RATE, 1), recorder);
        awaitRequests(recorder, 10);
        traffic.drain();
        TrafficReport drained = recorder.report();
        assertThat(drained.failed()).isZero();
        assertThat(drained.latency().requests()).isEqualTo(drained.statements());
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                var sessions = statement.executeQuery("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND query LIKE 'SELECT v%'")) {
            sessions.next();
            assertThat(sessions.getLong(1)).isLessThanOrEqualTo(2);
        }
        assertThat(recorder.report().statements()).isEqualTo(drained.statements());
    }

    private static void awaitRequests(Recorder recorder, long requests) {
        while (recorder.report().latency().requests() < requests) {
            Thread.onSpinWait();
        }
    }

    private static void awaitFailure(Recorder recorder, String message) {
        while (recorder.report().firstFailures().stream()
                .noneMatch(failure -> failure.message().startsWith(message))) {
            Thread.onSpinWait();
        }
    }
}
