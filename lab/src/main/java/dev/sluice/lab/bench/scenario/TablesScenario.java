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
import dev.sluice.lab.bench.tool.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A database with thousands of tables, of which a migration concerns one. */
final class TablesScenario implements Scenario {
    private static final String PLAN = "sluice plan";
    private static final String UP = "sluice up";
    private static final String STATUS = "sluice status";
    private static final String START = Pgroll.NAME + " start";
    private static final double MEGABYTE = 1e6;

    @Override
    public String id() {
        return "tables";
    }

    @Override
    public String title() {
        return "A database with many tables";
    }

    @Override
    public String about() {
        return """
            Every table has six columns, a primary key, a foreign key, a CHECK, an index and ten rows. The migration adds a
            column to one of them and fills it. Time and memory (resident set) are those of the whole program, JVM included,
            with the settings of `./sluice`, on a server that does not wait for its disk. `sluice up` and `pgroll start` run on
            a fresh copy of the database. pgroll makes a view of each table for the new version.
            """;
    }

    @Override
    public List<String> methods() {
        return List.of(PLAN, UP, STATUS, START);
    }

    @Override
    public String reference() {
        return START;
    }

    @Override
    public List<Measure> measures() {
        return List.of(
                Measure.plotted("time", "time", "ms", 0),
                Measure.plotted("memory", "most memory of the program", "MB", 0));
    }

    @Override
    public List<Target> targets() {
        return List.of(
                new Target("memory ≤ 256 MB", "", PLAN, "memory", Target.Form.VALUE, "", 256),
                new Target("memory ≤ 256 MB", "", UP, "memory", Target.Form.VALUE, "", 256));
    }

    @Override
    public List<Variant> variants(Tools tools) {
        if (tools.launcher().isEmpty()) {
            return List.of();
        }
        int tables = tools.sizes().tables();
        return List.of(new Variant(
                String.format(Locale.ROOT, "%,d tables", tables),
                4 + tables / 190.0,
                4 + tables / 560.0 * (tools.pgroll().isPresent() ? 2 : 1),
                () -> new TablesStage(tools, tools.launcher().get(), tables)));
    }

    private static final class TablesStage implements Stage {
        private final Tools tools;
        private final BenchServer server;
        private final Path launcher;
        private final Path directory;
        private final Database model;

        TablesStage(Tools tools, Path launcher, int tables) throws Exception {
            this.tools = tools;
            this.launcher = launcher;
            server = BenchServer.start(tools.postgres(), BenchServer.counting()).withPasswordAsUsual();
            model = server.model("CREATE TABLE parent (id bigint PRIMARY KEY); INSERT INTO parent VALUES (1)");
            create(tables);
            model.execute("ANALYZE");
            directory = Files.createTempDirectory(tools.scratch(), "project-");
            Files.writeString(directory.resolve("20260102000000_column.sql"), """
                -- migrate:up
                ALTER TABLE people_1 ADD COLUMN full_name text;
                UPDATE people_1 SET full_name = first || ' ' || last;

                -- migrate:down
                ALTER TABLE people_1 DROP COLUMN full_name;
                """);
        }

        private void create(int tables) throws SQLException {
            try (Connection connection = model.connect();
                    var statement = connection.createStatement()) {
                for (int i = 1; i <= tables; i++) {
                    statement.execute(String.format(Locale.ROOT, """
                        CREATE TABLE people_%1$d (id bigint PRIMARY KEY, parent_id bigint REFERENCES parent, first text, last text,
                          visits int CHECK (visits >= 0), at timestamptz DEFAULT now());
                        CREATE INDEX ON people_%1$d (last);
                        INSERT INTO people_%1$d SELECT g, 1, 'f' || g, 'l' || g, 0 FROM generate_series(1, 10) g;
                        """, i));
                }
            }
        }

        @Override
        public List<Method> methods() {
            List<Method> methods = new ArrayList<>();
            methods.add(new Method(PLAN, () -> values(sluice(model, "plan").requireSuccess(PLAN))));
            methods.add(new Method(STATUS, () -> values(sluice(model, "status"))));
            methods.add(new Method(UP, () -> {
                Database database = server.copy();
                Map<String, Double> values = values(sluice(database, "up").requireSuccess(UP));
                requireFilled(database, "full_name");
                server.drop(database);
                return values;
            }));
            tools.pgroll(600)
                    .ifPresent(pgroll -> methods.add(new Method(START, () -> {
                        Database database = server.copy();
                        pgroll.adopt(database);
                        Map<String, Double> values =
                                values(pgroll.start(database, People.PGROLL.replace("\"people\"", "\"people_1\"")));
                        requireFilled(database, "_pgroll_new_full_name");
                        server.drop(database);
                        return values;
                    })));
            return methods;
        }

        private static void requireFilled(Database database, String column) throws SQLException {
            if (database.number("SELECT count(*) FROM people_1 WHERE " + column + " IS NOT NULL") != 10) {
                throw new IllegalStateException("not filled");
            }
        }

        private Program sluice(Database database, String command) throws IOException {
            return Program.run(
                    List.of(launcher.toString(), "--url", database.url(), "--dir", directory.toString(), command),
                    Map.of(),
                    600);
        }

        private static Map<String, Double> values(Program program) {
            return Map.of("time", program.seconds() * 1000, "memory", program.peakMemory() / MEGABYTE);
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
