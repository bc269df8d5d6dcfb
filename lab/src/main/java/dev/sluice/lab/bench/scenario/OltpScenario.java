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
import dev.sluice.lab.bench.tool.Pgroll;
import dev.sluice.lab.bench.tool.SluiceRun;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What an application notices of a backfill of the table that it works on. */
final class OltpScenario implements Scenario {
    private static final String IDLE = "nothing else";

    @Override
    public String id() {
        return "oltp";
    }

    @Override
    public String title() {
        return "The application during a backfill";
    }

    @Override
    public String about() {
        return """
            An application with 8 connections reads and updates random rows of the table (one secondary index), each request one
            SELECT and one UPDATE by primary key, at a fixed rate, from before a method starts until it has ended. A request's latency counts from the
            moment it was due, so that a stall is seen by all requests that would have come in meanwhile. *nothing else* is the
            same load alone. *Sluice at 50 %* is after `sluice speed 50%`. The *hiccup* is the longest time for which the
            machine itself kept an idle thread of the load generator from running: part of every latency that no method is
            to blame for. Load, Sluice and server share the processor. The 99th percentile is made of the slowest hundredth of the
            requests: whatever works for more than a hundredth of the time shows in it, throttled or not, as far as it slows a
            request at all; pauses shorten the work's share of the time, not that. The next section takes that apart.
            """;
    }

    @Override
    public List<String> methods() {
        return List.of(SluiceRun.NAME, IDLE, People.UPDATE, People.BATCHES, People.HALF, Pgroll.NAME);
    }

    @Override
    public String reference() {
        return IDLE;
    }

    @Override
    public List<Measure> measures() {
        return List.of(
                Measure.plotted("longest", "longest request", "ms", 0),
                Measure.plotted("p99", "99th percentile", "ms", 1),
                Measure.listed("p50", "median", "ms", 1),
                Measure.listed("failed", "failed requests", "", 0),
                Measure.listed("hiccup", "hiccup", "ms", 0),
                Measure.plotted("duration", "time of the method", "s", 1),
                Measure.listed("tps", "requests per second (more is better)", "", 0));
    }

    @Override
    public List<Target> targets() {
        return List.of(
                new Target("no failed request", "", SluiceRun.NAME, "failed", Target.Form.VALUE, "", 0),
                new Target("no failed request", "", People.HALF, "failed", Target.Form.VALUE, "", 0),
                new Target(
                        "longest request ≤ 60 ms above that of nothing else",
                        "",
                        SluiceRun.NAME,
                        "longest",
                        Target.Form.DIFFERENCE,
                        IDLE,
                        60),
                new Target("p99 ≤ 3 × nothing else", "", SluiceRun.NAME, "p99", Target.Form.RATIO, IDLE, 3),
                new Target("p99 ≤ 1.5 × nothing else at 50 %", "", People.HALF, "p99", Target.Form.RATIO, IDLE, 1.5));
    }

    @Override
    public List<Variant> variants(Tools tools) {
        long rows = tools.sizes().oltp();
        double million = rows / 1e6;
        double round = tools.sizes().idleSeconds() + 11 + (45 + (tools.pgroll().isPresent() ? 20 : 0)) * million;
        return List.of(new Variant(
                String.format(
                        Locale.ROOT,
                        "%,d rows, %d requests per second",
                        rows,
                        tools.sizes().tps()),
                3 + 10 * million,
                round,
                () -> new OltpStage(tools)));
    }

    private static final class OltpStage implements Stage {
        private final Tools tools;
        private final BenchServer server;
        private final PeopleTraffic traffic;

        OltpStage(Tools tools) throws SQLException {
            this.tools = tools;
            server = tools.server();
            long rows = tools.sizes().oltp();
            traffic = new PeopleTraffic("people", rows, tools.sizes().tps(), tools.sizes());
            server.model(People.table(rows, 1, People.Width.NARROW)).execute("VACUUM ANALYZE people");
        }

        @Override
        public List<Method> methods() {
            List<Method> methods = new ArrayList<>();
            methods.add(new Method(
                    IDLE,
                    () -> measured(
                            server.copy("people"),
                            () -> Thread.sleep(200 + tools.sizes().idleSeconds() * 1000L))));
            methods.add(new Method(People.UPDATE, () -> {
                Database database = server.copy("people");
                return measured(database, () -> People.oneUpdate(database));
            }));
            methods.add(new Method(People.BATCHES, () -> {
                Database database = server.copy("people");
                return measured(database, () -> People.batches(database));
            }));
            methods.add(new Method(SluiceRun.NAME, () -> sluice(1)));
            methods.add(new Method(People.HALF, () -> sluice(0.5)));
            tools.pgroll(1800)
                    .ifPresent(pgroll -> methods.add(new Method(Pgroll.NAME, () -> {
                        Database database = server.copy("people");
                        pgroll.adopt(database);
                        return measured(database, () -> pgroll.start(database, People.PGROLL));
                    })));
            return methods;
        }

        private Map<String, Double> sluice(double speed) throws Exception {
            Database database = server.copy("people");
            SluiceRun run =
                    SluiceRun.of(database, tools.scratch(), People.MIGRATION).begin();
            run.speed(speed);
            return measured(database, run::up);
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
