package dev.sluice.lifecycle;

import dev.sluice.Migrator;
import dev.sluice.PostgresPlans;
import dev.sluice.Settings;
import dev.sluice.SluiceException;
import dev.sluice.backfill.DataOptions;
import dev.sluice.catalog.Catalog;
import dev.sluice.db.ConnectionSource;
import dev.sluice.db.Session;
import dev.sluice.diff.CatalogDiff;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import dev.sluice.lab.relay.Cut;
import dev.sluice.lab.relay.Relay;
import dev.sluice.lab.relay.Rule;
import dev.sluice.lab.relay.Sent;
import dev.sluice.migration.Migration;
import dev.sluice.postgres.CatalogReader;
import dev.sluice.run.LockSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One case, whose runner is killed at chosen statements. The runner's connections go through a relay, which cuts them all
 * for good: the server sees what it sees when the process is killed. Another runner goes on from there, and in the end the
 * database is compared with that of a plain run, or with what it was.
 */
final class CrashedCase {

    private final LifecycleCase test;
    private final TestDatabases databases;
    private final PostgresVersion version;
    private final List<Migration> migrations;
    private final CrashCounts counts;
    private final Catalog start;
    private final Catalog end;
    private final Map<String, String> startRows;
    private final Map<String, String> endRows;

    CrashedCase(
            LifecycleCase test, TestDatabases databases, PostgresVersion version, Path directory, CrashCounts counts)
            throws SQLException {
        this.test = test;
        this.databases = databases;
        this.version = version;
        this.counts = counts;
        this.migrations = test.migrations(directory);
        TestDatabase plain = fresh();
        this.start = catalog(plain);
        this.startRows = Contents.of(plain, test.anyValue());
        plain.execute(test.plainUp());
        this.end = catalog(plain);
        this.endRows = Contents.of(plain, test.anyValue());
        counts.cases.add(test.name());
    }

    /** A place to die at. */
    record Point(long statement, Cut.Moment moment) implements Rule {
        @Override
        public Optional<Cut> on(Sent sent) {
            return sent.number() == statement ? Optional.of(new Cut(moment, Cut.Reach.CLIENT)) : Optional.empty();
        }
    }

    /** Nobody, the old version alone, or both write meanwhile. */
    enum Writing {
        NOBODY,
        OLD,
        BOTH
    }

    /** How many statements the command sends that the sweep kills, when it is not. */
    long statements(Sweep sweep) throws SQLException, IOException {
        Life life = new Life(fresh(), Writing.NOBODY, sweep);
        sweep.before().forEach(life::calm);
        return life.killed(Rule.NONE);
    }

    /**
     * Lives one life.
     *
     * @param again where the first command that goes on is killed, too
     * @return whether the point was reached
     */
    boolean live(Sweep sweep, Point point, Optional<Point> again, Writing writing) throws SQLException, IOException {
        Life life = new Life(fresh(), writing, sweep);
        try {
            return life.live(point, again);
        } catch (RuntimeException | AssertionError e) {
            counts.differences.incrementAndGet();
            throw new AssertionError(
                    test + ", " + sweep + " at " + point
                            + again.map(p -> " and again at " + p).orElse("") + ", writing: " + writing + ": "
                            + e.getMessage(),
                    e);
        } finally {
            life.close();
        }
    }

    private TestDatabase fresh() throws SQLException {
        TestDatabase database = databases.create(version);
        database.execute(test.schema(test.rows()));
        try (Session session = Session.open(database::connect, "test")) {
            Analyze.userTables(session);
        }
        return database;
    }

    private static Catalog catalog(TestDatabase database) {
        try (Session session = Session.open(database::connect, "test")) {
            return CatalogReader.read(session);
        }
    }

    private Migrator migrator(ConnectionSource connections) {
        DataOptions data = DataOptions.defaults();
        Settings settings = Settings.defaults()
                .withWaitForRunner(Duration.ofSeconds(30))
                .withLocks(LockSettings.defaults().withBudget(Duration.ofSeconds(30)))
                .withReconnectFor(Duration.ZERO) // whoever was killed does not come back
                .withData(new DataOptions(
                        data.targetBatch(), data.maxReplicaLag(), Duration.ZERO, data.vacuum(), data.maxSweeps()));
        return new Migrator(connections, migrations, new PostgresPlans(), settings, event -> {});
    }

    private Migrator calmMigrator(TestDatabase database) {
        Settings settings = Settings.defaults()
                .withWaitForRunner(Duration.ofSeconds(30))
                .withLocks(LockSettings.defaults().withBudget(Duration.ofSeconds(30)));
        return new Migrator(database::connect, migrations, new PostgresPlans(), settings, event -> {});
    }

