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
import dev.sluice.lab.relay.Relay;
import dev.sluice.lab.relay.Rule;
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
        try (Relay relay = Relay.to(life.database.server().port(), Rule.NONE)) {
            life.run(sweep.killed(), relay, false);
            return relay.statements();
        }
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

    private Migrator migrator(ConnectionSource connections, Settings settings) {
        return new Migrator(connections, migrations, new PostgresPlans(), settings, event -> {});
    }

    private static Settings settings() {
        return Settings.defaults()
                .withWaitForRunner(Duration.ofSeconds(30))
                .withLocks(LockSettings.defaults().withBudget(Duration.ofSeconds(30)));
    }

    /** Whoever was killed does not try again. */
    private static Settings dying() {
        DataOptions data = DataOptions.defaults();
        return settings()
                .withReconnectFor(Duration.ZERO)
                .withData(new DataOptions(
                        data.targetBatch(), data.maxReplicaLag(), Duration.ZERO, data.vacuum(), data.maxSweeps()));
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
            if (!disturbed(sweep.killed(), point)) {
                return false;
            }
            if (again.isPresent()) {
                prepare(sweep.after().get(0));
                disturbed(sweep.after().get(0), again.get());
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
            command.run(migrator(database::connect, settings()));
            if (command == Command.UP && writing == Writing.BOTH) {
                Writers started = Writers.start(database, "new", test.newVersion(), test.rows());
                started.keepOn();
                fresh = Optional.of(started);
            }
        }

        /** @return whether the command came as far as the point */
        private boolean disturbed(Command command, Point point) throws IOException {
            try (Relay relay = Relay.to(database.server().port(), point)) {
                try {
                    run(command, relay, point.kills());
                    (point.isReached(relay) ? counts.survived : counts.missed).incrementAndGet();
                } catch (SluiceException e) {
                    if (!point.isReached(relay)) {
                        throw e;
                    }
                    counts.stopped.incrementAndGet();
                }
                if (point.isReached(relay)) {
                    counts.points.incrementAndGet();
                }
                return point.isReached(relay);
            }
        }

        /** @param dying whether to give up at once when the connection is lost */
        void run(Command command, Relay relay, boolean dying) {
            String url = database.jdbcUrl().replace(":" + database.server().port() + "/", ":" + relay.port() + "/");
            command.run(migrator(() -> DriverManager.getConnection(url), dying ? dying() : settings()));
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
                migrator(database::connect, settings()).purgeKept();
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
