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
import java.util.TreeMap;

/** A primary key runs out of numbers: from int to bigint, with the application at work. */
final class KeyScenario implements Scenario {
    private static final String ALTER_TYPE = "ALTER TYPE";

    private static final String MIGRATION = """
        ALTER TABLE orders ALTER COLUMN id TYPE bigint;

        -- migrate:down
        ALTER TABLE orders ALTER COLUMN id TYPE int;
        """;

    private static final String PGROLL = """
        {"alter_column": {"table": "orders", "column": "id", "type": "bigint", "up": "id", "down": "id::int"}}
        """;

    @Override
    public String id() {
        return "bigint-key";
    }

    @Override
    public String title() {
        return "Primary key from int to bigint";
    }

    @Override
    public String about() {
        return """
            A table with a primary key and one more index, and an application (50 requests a second, as above) which runs all the
            time. *ALTER TYPE* is the one statement, which rewrites the table and shuts everybody out meanwhile. Sluice runs `up`
            and `contract`, pgroll `start` and `complete`. The table's size is compared right afterwards: what is dropped or
            dead is not vacuumed yet. *failed requests* of pgroll include those of an old application during `complete`,
            which its documentation wants stopped by then.
            """;
    }

    @Override
    public List<String> methods() {
        return List.of(SluiceRun.NAME, ALTER_TYPE, Pgroll.NAME);
    }

    @Override
    public String reference() {
        return ALTER_TYPE;
    }

    @Override
    public List<Measure> measures() {
        return List.of(
                Measure.plotted("longest", "longest request of the application", "ms", 0),
                Measure.plotted("duration", "time", "s", 1),
                Measure.listed("failed", "failed requests", "", 0),
                Measure.plotted("wal", "WAL", "MB", 0),
                Measure.listed("disk", "table and indexes afterwards / before", "", 2),
                Measure.listed("cpu", "processor time of the server, load included", "s", 1),
                Measure.listed("hiccup", "hiccup", "ms", 0));
    }

    @Override
    public List<Target> targets() {
        return List.of(
                new Target("no failed request", "", SluiceRun.NAME, "failed", Target.Form.VALUE, "", 0),
                new Target("stall ≤ 60 ms", "", SluiceRun.NAME, "longest", Target.Form.VALUE, "", 60));
    }

    @Override
    public List<Variant> variants(Tools tools) {
        long rows = tools.sizes().keyRows();
        double million = rows / 1e6;
        return List.of(new Variant(
                String.format(Locale.ROOT, "%,d rows", rows),
                3 + 6 * million,
                6 + (17 + (tools.pgroll().isPresent() ? 23 : 0)) * million,
                () -> new KeyStage(tools)));
    }

    private static final class KeyStage implements Stage {
        private final Tools tools;
        private final BenchServer server;
        private final PeopleTraffic traffic;

        KeyStage(Tools tools) throws SQLException {
            this.tools = tools;
            server = tools.server();
            long rows = tools.sizes().keyRows();
            traffic = new PeopleTraffic("orders", rows, 50, tools.sizes());
            server.model(String.format(Locale.ROOT, """
                            CREATE TABLE orders (id int, customer int NOT NULL, visits int NOT NULL, placed timestamptz, note text)
                              WITH (autovacuum_enabled = off);
                            INSERT INTO orders SELECT g, g %% 10000, 0, timestamptz '2026-01-01' + g * interval '1 s', 'note ' || g
                              FROM generate_series(1, %d) g;
                            ALTER TABLE orders ADD PRIMARY KEY (id);
                            CREATE INDEX ON orders (customer);
                            """, rows)).execute("VACUUM ANALYZE orders");
        }

        @Override
        public List<Method> methods() {
            List<Method> methods = new ArrayList<>();
            methods.add(new Method(ALTER_TYPE, () -> {
                Database database = server.copy("orders");
                return measured(database, () -> database.execute("ALTER TABLE orders ALTER COLUMN id TYPE bigint"));
            }));
            methods.add(new Method(SluiceRun.NAME, () -> {
                Database database = server.copy("orders");
                SluiceRun run =
                        SluiceRun.of(database, tools.scratch(), MIGRATION).begin();
                return measured(database, () -> {
                    run.up();
                    run.contract();
                });
            }));
            tools.pgroll(3600)
                    .ifPresent(pgroll -> methods.add(new Method(Pgroll.NAME, () -> {
                        Database database = server.copy("orders");
                        pgroll.adopt(database);
                        return measured(database, () -> {
                            pgroll.start(database, PGROLL);
                            pgroll.complete(database);
                        });
                    })));
            return methods;
        }

        private Map<String, Double> measured(Database database, PeopleTraffic.Disturbance work) throws Exception {
            Map<String, Double> cost = new TreeMap<>();
            Map<String, Double> values = new TreeMap<>(traffic.during(database, () -> {
                Cost before = Cost.start(server, database, "orders");
                work.run();
                cost.putAll(before.end());
            }));
            values.putAll(cost);
            values.put("duration", cost.getOrDefault("seconds", 0.0));
            if (database.number("SELECT count(*) FROM information_schema.columns WHERE table_schema = 'public'"
                            + " AND table_name = 'orders' AND column_name = 'id' AND data_type = 'bigint'")
                    != 1) {
                throw new IllegalStateException("the key is not bigint");
            }
            server.drop(database);
            return values;
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