    /** One database, from its making to the comparison. */
    private final class Life implements AutoCloseable {
        private final TestDatabase database;
        private final Writing writing;
        private final Sweep sweep;
        private final List<String> failures = new ArrayList<>();
        private final List<String> written = new ArrayList<>();
        private Optional<Writers> old = Optional.empty();
        private Optional<Writers> fresh = Optional.empty();

        Life(TestDatabase database, Writing writing, Sweep sweep) {
            this.database = database;
            this.writing = writing;
            this.sweep = sweep;
        }

        boolean live(Point point, Optional<Point> again) throws SQLException, IOException {
            if (writing != Writing.NOBODY) {
                old = Optional.of(Writers.start(database, "old", test.oldVersion(), test.rows()));
            }
            sweep.before().forEach(this::calm);
            prepare(sweep.killed());
            long sent = killed(point);
            if (sent < point.statement()) {
                return false;
            }
            counts.points.incrementAndGet();
            if (again.isPresent()) {
                prepare(sweep.after().get(0));
                Relayed second = new Relayed(sweep.after().get(0), again.get());
                if (second.statements >= again.get().statement()) {
                    counts.points.incrementAndGet();
                }
            }
            sweep.after().forEach(this::calm);
            compare();
            (sweep.isUndone() ? counts.undone : counts.resumed).incrementAndGet();
            return true;
        }

        /** Applications are deployed and stopped as the documentation says. */
        private void prepare(Command next) {
            if (next == Command.CONTRACT || next == Command.PURGE) {
                old = stop(old);
            } else if (next == Command.DOWN) {
                fresh = stop(fresh);
            }
        }

        void calm(Command command) {
            prepare(command);
            command.run(calmMigrator(database));
            if (command == Command.UP && writing == Writing.BOTH) {
                Writers started = Writers.start(database, "new", test.newVersion(), test.rows());
                started.keepOn();
                fresh = Optional.of(started);
            }
        }

        long killed(Rule rule) throws IOException {
            return new Relayed(sweep.killed(), rule).statements;
        }

        /** One command whose connections go through a relay. */
        private final class Relayed {
            private final long statements;

            Relayed(Command command, Rule rule) throws IOException {
                try (Relay relay = Relay.to(database.server().port(), rule)) {
                    String url =
                            database.jdbcUrl().replace(":" + database.server().port() + "/", ":" + relay.port() + "/");
                    try {
                        command.run(migrator(() -> DriverManager.getConnection(url)));
                    } catch (SluiceException e) {
                        if (!relay.isDead()) {
                            throw e;
                        }
                    }
                    statements = relay.statements();
                }
            }
        }

        private Optional<Writers> stop(Optional<Writers> running) {
            running.ifPresent(writers -> {
                writers.keepOn();
                writers.close();
                failures.addAll(writers.failures());
                written.addAll(writers.log());
                counts.statements.addAndGet(writers.log().size());
            });
            return Optional.empty();
        }

        private void compare() throws SQLException {
            old = stop(old);
            fresh = stop(fresh);
            if (!failures.isEmpty()) {
                throw new AssertionError("statements of the applications failed: " + failures);
            }
            if (sweep.end() == Sweep.End.PURGED) {
                calmMigrator(database).purgeKept();
            }
            boolean back = sweep.end() == Sweep.End.START;
            var catalogs = CatalogDiff.compare(
                    back ? start : end,
                    catalog(database),
                    sweep.end() == Sweep.End.PURGED ? CatalogDiff.Options.STRICT : CatalogDiff.Options.WITHOUT_SLUICE);
            if (!catalogs.isEmpty()) {
                throw new AssertionError("catalog differs: " + catalogs);
            }
            if (writing == Writing.NOBODY) {
                sameRows(back ? startRows : endRows);
            } else if (writing == Writing.OLD && back) {
                sameRows(replayed());
            }
        }

        private void sameRows(Map<String, String> expected) {
            Map<String, String> found = Contents.of(database, test.anyValue());
            counts.rows.addAndGet(Contents.rows(found));
            if (!found.equals(expected)) {
                throw new AssertionError("rows differ: expected " + expected + " but found " + found);
            }
        }

        /** What the old version alone would have made of the database it began with. */
        private Map<String, String> replayed() throws SQLException {
            TestDatabase mirror = fresh();
            try (var connection = mirror.connect();
                    var statement = connection.createStatement()) {
                for (String sql : written) {
                    statement.execute(sql);
                }
            }
            return Contents.of(mirror, test.anyValue());
        }

        @Override
        public void close() {
            old.ifPresent(Writers::close);
            fresh.ifPresent(Writers::close);
        }
    }
}
