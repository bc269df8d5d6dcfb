package dev.sluice.lab.bench.scenario;

import dev.sluice.SluiceException;
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
import dev.sluice.lab.bench.tool.Program;
import dev.sluice.lab.bench.tool.SluiceRun;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code ALTER TABLE ADD COLUMN} on a table that is in use, while somebody holds a lock on it. */
final class LockScenario implements Scenario {
    private static final String NO_TIMEOUT = "ALTER TABLE, no timeout";
    private static final String FIXED_TIMEOUT = "lock_timeout 1 s, retries";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final double TRANSACTION = 2;
    private static final String SLUICE = "ALTER TABLE people ADD COLUMN extra int;";
    private static final String PGROLL = """
        {"add_column": {"table": "people", "column": {"name": "extra", "type": "int", "nullable": true}}}
        """;

    @Override
    public String id() {
        return "ddl";
    }

    @Override
    public String title() {
        return "DDL on a table in use";
    }

    @Override
    public String about() {
        return """
            A column without default is added while an application (200 requests a second, as above) works on the table
            and somebody else holds a lock on it: a reader whose transaction stays open; two sessions with transactions of
            2 s and pauses of 0.5 to 1.5 s, which leave a gap now and then; an autovacuum. *lock_timeout 1 s, retries* sleeps 0.1 s · 2ⁿ, at most 5 s, between its tries.
            pgroll has its defaults (500 ms, then 1 s · 2ⁿ, at most 60 s). The time runs from the command to its success, the
            reader's remaining time included; *tries* are those of Sluice that queued for the lock. A method that has not
            ended after the limit (1 or 2 minutes) is stopped; its time is then that limit.
            """;
    }

    @Override
    public List<String> methods() {
        return List.of(SluiceRun.NAME, NO_TIMEOUT, FIXED_TIMEOUT, Pgroll.NAME);
    }

    @Override
    public String reference() {
        return NO_TIMEOUT;
    }

    @Override
    public List<Measure> measures() {
        return List.of(
                Measure.plotted("longest", "longest request of the application", "ms", 0),
                Measure.plotted("duration", "time to success", "s", 1),
                Measure.listed("p99", "99th percentile", "ms", 1),
                Measure.listed("failed", "failed requests", "", 0),
                Measure.listed("hiccup", "hiccup", "ms", 0),
                Measure.listed("tries", "tries", "", 0),
                Measure.listed("unfinished", "stopped at the limit", "", 0));
    }

    @Override
    public List<Target> targets() {
        return List.of(
                new Target(
                        "first try behind a long reader", "reader", SluiceRun.NAME, "tries", Target.Form.VALUE, "", 1),
                new Target("stall ≤ 60 ms", "", SluiceRun.NAME, "longest", Target.Form.VALUE, "", 60));
    }

    private interface Blocking {
        Blocker begin(Database database) throws SQLException, InterruptedException;
    }

    @Override
    public List<Variant> variants(Tools tools) {
        int hold = tools.sizes().lockHold();
        boolean pgroll = tools.pgroll().isPresent();
        return List.of(
                new Variant(
                        "behind a reader of " + hold + " s",
                        5,
                        (pgroll ? 2.7 : 2) * (hold + 6),
                        () -> new LockStage(tools, database -> Blocker.reader(database, hold))),
                new Variant(
                        "behind transactions of 2 s",
                        5,
                        pgroll ? 25 : 18,
                        () -> new LockStage(tools, database -> Blocker.transactions(database, TRANSACTION))),
                new Variant(
                        "behind an autovacuum", 8, pgroll ? 45 : 35, () -> new LockStage(tools, Blocker::autovacuum)));
    }

    private static final class LockStage implements Stage {
        private final Tools tools;
        private final BenchServer server;
        private final PeopleTraffic traffic;
        private final Blocking blocking;

        LockStage(Tools tools, Blocking blocking) throws SQLException {
            this.tools = tools;
            this.blocking = blocking;
            // the table itself asks for none until a blocker wants one
            server = tools.server(Map.of("autovacuum", "on", "autovacuum_naptime", "1s"));
            long rows = tools.sizes().lockRows();
            traffic = new PeopleTraffic(
                    "people", rows, Math.min(200, tools.sizes().tps()), tools.sizes());
            server.model(People.table(rows, 1, People.Width.NARROW)).execute("VACUUM ANALYZE people");
        }

        @Override
        public List<Method> methods() {
            List<Method> methods = new ArrayList<>();
            methods.add(new Method(NO_TIMEOUT, () -> {
                Database database = server.copy("people");
                return measured(database, () -> database.execute(SLUICE));
            }));
            methods.add(new Method(FIXED_TIMEOUT, () -> {
                Database database = server.copy("people");
                return measured(database, () -> fixedTimeout(database));
            }));
            methods.add(new Method(SluiceRun.NAME, () -> {
                Database database = server.copy("people");
                SluiceRun run = SluiceRun.of(database, tools.scratch(), SLUICE)
                        .givingUpAfter(Duration.ofSeconds(tools.sizes().lockLimit()))
                        .begin();
                return measured(database, run::up, () -> Map.of("tries", (double) run.tries()));
            }));
            tools.pgroll(tools.sizes().lockLimit())
                    .ifPresent(pgroll -> methods.add(new Method(Pgroll.NAME, () -> {
                        Database database = server.copy("people");
                        pgroll.adopt(database);
                        return measured(database, () -> pgroll.start(database, PGROLL));
                    })));
            return methods;
        }

        private void fixedTimeout(Database database) throws SQLException, InterruptedException {
            long end = System.nanoTime() + tools.sizes().lockLimit() * 1_000_000_000L;
            try (Connection connection = database.connect();
                    var statement = connection.createStatement()) {
                statement.execute("SET lock_timeout = '1s'");
                for (int failures = 0; ; failures++) {
                    try {
                        statement.execute(SLUICE);
                        return;
                    } catch (SQLException e) {
                        if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState()) || System.nanoTime() > end) {
                            throw e;
                        }
                        Thread.sleep(Math.min(5000, 100L << Math.min(failures, 10)));
                    }
                }
            }
        }

        /** False when it gave up, or had to be stopped, because it took too long. */
        private static boolean ended(PeopleTraffic.Disturbance work) throws Exception {
            try {
                work.run();
                return true;
            } catch (Program.LimitReached e) {
                return false;
            } catch (SluiceException e) {
                if (String.valueOf(e.getMessage()).contains("no lock on")) {
                    return false;
                }
                throw e;
            } catch (SQLException e) {
                if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                    return false;
                }
                throw e;
            }
        }

        private Map<String, Double> measured(Database database, PeopleTraffic.Disturbance work) throws Exception {
            return measured(database, work, Map::of);
        }

        private Map<String, Double> measured(Database database, PeopleTraffic.Disturbance work, Method.Run afterwards)
                throws Exception {
            double[] unfinished = new double[1];
            List<Blocker> blockers = new ArrayList<>();
            try {
                Map<String, Double> values =
                        new TreeMap<>(traffic.during(database, () -> blockers.add(blocking.begin(database)), () -> {
                            if (!ended(work)) {
                                unfinished[0] = 1;
                            }
                        }));
                values.put("unfinished", unfinished[0]);
                values.putAll(afterwards.run());
                if (blockers.stream().anyMatch(Blocker::isFailed)) {
                    throw new IllegalStateException("the blocker failed");
                }
                return values;
            } finally {
                for (Blocker blocker : blockers) {
                    blocker.close();
                }
                server.drop(database);
            }
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
