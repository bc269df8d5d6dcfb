package dev.sluice.cli.demo;

import static java.util.Objects.requireNonNull;

import dev.sluice.ExitCode;
import dev.sluice.Migrator;
import dev.sluice.PostgresPlans;
import dev.sluice.Settings;
import dev.sluice.SluiceException;
import dev.sluice.catalog.Catalog;
import dev.sluice.db.ConnectionSource;
import dev.sluice.lab.EmbeddedPostgres;
import dev.sluice.lab.PostgresSettings;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.shop.AuditReport;
import dev.sluice.lab.shop.Ledger;
import dev.sluice.lab.shop.Release;
import dev.sluice.lab.shop.ShopAudit;
import dev.sluice.lab.shop.ShopData;
import dev.sluice.lab.shop.ShopMigrations;
import dev.sluice.lab.shop.ShopSchema;
import dev.sluice.lab.shop.ShopVersion;
import dev.sluice.lab.traffic.HiccupMeter;
import dev.sluice.lab.traffic.Latency;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationDirectory;
import dev.sluice.run.DownOptions;
import dev.sluice.run.RunResult;
import dev.sluice.run.UpOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The demonstration, from an empty server to the report. The applications run from the first migration to the end; every
 * release goes: expand, start the new version beside the old one, stop the old one, contract. The last release is taken
 * back after its contract, and goes through again.
 */
final class Demo {
    private static final String SHOP = "shop";
    private static final String PLAIN = "plain";
    /** The JVM compiles and the server fills its caches; not counted as latency. */
    private static final Duration WARM_UP = Duration.ofSeconds(2);

    private static final Duration BEFORE = Duration.ofSeconds(2);

    private final DemoOptions options;
    private final Screen screen;

    Demo(DemoOptions options, Screen screen) {
        this.options = requireNonNull(options);
        this.screen = requireNonNull(screen);
    }

    /** Settings of the demonstration's server. */
    static Map<String, String> serverSettings() {
        return PostgresSettings.with(
                PostgresSettings.likeProduction(),
                Map.of("fsync", "off", "shared_buffers", "512MB", "max_wal_size", "4GB"));
    }

    DemoReport run() throws SQLException {
        long start = System.nanoTime();
        PostgresVersion version = PostgresVersion.newest();
        try (EmbeddedPostgres server = EmbeddedPostgres.start(version, serverSettings());
                HiccupMeter hiccups = HiccupMeter.start()) {
            screen.say(version + " on port " + server.port() + ", fsync off; migrations in " + options.migrations());
            try (Connection admin = server.connect("postgres");
                    Statement statement = admin.createStatement()) {
                statement.execute("CREATE DATABASE " + SHOP);
                statement.execute("CREATE DATABASE " + PLAIN);
            }
            return new Story(server, hiccups).run(start);
        }
    }

    /** One run on one server. */
    private final class Story {
        private final HiccupMeter hiccups;
        private final ConnectionSource shop;
        private final ConnectionSource plain;
        private final ShopData data = ShopData.ofSize(options.rows());
        private final Ledger ledger = new Ledger(data);
        private final RunTally tally = new RunTally();
        private final List<Release> done = new ArrayList<>();
        private long rowsCompared;

        Story(EmbeddedPostgres server, HiccupMeter hiccups) {
            this.hiccups = hiccups;
            shop = () -> server.connect(SHOP);
            plain = () -> server.connect(PLAIN);
        }

        DemoReport run(long start) throws SQLException {
            createShop();
            try (Deployment deployment = new Deployment(shop, ledger, options.load());
                    StatusTicker ticker = new StatusTicker(screen, deployment, tally)) {
                Latency before = warmUp(deployment);
                List<Release> releases = ShopMigrations.releases();
                Catalog beforeLast = SchemaCheck.read(shop);
                for (Release release : releases) {
                    beforeLast = SchemaCheck.read(shop);
                    deploy(release, deployment);
                    if (!release.equals(releases.get(releases.size() - 1))) {
                        deployment.newBecomesOld();
                    }
                }
                List<String> undoDifferences = undo(deployment, beforeLast);
                deploy(releases.get(releases.size() - 1), deployment);
                screen.say("purge: drop what contract kept");
                completely(migrator -> migrator.purge(Optional.empty()));
                screen.say("compare every row and the schema with what the plain scripts make");
                List<String> differences = differences(plainSchema());
                ticker.close();
                deployment.close();
                return new DemoReport(
                        deployment.oldRecorder().report(),
                        deployment.newRecorder().report(),
                        before,
                        hiccups.delays(),
                        tally.sum(),
                        rowsCompared,
                        differences,
                        undoDifferences,
                        Duration.ofNanos(System.nanoTime() - start));
            }
        }

