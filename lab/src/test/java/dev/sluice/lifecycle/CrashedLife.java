package dev.sluice.lifecycle;

import dev.sluice.Migrator;
import dev.sluice.PostgresPlans;
import dev.sluice.Settings;
import dev.sluice.SluiceException;
import dev.sluice.backfill.DataOptions;
import dev.sluice.db.ConnectionSource;
import dev.sluice.db.Session;
import dev.sluice.diff.CatalogDiff;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.proof.AddedLabels;
import dev.sluice.lab.relay.Relay;
import dev.sluice.run.LockSettings;
import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One database of a case, from its making to the comparison. The connections of the disturbed command go through a relay.
 * Killed, it is cut off for good: the server sees what it sees when the process is killed. Another runner goes on from
 * there, and in the end the database is compared with that of a plain run, or with what it was.
 */
final class CrashedLife implements AutoCloseable {

    private static final Pattern NEW_DEFAULT = Pattern.compile("(?i)ALTER (?:COLUMN )?(\\w+) SET DEFAULT");

    private final CrashedCase owner;
    private final LifecycleCase test;
    private final CrashCounts counts;
    private final Habitat habitat;
    private final CrashedCase.Writing writing;
    private final Sweep sweep;
    private final List<String> failures = new ArrayList<>();
    private final List<String> written = new ArrayList<>();
    private final List<Long> confirmed = new ArrayList<>();
    private Optional<Writers> old = Optional.empty();
    private Optional<Writers> fresh = Optional.empty();

    CrashedLife(CrashedCase owner, Habitat habitat, CrashedCase.Writing writing, Sweep sweep) {
        this.owner = owner;
        this.test = owner.test();
        this.counts = owner.counts();
        this.habitat = habitat;
        this.writing = writing;
        this.sweep = sweep;
    }

    TestDatabase database() {
        return habitat.database();
    }

    /** Nobody writes. */
    static void run(CrashedCase owner, TestDatabase database, List<Command> commands) {
        Migrator migrator = migrator(owner, database::connect, settings());
        commands.forEach(command -> command.run(migrator));
    }

