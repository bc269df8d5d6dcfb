package dev.sluice.lab.bench;

import dev.sluice.backfill.Control;
import dev.sluice.backfill.Cursor;
import dev.sluice.backfill.CursorStore;
import dev.sluice.backfill.DataContext;
import dev.sluice.backfill.DataOptions;
import dev.sluice.backfill.DataWork;
import dev.sluice.backfill.ProgressListener;
import dev.sluice.backfill.WalkReport;
import dev.sluice.db.Session;
import dev.sluice.lab.EmbeddedPostgres;
import dev.sluice.lab.PostgresSettings;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.plan.Assignment;
import dev.sluice.plan.Source;
import dev.sluice.plan.Step;
import dev.sluice.plan.StepInfo;
import dev.sluice.sql.QualifiedName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;

/**
 * The backfill against one plain UPDATE of the whole table: same table, one secondary index, dual-write trigger
 * installed. Arguments: rows (default 1000000), rounds (default 3), major version (default the newest),
 * target batch time in ms (default that of the backfill; on a busy machine more gives the batches of a quiet one).
 */
public final class BackfillBench {

    private static final String TABLE = """
        DROP TABLE IF EXISTS people, cursors;
        CREATE TABLE people AS SELECT * FROM original;
        ALTER TABLE people ADD PRIMARY KEY (id);
        CREATE INDEX ON people (last);
        CREATE TRIGGER "~sluice_u" BEFORE UPDATE ON people FOR EACH ROW
          WHEN (NOT record_image_eq(ROW(NEW.full_name), ROW(NEW.first || ' ' || NEW.last))) EXECUTE FUNCTION sync();
        CREATE TABLE cursors (one int PRIMARY KEY DEFAULT 1, cursor text);
        """;

    private static final String SETUP = """
        CREATE TABLE original AS
          SELECT g::bigint AS id, 'first' || g AS first, 'last' || g AS last, NULL::text AS full_name
            FROM generate_series(1, %d) g;
        CREATE FUNCTION sync() RETURNS trigger LANGUAGE plpgsql AS
          $$BEGIN NEW.full_name := NEW.first || ' ' || NEW.last; RETURN NEW; END$$;
        """;

    private final EmbeddedPostgres server;
    private final long rows;
    private final DataOptions options;

    private BackfillBench(EmbeddedPostgres server, long rows, Duration targetBatch) {
        this.server = server;
        this.rows = rows;
        DataOptions usual = DataOptions.defaults();
        this.options = new DataOptions(
                targetBatch, usual.maxReplicaLag(), usual.patience(), usual.vacuum(), usual.maxSweeps());
    }

    /** What one run cost. {@code cpuSeconds} of its backend is 0 where it cannot be read. */
    private record Cost(double seconds, double cpuSeconds, double walBytes, double heapGrowth, double indexGrowth) {}

    /** @throws SQLException when the server refuses something, which is a bug */
    public static void main(String[] args) throws SQLException {
        long rows = args.length > 0 ? Long.parseLong(args[0]) : 1_000_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        PostgresVersion version =
                args.length > 2 ? PostgresVersion.ofMajor(Integer.parseInt(args[2])) : PostgresVersion.newest();
        long target = args.length > 3
                ? Long.parseLong(args[3])
                : DataOptions.defaults().targetBatch().toMillis();
        Map<String, String> settings =
                PostgresSettings.with(PostgresSettings.likeProduction(), Map.of("autovacuum", "off"));
        try (EmbeddedPostgres server = EmbeddedPostgres.start(version, settings)) {
            new BackfillBench(server, rows, Duration.ofMillis(target)).run(rounds);
        }
    }