        private void createShop() throws SQLException {
            long start = System.nanoTime();
            try (Connection connection = shop.open()) {
                data.create(connection);
            }
            screen.say(String.format(
                    Locale.ROOT,
                    "a shop with %,d users, %,d orders and %,d products, made in %.1f s",
                    data.users(),
                    data.orders(),
                    data.products(),
                    (System.nanoTime() - start) / 1e9));
        }

        private Latency warmUp(Deployment deployment) throws SQLException {
            String name = ShopMigrations.firstApplication();
            screen.say(String.format(
                    Locale.ROOT,
                    "%s of the application starts: %.0f requests/s over %d connections, every answer checked",
                    name,
                    options.load().requestsPerSecond(),
                    options.load().connections()));
            deployment.startOld(name, ShopVersion.first());
            // Sluice's own start, which shares this JVM with the applications, is not the applications' latency
            sluice(migrator -> migrator.up(UpOptions.all().withDryRun(true)));
            System.gc();
            pause(WARM_UP);
            deployment.oldRecorder().forgetLatencies();
            pause(BEFORE);
            Latency before = deployment.oldRecorder().report().latency();
            deployment.oldRecorder().forgetLatencies();
            return before;
        }

        /** From expand to contract; the old version is gone afterwards, the new one is still called new. */
        private void deploy(Release release, Deployment deployment) throws SQLException {
            screen.say(release.application() + ": " + release.title());
            screen.say("  up: expand, with the old version at work");
            completely(migrator -> migrator.up(UpOptions.all().withTarget(release.lastMigration())));
            screen.say("  deploy " + release.application() + " beside the old version");
            deployment.startNew(release.application(), release.version());
            pause(options.together());
            deployment.stopOld();
            screen.say("  contract: the old version is gone");
            completely(migrator -> migrator.contract(Optional.empty()));
            done.add(release);
        }

        private List<String> undo(Deployment deployment, Catalog expected) throws SQLException {
            Release last = done.remove(done.size() - 1);
            Release previous = done.get(done.size() - 1);
            screen.say("down, after contract: take " + last.application() + " back");
            DownOptions release = DownOptions.last().withThrough(last.firstMigration());
            completely(migrator -> migrator.down(release.withContractOnly(true)));
            screen.say("  deploy " + previous.application() + " again, beside " + last.application());
            deployment.startOld(previous.application(), previous.version());
            pause(options.together());
            deployment.stopNew();
            screen.say("  " + last.application() + " is gone; take the rest back");
            completely(migrator -> migrator.down(release));
            screen.say("  compare every row and the schema with what they were before");
            return differences(expected);
        }

        private List<String> differences(Catalog expected) throws SQLException {
            List<String> scripts = done.stream()
                    .flatMap(release -> release.migrations().stream())
                    .map(ShopMigrations::up)
                    .toList();
            AuditReport audit = new ShopAudit(shop, ledger).compare(scripts);
            rowsCompared += audit.compared();
            List<String> differences = new ArrayList<>();
            if (!audit.isEqual()) {
                differences.add(audit.unequal() + " rows differ, for example:");
                differences.addAll(audit.examples());
            }
            differences.addAll(SchemaCheck.differences(expected, SchemaCheck.read(shop)));
            return differences;
        }

        private Catalog plainSchema() throws SQLException {
            try (Connection connection = plain.open();
                    Statement statement = connection.createStatement()) {
                statement.execute(ShopSchema.sql());
                for (Release release : ShopMigrations.releases()) {
                    for (String file : release.migrations()) {
                        statement.execute(ShopMigrations.up(file));
                    }
                }
            }
            return SchemaCheck.read(plain);
        }

        /** A command that must do all that it is asked for. */
        private void completely(Function<Migrator, RunResult> command) {
            sluice(command).stopped().ifPresent(reason -> {
                throw new SluiceException(ExitCode.ERROR, "The demonstration cannot go on: " + reason);
            });
        }

        /** One command of Sluice, as the command line would run it. */
        private RunResult sluice(Function<Migrator, RunResult> command) {
            List<Migration> migrations = new MigrationDirectory(options.migrations())
                    .read()
                    .requireValid()
                    .migrations();
            try (PostgresPlans plans = new PostgresPlans()) {
                Settings settings = Settings.defaults().withActor("sluice demo");
                return command.apply(new Migrator(shop, migrations, plans, settings, tally::on));
            }
        }
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SluiceException(ExitCode.ERROR, "The demonstration was interrupted.", e);
        }
    }
}
