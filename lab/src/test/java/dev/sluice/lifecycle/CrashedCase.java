package dev.sluice.lifecycle;

import dev.sluice.catalog.Catalog;
import dev.sluice.db.Session;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import dev.sluice.lab.relay.Relay;
import dev.sluice.lab.relay.Rule;
import dev.sluice.migration.Migration;
import dev.sluice.postgres.CatalogReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One case that lives disturbed lives: what its database has to be like in the end of each is known from a plain run, and
 * from what it was.
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
    private final Map<List<Command>, TestDatabase> begun = new HashMap<>();

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
        databases.drop(plain);
        counts.cases.add(test.name());
    }

    /** Nobody, the old version alone, or both write meanwhile. */
    enum Writing {
        NOBODY,
        OLD,
        BOTH
    }

    /** How many statements the command sends that the sweep disturbs, when it is not. */
    long statements(Sweep sweep) throws SQLException, IOException {
        TestDatabase database = after(sweep.before());
        try (CrashedLife life = new CrashedLife(this, Habitat.on(database), Writing.NOBODY, sweep)) {
            try (Relay relay = Relay.to(life.database().server().port(), Rule.NONE)) {
                life.run(sweep.killed(), relay, false);
                return relay.statements();
            }
        } finally {
            databases.drop(database);
        }
    }

    /**
     * The statements of that command that change something: after which the server's log has another end than before. Killed
     * between two others, it leaves the same database as killed before both.
     *
     * @return their numbers; the last one may have many others behind it. Wrong when somebody else writes on this server
     */
    List<Long> changing(Sweep sweep) throws SQLException, IOException {
        TestDatabase database = after(sweep.before());
        try (CrashedLife life = new CrashedLife(this, Habitat.on(database), Writing.NOBODY, sweep);
                Session watch = Session.open(database::connect, "test")) {
            LogEnds ends = new LogEnds(watch);
            try (Relay relay = Relay.to(life.database().server().port(), ends)) {
                life.run(sweep.killed(), relay, false);
            }
            return ends.changing();
        } finally {
            databases.drop(database);
        }
    }

    /** {@link #live(Sweep, Habitat, Disturbance, Optional, Writing)} on the server that all tests share. */
    boolean live(Sweep sweep, Point point, Optional<Point> again, Writing writing) throws SQLException, IOException {
        TestDatabase database = after(sweep.before());
        try {
            return live(sweep, Habitat.on(database), sweep.before(), point, again, writing);
        } finally {
            databases.drop(database);
        }
    }

    /**
     * Lives one life.
     *
     * @param habitat with a database that {@link #prepare} has prepared
     * @param again where the first command that goes on is disturbed, too
     * @return whether the place of the first disturbance was reached
     */
    boolean live(
            Sweep sweep, Habitat habitat, Disturbance first, Optional<? extends Disturbance> again, Writing writing)
            throws SQLException, IOException {
        return live(sweep, habitat, List.of(), first, again, writing);
    }

    private boolean live(
            Sweep sweep,
            Habitat habitat,
            List<Command> done,
            Disturbance first,
            Optional<? extends Disturbance> again,
            Writing writing)
            throws SQLException, IOException {
        try (CrashedLife life = new CrashedLife(this, habitat, writing, sweep)) {
            return life.live(done, first, again);
        } catch (RuntimeException | AssertionError e) {
            counts.differences.incrementAndGet();
            throw new AssertionError(
                    test + ", " + sweep + " at " + first
                            + again.map(p -> " and again at " + p).orElse("") + ", writing: " + writing + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /** Makes the schema before the migration, and its rows. */
    TestDatabase prepare(TestDatabase database) throws SQLException {
        database.execute(test.schema(test.rows()));
        try (Session session = Session.open(database::connect, "test")) {
            Analyze.userTables(session);
        }
        return database;
    }

    /** A prepared database on the server that all tests share. */
    TestDatabase fresh() throws SQLException {
        return prepare(databases.create(version));
    }

    /** A database in which these commands have run while nobody wrote; made once, and copied. */
    private TestDatabase after(List<Command> commands) throws SQLException {
        TestDatabase model = begun.get(commands);
        if (model == null) {
            model = fresh();
            CrashedLife.run(this, model, commands);
            begun.put(commands, model);
        }
        return databases.copy(model);
    }

    LifecycleCase test() {
        return test;
    }

    List<Migration> migrations() {
        return migrations;
    }

    CrashCounts counts() {
        return counts;
    }

    Catalog catalog(Sweep.End wanted) {
        return wanted == Sweep.End.START ? start : end;
    }

    /** What the rows are when nobody has written. */
    Map<String, String> rows(Sweep.End wanted) {
        return wanted == Sweep.End.START ? startRows : endRows;
    }

    /** What the old version alone would have made of the database it began with. */
    Map<String, String> replayed(List<String> statements, List<String> anyValue) throws SQLException {
        TestDatabase mirror = after(List.of());
        try (var connection = mirror.connect();
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        Map<String, String> rows = Contents.of(mirror, anyValue);
        databases.drop(mirror);
        return rows;
    }

    static Catalog catalog(TestDatabase database) {
        try (Session session = Session.open(database::connect, "test")) {
            return CatalogReader.read(session);
        }
    }
}
