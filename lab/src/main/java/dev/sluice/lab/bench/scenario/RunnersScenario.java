package dev.sluice.lab.bench.scenario;

import dev.sluice.lab.bench.Measure;
import dev.sluice.lab.bench.Method;
import dev.sluice.lab.bench.Scenario;
import dev.sluice.lab.bench.Spread;
import dev.sluice.lab.bench.Stage;
import dev.sluice.lab.bench.Target;
import dev.sluice.lab.bench.Tools;
import dev.sluice.lab.bench.Variant;
import dev.sluice.lab.bench.tool.BenchServer;
import dev.sluice.lab.bench.tool.Database;
import dev.sluice.lab.bench.tool.Runner;
import dev.sluice.lab.bench.tool.RunnerFiles;
import dev.sluice.lab.bench.tool.Runners;
import dev.sluice.lab.bench.tool.SluiceRun;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Sluice as a plain migration runner: a fresh database, and one where nothing is to be done. */
final class RunnersScenario implements Scenario {
    private static final int NO_OPS = 5;

    @Override
    public String id() {
        return "runners";
    }

    @Override
    public String title() {
        return "As a migration runner";
    }

    @Override
    public String about() {
        return """
            The same small migrations (tables, columns, indexes, foreign keys; one statement or two each) on a fresh database, and
            then again with nothing to do; each time the files are read from the disk. All run in one process whose JVM has warmed
            up in the rounds before, on a server that does not wait for its disk and hashes passwords in one iteration, so that none
            of this hides what a runner costs.
            *JDBC, no more than needed* takes a lock, reads a table of what was applied, and runs each file in a transaction:
            nearly all of its time is the server's own for the statements, so that no runner can be much faster, and a target of
            five times a peer is out of reach where that peer takes less than five times as long as this. With nothing to do
            it does not even open the files. *JDBC, and every file read* does, and compares a checksum, as Sluice and its peers
            do: what any runner needs at least that notices an edited file.
            Flyway and Liquibase have their default settings; Liquibase reads the same SQL as formatted SQL changelogs. The time of
            a run with nothing to do is the median of five; statements are counted by the server, those of opening connections
            included.
            """;
    }

    @Override
    public List<String> methods() {
        return List.of(SluiceRun.NAME, Runners.JDBC, Runners.JDBC_THAT_READS, Runners.FLYWAY, Runners.LIQUIBASE);
    }

    @Override
    public String reference() {
        return Runners.JDBC;
    }

    @Override
    public List<Measure> measures() {
        return List.of(
                Measure.plotted("seconds", "time to apply all", "s", 2),
                Measure.plotted("noop", "time with nothing to do", "ms", 0),
                Measure.listed("statements", "statements", "", 0));
    }

    @Override
    public List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        targets.add(new Target(
                "≤ 1.3 × plain JDBC", "apply", SluiceRun.NAME, "seconds", Target.Form.RATIO, Runners.JDBC, 1.3));
        for (String peer : List.of(Runners.FLYWAY, Runners.LIQUIBASE)) {
            targets.add(new Target(
                    "≥ 5 × as fast as " + peer, "apply", SluiceRun.NAME, "seconds", Target.Form.SPEEDUP, peer, 5));
            targets.add(new Target(
                    "≥ 5 × as fast as " + peer + " with nothing to do",
                    "nothing",
                    SluiceRun.NAME,
                    "noop",
                    Target.Form.SPEEDUP,
                    peer,
                    5));
        }
        targets.add(
                new Target("≤ 50 ms with nothing to do", "nothing", SluiceRun.NAME, "noop", Target.Form.VALUE, "", 50));
        targets.add(new Target(
                "≤ 4 statements with nothing to do",
                "nothing",
                SluiceRun.NAME,
                "statements",
                Target.Form.VALUE,
                "",
                4));
        return targets;
    }

    @Override
    public List<Variant> variants(Tools tools) {
        int few = tools.sizes().migrations();
        int many = tools.sizes().manyMigrations();
        double thousand = few / 1000.0 * (tools.peers().isEmpty() ? 0.2 : 1);
        double thousands = many / 1000.0 * (tools.peers().isEmpty() ? 0.2 : 1);
        List<Variant> variants = new ArrayList<>();
        variants.add(new Variant(
                String.format(Locale.ROOT, "apply %,d migrations", few),
                2,
                2 + 13 * thousand,
                () -> new ApplyStage(tools, few)));
        for (int applied : List.of(few, many)) {
            if (applied > 0) {
                double work = applied == few ? thousand : thousands;
                variants.add(new Variant(
                        String.format(Locale.ROOT, "nothing to do, %,d applied", applied),
                        2 + 17 * work,
                        1 + 2 * work,
                        () -> new NothingStage(tools, applied)));
            }
        }
        return variants;
    }

    private static final class ApplyStage implements Stage {
        private final BenchServer server;
        private final List<Runner> runners;
        private final Path files;

        ApplyStage(Tools tools, int migrations) throws Exception {
            files = RunnerFiles.write(tools.scratch(), migrations);
            runners = Runners.all(tools.peers());
            server = BenchServer.start(tools.postgres(), BenchServer.counting());
        }

        @Override
        public List<Method> methods() {
            return runners.stream()
                    .map(runner -> new Method(runner.name(), () -> apply(runner)))
                    .toList();
        }

        private Map<String, Double> apply(Runner runner) throws Exception {
            Database database = server.empty();
            server.admin().execute("CHECKPOINT");
            long start = System.nanoTime();
            runner.migrate(database, files);
            double seconds = (System.nanoTime() - start) / 1e9;
            requireApplied(database);
            server.drop(database);
            return Map.of("seconds", seconds);
        }

        @Override
        public void close() {
            server.close();
        }
    }

    private static void requireApplied(Database database) throws SQLException {
        if (database.number("SELECT count(*) FROM pg_class WHERE relname LIKE 'customer%' AND relkind = 'r'") == 0) {
            throw new IllegalStateException("nothing was applied");
        }
    }

    private static final class NothingStage implements Stage {
        private final BenchServer server;
        private final Path files;
        private final Map<Runner, Database> databases = new LinkedHashMap<>();

        NothingStage(Tools tools, int migrations) throws Exception {
            files = RunnerFiles.write(tools.scratch(), migrations);
            server = BenchServer.start(tools.postgres(), BenchServer.counting());
            server.admin().execute("CREATE EXTENSION pg_stat_statements");
            for (Runner runner : Runners.all(tools.peers())) {
                Database database = server.empty();
                runner.migrate(database, files);
                requireApplied(database);
                runner.migrate(database, files);
                databases.put(runner, database);
            }
            server.admin().execute("CHECKPOINT");
        }

        @Override
        public List<Method> methods() {
            List<Method> methods = new ArrayList<>();
            databases.forEach(
                    (runner, database) -> methods.add(new Method(runner.name(), () -> nothing(runner, database))));
            return methods;
        }

        private Map<String, Double> nothing(Runner runner, Database database) throws Exception {
            server.admin().execute("SELECT pg_stat_statements_reset()");
            List<Double> milliseconds = new ArrayList<>();
            for (int i = 0; i < NO_OPS; i++) {
                long start = System.nanoTime();
                runner.migrate(database, files);
                milliseconds.add((System.nanoTime() - start) / 1e6);
            }
            double statements = server.admin()
                    .number("SELECT coalesce(sum(calls), 0) FROM pg_stat_statements s"
                            + " JOIN pg_database d ON d.oid = s.dbid WHERE d.datname = '" + database.name() + "'");
            return Map.of("noop", Spread.of(milliseconds).median(), "statements", statements / NO_OPS);
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
