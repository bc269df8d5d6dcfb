package dev.sluice.lab.bench.scenario;

import dev.sluice.lab.bench.Measure;
import dev.sluice.lab.bench.Method;
import dev.sluice.lab.bench.Scenario;
import dev.sluice.lab.bench.Stage;
import dev.sluice.lab.bench.Target;
import dev.sluice.lab.bench.Tools;
import dev.sluice.lab.bench.Variant;
import dev.sluice.lab.bench.scenario.People.Width;
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

/** A new column of a whole table, filled from others, with nobody else on the server. */
final class BackfillScenario implements Scenario {

    @Override
    public String id() {
        return "backfill";
    }

    @Override
    public String title() {
        return "Backfill of a whole table";
    }

    @Override
    public String about() {
        return """
            A table gets `full_name`, computed from two of its columns. Each method begins with a fresh copy of the same
            table, read into memory once, after a checkpoint, and includes adding the column. *one UPDATE* and *keyset
            batches* (5,000 rows each, one transaction each) install no dual write and keep no old version of the application
            right; Sluice (`up`) and pgroll (`start`, batches of 1,000, its default) do. *one UPDATE, in step* is one UPDATE
            under the dual write that Sluice installs: a trigger that is there but has nothing to do for the rows of the
            UPDATE itself. The target of 1.5 was set with it; the row without it is shown, too. Sluice's time includes planning,
            its journal's rows, the dual write, the proof that no row was missed, and an ANALYZE of the column; the tables of the
            journal are there before, as pgroll's are (`init`). Nobody else is at work on the database, so that Sluice fills
            tables of more than 4 MB in two sessions, as it does by default, on both cores of this machine; the processor time
            shows what that costs: about as much as one UPDATE in step, of which the passes save the index entries and the log
            and cost visits to the pages. Autovacuum is off. Afterwards every row is compared with the expression. Not measured:
            tables larger than memory, replicas.
            """;
    }

    @Override
    public List<String> methods() {
        return List.of(SluiceRun.NAME, People.UPDATE, People.IN_STEP, People.BATCHES, Pgroll.NAME);
    }

    @Override
    public String reference() {
        return People.UPDATE;
    }

    @Override
    public List<Measure> measures() {
        return List.of(
                Measure.plotted("seconds", "time", "s", 1),
                Measure.listed("fill_seconds", "of it Sluice's backfill step", "s", 1),
                Measure.plotted("wal", "WAL", "MB", 0),
                Measure.plotted("heap", "heap afterwards / before", "", 2),
                Measure.plotted("indexes", "indexes afterwards / before", "", 2),
                Measure.listed("cpu", "processor time of the server", "s", 1));
    }

    @Override
    public List<Target> targets() {
        String indexed = "[1-9] ind";
        return List.of(
                speedup("≥ 1.5 × one UPDATE in step, with secondary indexes", indexed, People.IN_STEP, 1.5),
                speedup("≥ 1.5 × one UPDATE without dual write, with secondary indexes", indexed, People.UPDATE, 1.5),
                speedup("≥ 0.9 × one UPDATE in step, without secondary indexes", " 0 ind", People.IN_STEP, 0.9),
                speedup("≥ 0.9 × one UPDATE without dual write or secondary indexes", " 0 ind", People.UPDATE, 0.9),
                speedup("≥ 4 × pgroll with secondary indexes", indexed, Pgroll.NAME, 4),
                new Target(
                        "WAL ≤ 0.8 × one UPDATE with secondary indexes",
                        indexed,
                        SluiceRun.NAME,
                        "wal",
                        Target.Form.RATIO,
                        People.UPDATE,
                        0.8),
                new Target(
                        "heap ≤ 1.5 × before, with secondary indexes",
                        indexed,
                        SluiceRun.NAME,
                        "heap",
                        Target.Form.VALUE,
                        "",
                        1.5));
    }

    private static Target speedup(String text, String variants, String against, double bound) {
        return new Target(text, variants, SluiceRun.NAME, "seconds", Target.Form.SPEEDUP, against, bound);
    }

    @Override
    public List<Variant> variants(Tools tools) {
        List<Variant> variants = new ArrayList<>();
        if (tools.sizes().backfillSpot() > 0) {
            variants.add(variant(tools, tools.sizes().backfillSpot(), 1, Width.NARROW));
        }
        for (long rows : tools.sizes().backfill()) {
            for (Width width : Width.values()) {
                for (int indexes : List.of(1, 0, 4)) {
                    variants.add(variant(tools, rows, indexes, width));
                }
            }
        }
        return variants;
    }

    private static Variant variant(Tools tools, long rows, int indexes, Width width) {
        String name = String.format(
                Locale.ROOT,
                "%,d rows, %s, %d %s",
                rows,
                width.name().toLowerCase(Locale.ROOT),
                indexes,
                indexes == 1 ? "index" : "indexes");
        double million = rows / 1e6 * (width == Width.WIDE ? 1.6 : 1) * (1 + 0.3 * indexes);
        double pgroll = tools.pgroll().isPresent() ? 14 * million : 0;
        return new Variant(
                name, 1 + 3 * million, 3 + 19 * million + pgroll, () -> new BackfillStage(tools, rows, indexes, width));
    }

    private static final class BackfillStage implements Stage {
        private final Tools tools;
        private final BenchServer server;

        BackfillStage(Tools tools, long rows, int indexes, Width width) throws SQLException {
            this.tools = tools;
            server = tools.server();
            server.model(People.table(rows, indexes, width)).execute("VACUUM ANALYZE people");
        }

        @Override
        public List<Method> methods() {
            List<Method> methods = new ArrayList<>();
            methods.add(new Method(
                    People.UPDATE,
                    () -> measured("full_name", database -> {
                        People.oneUpdate(database);
                        return Map.of();
                    })));
            methods.add(new Method(
                    People.IN_STEP,
                    () -> measured("full_name", database -> {
                        People.oneUpdateInStep(database);
                        return Map.of();
                    })));
            methods.add(new Method(
                    People.BATCHES,
                    () -> measured("full_name", database -> {
                        People.batches(database);
                        return Map.of();
                    })));
            methods.add(new Method(SluiceRun.NAME, () -> {
                Database database = server.copy("people");
                SluiceRun run = SluiceRun.of(database, tools.scratch(), People.MIGRATION)
                        .begin();
                return measured(database, "full_name", same -> {
                    run.up();
                    return Map.of("fill_seconds", run.fillSeconds());
                });
            }));
            tools.pgroll(3600)
                    .ifPresent(pgroll -> methods.add(new Method(
                            Pgroll.NAME,
                            () -> measured("_pgroll_new_full_name", pgroll, database -> {
                                pgroll.start(database, People.PGROLL);
                                return Map.of();
                            }))));
            return methods;
        }

        private interface Fill {
            Map<String, Double> run(Database database) throws Exception;
        }

        private Map<String, Double> measured(String column, Fill fill) throws Exception {
            Database database = server.copy("people");
            return measured(database, column, fill);
        }

        private Map<String, Double> measured(String column, Pgroll pgroll, Fill fill) throws Exception {
            Database database = server.copy("people");
            pgroll.adopt(database);
            return measured(database, column, fill);
        }

        private Map<String, Double> measured(Database database, String column, Fill fill) throws Exception {
            Cost cost = Cost.start(server, database, "people");
            Map<String, Double> values = new TreeMap<>(fill.run(database));
            values.putAll(cost.end());
            People.requireFilled(database, column);
            server.drop(database);
            return values;
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
