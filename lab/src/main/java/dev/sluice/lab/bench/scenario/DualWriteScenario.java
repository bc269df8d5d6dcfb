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
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a statement of the old application costs while both versions run. */
final class DualWriteScenario implements Scenario {
    private static final String BARE = "no migration";
    private static final double MICROSECONDS = 1e6;

    @Override
    public String id() {
        return "dual-write";
    }

    @Override
    public String title() {
        return "Cost of the dual write";
    }

    @Override
    public String about() {
        return """
            The migration of the backfill stands between `up` and `contract` (pgroll: between `start` and `complete`), and the
            old application writes: statements over many rows, so that parsing and network do not blur what a row costs. Processor
            time is that of the whole server. *other column* updates a column that the migration has nothing to do with, *source
            column* one that the new column is computed from. *no migration* is the same table as it was. Small transactions
            pay the same per row, and more for what surrounds it, so that their ratio is lower.
            """;
    }

    /** What the application writes. */
    private enum Statement {
        INSERT(
                "INSERT",
                "INSERT INTO people (id, first, last, visits) "
                        + "SELECT 100000000 + g, 'f' || g, 'l' || g, 0 FROM generate_series(1, %d) g"),
        OTHER_COLUMN("UPDATE of another column", "UPDATE people SET visits = visits + 1 WHERE id <= %d"),
        SOURCE_COLUMN("UPDATE of a source column", "UPDATE people SET first = first || 'x' WHERE id <= %d");

        private final String title;
        private final String sql;

        Statement(String title, String sql) {
            this.title = title;
            this.sql = sql;
        }
    }

    @Override
    public List<String> methods() {
        return List.of(SluiceRun.NAME, BARE, Pgroll.NAME);
    }

    @Override
    public String reference() {
        return BARE;
    }

    @Override
    public List<Measure> measures() {
        return List.of(
                Measure.plotted("cpu_row", "processor time per row", "µs", 1),
                Measure.listed("time_row", "time per row", "µs", 1),
                Measure.listed("wal_row", "WAL per row", "B", 0));
    }

    @Override
    public List<Target> targets() {
        return List.of(new Target(
                "≤ 1.8 × the bare statement's processor time",
                "",
                SluiceRun.NAME,
                "cpu_row",
                Target.Form.RATIO,
                BARE,
                1.8));
    }

    @Override
    public List<Variant> variants(Tools tools) {
        long rows = tools.sizes().dualWrite();
        List<Variant> variants = new ArrayList<>();
        for (Statement statement : Statement.values()) {
            variants.add(new Variant(
                    String.format(Locale.ROOT, "%s, %,d rows", statement.title, rows),
                    3 + 30 * rows / 1e6,
                    1 + 20 * rows / 1e6,
                    () -> new DualWriteStage(tools, statement)));
        }
        return variants;
    }

    /** How far a table was migrated. */
    private enum State {
        BARE,
        SLUICE,
        PGROLL
    }

    private static final class DualWriteStage implements Stage {
        private final BenchServer server;
        private final Statement statement;
        private final long rows;
        private final Map<State, Database> databases = new EnumMap<>(State.class);

        DualWriteStage(Tools tools, Statement statement) throws Exception {
            this.statement = statement;
            this.rows = tools.sizes().dualWrite();
            server = tools.server();
            server.model(People.table(rows, 1, People.Width.NARROW)).execute("VACUUM ANALYZE people");
            databases.put(State.BARE, server.copy("people"));
            Database sluice = server.copy("people");
            SluiceRun.of(sluice, tools.scratch(), People.MIGRATION).up();
            databases.put(State.SLUICE, sluice);
            if (tools.pgroll().isPresent()) {
                Database old = server.copy("people");
                Pgroll pgroll = tools.pgroll(1800).get();
                pgroll.adopt(old);
                pgroll.start(old, People.PGROLL);
                databases.put(State.PGROLL, old);
            }
        }

        @Override
        public List<Method> methods() {
            List<Method> methods = new ArrayList<>();
            databases.forEach((state, database) -> methods.add(new Method(
                    switch (state) {
                        case BARE -> BARE;
                        case SLUICE -> SluiceRun.NAME;
                        case PGROLL -> Pgroll.NAME;
                    },
                    () -> run(database))));
            return methods;
        }

        /** Rolled back, and vacuumed, so that every round meets the same table. */
        private Map<String, Double> run(Database database) throws SQLException {
            database.execute("VACUUM people");
            server.admin().execute("CHECKPOINT");
            try (Connection connection = database.connect();
                    var sql = connection.createStatement()) {
                connection.setAutoCommit(false);
                double wal = wal(database);
                double cpu = server.cpuSeconds();
                long start = System.nanoTime();
                long written = sql.executeLargeUpdate(String.format(Locale.ROOT, statement.sql, rows));
                double seconds = (System.nanoTime() - start) / 1e9;
                if (written != rows) {
                    throw new IllegalStateException(written + " of " + rows + " rows written");
                }
                Map<String, Double> values = Map.of(
                        "cpu_row", (server.cpuSeconds() - cpu) / rows * MICROSECONDS,
                        "time_row", seconds / rows * MICROSECONDS,
                        "wal_row", (wal(database) - wal) / rows);
                connection.rollback();
                return values;
            }
        }

        private static double wal(Database database) throws SQLException {
            return database.number("SELECT pg_current_wal_insert_lsn() - '0/0'");
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