    /**
     * @param done what has run already of what is to run before
     * @return whether the place of the first disturbance was reached
     */
    boolean live(List<Command> done, Disturbance first, Optional<? extends Disturbance> again)
            throws SQLException, IOException {
        if (!habitat.isSteady()) {
            Ledger.create(database());
        }
        if (writing != CrashedCase.Writing.NOBODY && !done.contains(Command.CONTRACT)) {
            old = Optional.of(start("old", test.oldVersion()));
        }
        if (done.contains(Command.UP)) {
            deploy();
        }
        sweep.before().stream().filter(command -> !done.contains(command)).forEach(this::calm);
        prepare(sweep.killed());
        if (!disturbed(sweep.killed(), first)) {
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

    private Writers start(String version, List<String> statements) {
        return habitat.isSteady()
                ? Writers.start(database(), version, statements, test.rows())
                : Writers.startSturdy(() -> database().connect(), version, statements, test.rows());
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
        command.run(migrator(() -> database().connect(), settings()));
        if (command == Command.UP) {
            deploy();
        }
    }

    private void deploy() {
        if (writing == CrashedCase.Writing.BOTH) {
            Writers started = start("new", test.newVersion());
            started.keepOn();
            fresh = Optional.of(started);
        }
    }

    /** @return whether the command came as far as the place of the disturbance */
    private boolean disturbed(Command command, Disturbance disturbance) throws IOException {
        try (Relay relay = Relay.to(database().server().port(), disturbance)) {
            try {
                run(command, relay, disturbance.kills());
                (disturbance.isReached(relay) ? counts.survived : counts.missed).incrementAndGet();
            } catch (SluiceException e) {
                if (!disturbance.isReached(relay)) {
                    throw e;
                }
                counts.stopped(e);
            }
            if (disturbance.isReached(relay)) {
                counts.points.incrementAndGet();
            }
            return disturbance.isReached(relay);
        }
    }

    /** @param dying whether to give up at once when the connection is lost */
    void run(Command command, Relay relay, boolean dying) {
        String url = habitat.url(relay);
        command.run(migrator(() -> DriverManager.getConnection(url), dying ? dying() : settings()));
    }

    private Optional<Writers> stop(Optional<Writers> running) {
        running.ifPresent(writers -> {
            writers.keepOn();
            writers.close();
            failures.addAll(writers.failures());
            written.addAll(writers.log());
            confirmed.addAll(writers.confirmed());
            counts.statements.addAndGet(writers.log().size());
        });
        return Optional.empty();
    }

    private void compare() throws SQLException {
        old = stop(old);
        fresh = stop(fresh);
        List<String> happened = written;
        if (!habitat.isSteady()) {
            Ledger.Found ledger = Ledger.close(database());
            Collection<Long> missing = ledger.missing(confirmed);
            counts.lost.addAndGet(missing.size());
            if (habitat.keepsItsWord() && !missing.isEmpty()) {
                failures.add("confirmed and lost: " + missing);
            }
            happened = ledger.statements();
        }
        if (!failures.isEmpty()) {
            throw new AssertionError("statements of the applications failed: " + failures);
        }
        boolean purged = sweep.end() == Sweep.End.PURGED;
        if (purged) {
            migrator(() -> database().connect(), settings()).purgeKept();
        }
        var catalogs = CatalogDiff.compare(
                        owner.catalog(sweep.end()),
                        CrashedCase.catalog(database()),
                        purged ? CatalogDiff.Options.STRICT : CatalogDiff.Options.WITHOUT_SLUICE)
                .stream()
                .filter(difference -> sweep.end() != Sweep.End.START
                        || !AddedLabels.only(
                                difference.attribute(),
                                difference.left().orElse(""),
                                difference.right().orElse("")))
                .toList();
        if (!catalogs.isEmpty()) {
            throw new AssertionError("catalog differs: " + catalogs);
        }
        if (writing == CrashedCase.Writing.NOBODY) {
            sameRows(owner.rows(sweep.end()), test.anyValue());
        } else if (writing == CrashedCase.Writing.OLD && sweep.end() == Sweep.End.START) {
            // a new default is there from expand on, as in the plain run, and old writers who leave the column out get
            // it
            List<String> anyValue = new ArrayList<>(test.anyValue());
            NEW_DEFAULT.matcher(test.up()).results().forEach(found -> anyValue.add(found.group(1)));
            if (!habitat.isSteady()) {
                anyValue.addAll(numbered()); // sequences skip numbers when a server recovers or a replica is promoted
            }
            sameRows(owner.replayed(happened, anyValue), anyValue);
        }
    }

    /** Columns that get their values from a sequence. */
    private List<String> numbered() {
        try (Session session = Session.open(() -> database().connect(), "test")) {
            return session.query("""
                    SELECT DISTINCT attname FROM pg_attribute a
                    LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
                    WHERE attidentity <> '' OR pg_get_expr(adbin, adrelid) LIKE '%nextval%'
                    """, row -> row.text(1));
        }
    }

    private void sameRows(Map<String, String> expected, List<String> anyValue) {
        Map<String, String> found = Contents.of(database(), anyValue);
        counts.rows.addAndGet(Contents.rows(found));
        if (!found.equals(expected)) {
            throw new AssertionError("rows differ: expected " + expected + " but found " + found);
        }
    }

    private Migrator migrator(ConnectionSource connections, Settings settings) {
        return migrator(owner, connections, settings);
    }

    private static Migrator migrator(CrashedCase owner, ConnectionSource connections, Settings settings) {
        return new Migrator(connections, owner.migrations(), new PostgresPlans(), settings, event -> {});
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

    @Override
    public void close() {
        old.ifPresent(Writers::close);
        fresh.ifPresent(Writers::close);
    }
}