    private void run(int rounds) throws SQLException {
        execute(SETUP.formatted(rows));
        List<Cost> plain = new ArrayList<>();
        List<Cost> ours = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            plain.add(measure("plain UPDATE", this::plainUpdate));
            ours.add(measure("backfill", this::backfill));
        }
        System.out.println("median of the ratios backfill / plain UPDATE:");
        System.out.printf(Locale.ROOT, "  speed %.2f%n", 1 / ratio(ours, plain, Cost::seconds));
        System.out.printf(Locale.ROOT, "  CPU of the backend %.2f%n", ratio(ours, plain, Cost::cpuSeconds));
        System.out.printf(Locale.ROOT, "  WAL %.2f%n", ratio(ours, plain, Cost::walBytes));
        System.out.printf(Locale.ROOT, "  heap %.2f%n", ratio(ours, plain, Cost::heapGrowth));
        System.out.printf(Locale.ROOT, "  indexes %.2f%n", ratio(ours, plain, Cost::indexGrowth));
    }

    private interface Run {
        /** @return the CPU seconds that its backend used */
        double run() throws SQLException;
    }

    private Cost measure(String name, Run run) throws SQLException {
        execute(TABLE);
        execute("VACUUM ANALYZE people");
        execute("CHECKPOINT");
        double heap = number("SELECT pg_relation_size('people')");
        double indexes = number("SELECT pg_indexes_size('people')");
        double wal = number("SELECT pg_current_wal_insert_lsn() - '0/0'");
        long started = System.nanoTime();
        double cpu = run.run();
        double seconds = (System.nanoTime() - started) / 1e9;
        Cost cost = new Cost(
                seconds,
                cpu,
                number("SELECT pg_current_wal_insert_lsn() - '0/0'") - wal,
                number("SELECT pg_relation_size('people')") / heap,
                number("SELECT pg_indexes_size('people')") / indexes);
        if (number("SELECT count(*) FROM people WHERE full_name IS DISTINCT FROM first || ' ' || last") != 0) {
            throw new IllegalStateException(name + " left rows unfilled");
        }
        System.out.printf(
                Locale.ROOT,
                "%-12s  %8.0f rows/s  %5.1f s  CPU %5.1f s  WAL %4.0f B/row  heap x%.2f  indexes x%.2f%n",
                name,
                rows / seconds,
                seconds,
                cpu,
                cost.walBytes() / rows,
                cost.heapGrowth(),
                cost.indexGrowth());
        return cost;
    }

    private double plainUpdate() throws SQLException {
        try (Connection connection = server.connect("postgres");
                var statement = connection.createStatement()) {
            int pid = pid(connection);
            statement.execute("UPDATE people SET full_name = first || ' ' || last");
            return cpuSeconds(pid);
        }
    }

    private double backfill() {
        QualifiedName table = QualifiedName.of("public", "people");
        StepInfo info =
                new StepInfo("e1", "fill people", "", new Source("bench.sql", 0, 0), List.of(), rows, -1, List.of());
        Step.Backfill step = new Step.Backfill(
                info,
                table,
                List.of(new Assignment("full_name", "first || ' ' || last")),
                "full_name IS NULL",
                false,
                List.of("id"));
        AtomicInteger pid = new AtomicInteger();
        double[] cpu = new double[1];
        CursorStore cursors = new CursorStore() {
            @Override
            public Optional<Cursor> load(Session session) {
                return session.one("SELECT cursor FROM cursors", row -> Cursor.parse(row.text(1)));
            }

            @Override
            public void save(Session session, Cursor cursor) {
                session.execute(
                        "INSERT INTO cursors (cursor) VALUES (?) ON CONFLICT (one) DO UPDATE SET cursor ="
                                + " excluded.cursor",
                        cursor.format());
                if (cursor.stage() == Cursor.Stage.DONE) {
                    cpu[0] = cpuSeconds(pid.get());
                }
            }
        };
        DataContext context = new DataContext(
                () -> {
                    Connection connection = server.connect("postgres");
                    pid.set(pid(connection));
                    return connection;
                },
                "public",
                options,
                ProgressListener.NONE,
                Control.NONE);
        WalkReport report = new DataWork(context).backfill(step, cursors);
        System.out.printf(
                Locale.ROOT,
                "              %d batches, %.1f ms on average, %.0f %% HOT%n",
                report.batches(),
                report.elapsed().toMillis() / (double) report.batches(),
                100 * report.hotRatio());
        return cpu[0];
    }

    private static int pid(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT pg_backend_pid()")) {
            result.next();
            return result.getInt(1);
        }
    }

    /** User and system time of a process; Linux only (proc(5), fields 14 and 15 of stat, in ticks of 10 ms). */
    private static double cpuSeconds(int pid) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
        } catch (IOException e) {
            return 0;
        }
    }

    private static double ratio(List<Cost> ours, List<Cost> plain, ToDoubleFunction<Cost> value) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            ratios.add(value.applyAsDouble(ours.get(i)) / value.applyAsDouble(plain.get(i)));
        }
        ratios.sort(null);
        return ratios.get(ratios.size() / 2);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = server.connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private double number(String sql) throws SQLException {
        try (Connection connection = server.connect("postgres");
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getDouble(1);
        }
    }
}
