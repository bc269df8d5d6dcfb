package dev.sluice.lab.bench;

import dev.sluice.Migrator;
import dev.sluice.PostgresPlans;
import dev.sluice.Settings;
import dev.sluice.lab.EmbeddedPostgres;
import dev.sluice.lab.PostgresSettings;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationDirectory;
import dev.sluice.migration.MigrationGraph;
import dev.sluice.migration.TransactionMode;
import dev.sluice.run.RunListener;
import dev.sluice.run.RunResult;
import dev.sluice.run.UpOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Builds a fresh database of a project's migrations, with Sluice and with nothing but the driver: one connection, one
 * transaction for each file. Rounds alternate, so that a busy machine slows both. The server does not wait for its disk,
 * which would hide what Sluice costs. Arguments: directory of migrations, rounds (default 9), major version (default
 * the newest).
 */
public final class FreshBench {

    private final EmbeddedPostgres server;
    private final List<Migration> migrations;
    private int databases;

    private FreshBench(EmbeddedPostgres server, List<Migration> migrations) {
        this.server = server;
        this.migrations = migrations;
    }

    /** @throws SQLException when the server refuses something, which is a bug */
    public static void main(String[] args) throws SQLException {
        if (args.length == 0) {
            throw new IllegalArgumentException("which directory of migrations?");
        }
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 9;
        PostgresVersion version =
                args.length > 2 ? PostgresVersion.ofMajor(Integer.parseInt(args[2])) : PostgresVersion.newest();
        List<Migration> migrations = MigrationGraph.of(new MigrationDirectory(Path.of(args[0]))
                        .read()
                        .requireValid()
                        .migrations())
                .order();
        try (EmbeddedPostgres server = EmbeddedPostgres.start(version, PostgresSettings.forTests())) {
            new FreshBench(server, migrations).run(rounds);
        }
    }

    private void run(int rounds) throws SQLException {
        List<Double> plain = new ArrayList<>();
        List<Double> ours = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        System.out.println(migrations.size() + " migrations; round, driver alone, Sluice, ratio");
        for (int round = 1; round <= rounds; round++) {
            double driver = milliseconds(this::byDriver);
            double sluice = milliseconds(this::bySluice);
            System.out.printf(Locale.ROOT, "%5d %8.0f ms %8.0f ms %6.2f%n", round, driver, sluice, sluice / driver);
            plain.add(driver);
            ours.add(sluice);
            ratios.add(sluice / driver);
        }
        System.out.printf(Locale.ROOT, "cold (first round)   %.2f%n", ratios.get(0));
        if (rounds > 2) {
            int warm = rounds / 3; // by then the JVM has compiled what matters, for both
            System.out.printf(
                    Locale.ROOT,
                    "warm (last %d rounds) %.2f median of ratios; %.0f ms against %.0f ms, medians%n",
                    rounds - warm,
                    median(ratios.subList(warm, rounds)),
                    median(ours.subList(warm, rounds)),
                    median(plain.subList(warm, rounds)));
        }
    }

    private interface Build {
        void in(String database) throws SQLException;
    }

    private double milliseconds(Build build) throws SQLException {
        String database = "fresh_" + ++databases;
        execute("CREATE DATABASE " + database);
        execute("CHECKPOINT");
        long start = System.nanoTime();
        build.in(database);
        double took = (System.nanoTime() - start) / 1e6;
        execute("DROP DATABASE " + database);
        return took;
    }

    private void byDriver(String database) throws SQLException {
        try (Connection connection = server.connect(database);
                var statement = connection.createStatement()) {
            for (Migration migration : migrations) {
                String sql = migration.up().sql();
                boolean transaction = migration.up().transaction() != TransactionMode.OFF;
                connection.setAutoCommit(!transaction);
                for (String part : transaction ? List.of(sql) : List.of(sql.split(";\\s*\n"))) {
                    statement.execute(part);
                }
                if (transaction) {
                    connection.commit();
                }
            }
        }
    }

    private void bySluice(String database) {
        try (PostgresPlans plans = new PostgresPlans()) {
            RunResult result = new Migrator(
                            () -> server.connect(database),
                            migrations,
                            plans,
                            Settings.defaults(),
                            RunListener.silent())
                    .up(UpOptions.all());
            if (result.outcomes().size() != migrations.size()) {
                throw new IllegalStateException(
                        result.outcomes().size() + " of " + migrations.size() + " ran: " + result);
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = server.connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
