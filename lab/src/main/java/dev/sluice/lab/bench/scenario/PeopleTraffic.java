package dev.sluice.lab.bench.scenario;

import dev.sluice.lab.bench.Sizes;
import dev.sluice.lab.bench.tool.Database;
import dev.sluice.lab.traffic.AppSession;
import dev.sluice.lab.traffic.Application;
import dev.sluice.lab.traffic.HiccupMeter;
import dev.sluice.lab.traffic.Load;
import dev.sluice.lab.traffic.Recorder;
import dev.sluice.lab.traffic.Traffic;
import dev.sluice.lab.traffic.TrafficReport;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * An application that reads a row by its key and counts a visit in it, at a fixed rate whatever the database does. A request's
 * latency counts from the moment it was due.
 *
 * @param table with {@code id} from 1 to {@code rows} and a column {@code visits}
 */
record PeopleTraffic(String table, long rows, int perSecond, Sizes sizes) implements Application {
    private static final int CONNECTIONS = 8;
    private static final long LONGEST_WARM_UP = 1500;

    /** What is done while the application runs. */
    interface Disturbance {
        void run() throws Exception;
    }

    @Override
    public String name() {
        return "application";
    }

    @Override
    public void request(AppSession session, RandomGenerator random) throws SQLException {
        long id = 1 + random.nextLong(rows);
        session.expect(
                session.query("SELECT id, visits FROM " + table + " WHERE id = ?", id)
                                .size()
                        == 1,
                () -> "no row " + id);
        session.expect(
                session.update("UPDATE " + table + " SET visits = visits + 1 WHERE id = ?", id) == 1,
                () -> "row " + id + " not updated");
    }

    /**
     * p50, p99, longest in ms; failed; tps; hiccup: the longest that the machine itself kept a thread waiting, in ms; duration
     * of the disturbance, in seconds.
     */
    Map<String, Double> during(Database database, Disturbance disturbance) throws Exception {
        return during(database, () -> {}, disturbance);
    }

    /** @param preparation while the application runs already, but is not counted yet */
    Map<String, Double> during(Database database, Disturbance preparation, Disturbance disturbance) throws Exception {
        Recorder warmUp = new Recorder();
        Recorder recorder = new Recorder();
        try (Traffic traffic = Traffic.start(this, database::connect, new Load(CONNECTIONS, perSecond, 1), warmUp)) {
            Thread.sleep(Math.min(LONGEST_WARM_UP, 100 + 500L * sizes.idleSeconds()));
            preparation.run();
            try (HiccupMeter hiccups = HiccupMeter.start()) {
                traffic.recordInto(recorder);
                long start = System.nanoTime();
                disturbance.run();
                double duration = (System.nanoTime() - start) / 1e9;
                traffic.drain();
                double seconds = (System.nanoTime() - start) / 1e9;
                return values(recorder.report(), duration, seconds, hiccups);
            }
        }
    }

    private static Map<String, Double> values(
            TrafficReport report, double duration, double seconds, HiccupMeter hiccups) {
        if (!report.firstFailures().isEmpty()) {
            System.out.printf(
                    Locale.ROOT,
                    "      %d requests failed; the first: %s%n",
                    report.failed(),
                    report.firstFailures().get(0));
        }
        return Map.of(
                "p50", report.latency().p50Millis(),
                "p99", report.latency().p99Millis(),
                "longest", report.latency().longestMillis(),
                "failed", (double) report.failed(),
                "tps", report.latency().requests() / seconds,
                "hiccup", hiccups.delays().longestMillis(),
                "duration", duration);
    }
}
