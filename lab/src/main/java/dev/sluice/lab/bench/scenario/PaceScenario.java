package dev.sluice.lab.bench.scenario;

import dev.sluice.lab.bench.Measure;
import dev.sluice.lab.bench.Method;
import dev.sluice.lab.bench.Scenario;
import dev.sluice.lab.bench.Stage;
import dev.sluice.lab.bench.Target;
import dev.sluice.lab.bench.Tools;
import dev.sluice.lab.bench.Variant;
import dev.sluice.lab.bench.tool.BenchServer;
import dev.sluice.lab.bench.tool.Database;
import dev.sluice.lab.bench.tool.SluiceRun;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Where an application's 99th percentile comes from while a table is filled: batches, pauses, or the processor alone. */
final class PaceScenario implements Scenario {
    private static final String IDLE = "nothing else";
    private static final List<Integer> SPEEDS = List.of(100, 50);
    private static final List<Integer> BATCHES = List.of(50, 5);
    /** Of a session that is no backfill, so that it is one like any other. */
    private static final int STATEMENT_MILLIS = 50;
    /** What a backfill of narrow rows writes in a millisecond, about. */
    private static final int LOG_BYTES_PER_MILLI = 80_000;

    @Override
    public String id() {
        return "pace";
    }

    @Override
    public String title() {
        return "Length of batches, pauses, and the processor";
    }

    @Override
    public String about() {
        return """
            Why the 99th percentile of the application is what it is: the same load as above, beside sessions of which each
            does a part of what a backfill does. *only computing* is one session that counts up in statements of 50 ms: it
            touches no row, takes no lock and writes no log. *computing and log* writes, besides, as much write-ahead log as a
            backfill does. At 50 % they sleep after each statement as long as it took. Sluice is steered to batches of so many
            milliseconds (50 is its default; beside an application, batches on a table of this size are shorter than that
            anyway, because they may lock one row of 250), at full speed and after `sluice speed 50%`. What Sluice adds to
            *only computing* is what its locks and its log cost; the rest is the machine's, whose processors are shared by load
            generator, server and the session that works. Pauses help a percentile little of which more than a hundredth falls
            into the work.
            """;
    }

    @Override
    public List<String> methods() {
        List<String> names = new ArrayList<>(List.of(IDLE));
        for (int speed : SPEEDS) {
            names.add(other(false, speed));
            names.add(other(true, speed));
            BATCHES.forEach(batch -> names.add(sluice(batch, speed)));
        }
        return names;
    }

    private static String other(boolean log, int speed) {
        return (log ? "computing and log, " : "only computing, ") + speed + " %";
    }

    private static String sluice(int batch, int speed) {
        return "Sluice, " + batch + " ms, " + speed + " %";
    }

    @Override
    public String reference() {
        return IDLE;
    }

    @Override
    public List<Measure> measures() {
        return List.of(
                Measure.plotted("p99", "99th percentile", "ms", 2),
                Measure.listed("p50", "median", "ms", 2),
                Measure.listed("longest", "longest request", "ms", 1),
                Measure.listed("hiccup", "hiccup", "ms", 1),
                Measure.listed("duration", "time of the method", "s", 1),
                Measure.listed("failed", "failed requests", "", 0));
    }

    /** It explains; what is promised is judged above. */
    @Override
    public List<Target> targets() {
        return List.of();
    }

    @Override
    public List<Variant> variants(Tools tools) {
        long rows = tools.sizes().oltp();
        double million = rows / 1e6;
        return List.of(new Variant(
                String.format(
                        Locale.ROOT,
                        "%,d rows, %d requests per second",
                        rows,
                        tools.sizes().tps()),
                3 + 10 * million,
                5 * (tools.sizes().idleSeconds() / 4.0 + 2) + 8 + 60 * million,
                () -> new PaceStage(tools)));
    }

    private static final class PaceStage implements Stage {
        private final Tools tools;
        private final BenchServer server;
        private final PeopleTraffic traffic;

        PaceStage(Tools tools) throws SQLException {
            this.tools = tools;
            server = tools.server();
            long rows = tools.sizes().oltp();
            traffic = new PeopleTraffic("people", rows, tools.sizes().tps(), tools.sizes());
            server.model(People.table(rows, 1, People.Width.NARROW)).execute("VACUUM ANALYZE people");
        }

        @Override
        public List<Method> methods() {
            List<Method> methods = new ArrayList<>();
            methods.add(new Method(IDLE, () -> measured(server.copy("people"), () -> Thread.sleep(millis()))));
            for (int speed : SPEEDS) {
                for (boolean log : new boolean[] {false, true}) {
                    methods.add(new Method(other(log, speed), () -> {
                        Database database = server.copy("people");
                        return measured(database, () -> compute(database, log, speed));
                    }));
                }
                for (int batch : BATCHES) {
                    methods.add(new Method(sluice(batch, speed), () -> {
                        Database database = server.copy("people");
                        SluiceRun run = SluiceRun.of(database, tools.scratch(), People.MIGRATION)
                                .withBatches(Duration.ofMillis(batch))
                                .begin();
                        run.speed(speed / 100.0);
                        return measured(database, run::up);
                    }));
                }
            }
            return methods;
        }

        private long millis() {
            return 200 + tools.sizes().idleSeconds() * 250L;
        }

        private void compute(Database database, boolean log, int speed) throws SQLException {
            try (Connection connection = database.connect();
                    var statement = connection.createStatement()) {
                statement.execute("SET synchronous_commit = off");
                long end = System.nanoTime() + millis() * 1_000_000L;
                while (System.nanoTime() < end) {
                    long start = System.nanoTime();
                    statement.execute(computing(log));
                    LockSupport.parkNanos((long) ((System.nanoTime() - start) * (100.0 / speed - 1)));
                }
            }
        }

        private static String computing(boolean log) {
            return String.format(Locale.ROOT, """
                    DO $$
                    DECLARE
                        began timestamptz := clock_timestamp();
                        message text := repeat('x', %d);
                        written int := 0;
                    BEGIN
                        WHILE clock_timestamp() < began + interval '%d ms' LOOP
                            IF %b AND clock_timestamp() > began + written * interval '1 ms' THEN
                                PERFORM pg_logical_emit_message(false, 'bench', message);
                                written := written + 1;
                            END IF;
                        END LOOP;
                    END $$
                    """, LOG_BYTES_PER_MILLI, STATEMENT_MILLIS, log);
        }

        private Map<String, Double> measured(Database database, PeopleTraffic.Disturbance work) throws Exception {
            Map<String, Double> values = traffic.during(database, work);
            server.drop(database);
            return values;
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
