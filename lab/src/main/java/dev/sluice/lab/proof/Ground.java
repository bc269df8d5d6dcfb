package dev.sluice.lab.proof;

import dev.sluice.catalog.Catalog;
import dev.sluice.db.Session;
import dev.sluice.diff.CatalogDiff;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.life.Life;
import dev.sluice.migration.Migration;
import dev.sluice.plan.Plan;
import dev.sluice.postgres.CatalogReader;
import dev.sluice.postgres.DataDiff;
import dev.sluice.run.RunListener;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What one migration is proven on: the start, the plain end, copies, and comparisons with both. For one thread. */
final class Ground implements AutoCloseable {
    private final Migration migration;
    private final ProofDatabases databases;
    private final Reference start;
    private final Reference plain;
    private final UntouchedRows untouched;
    private final Observation observation;
    private final LifeSource lives;
    /** Sessions on the databases that are compared, kept from one comparison to the next: a new one knows nothing of the catalog. */
    private final Map<TestDatabase, Session> compared = new HashMap<>();

    private Optional<DataDiff.Options> volatileColumns = Optional.empty();

    Ground(
            Migration migration,
            TestDatabase start,
            TestDatabase plain,
            ProofDatabases databases,
            Observation observation,
            LifeSource lives) {
        this.migration = migration;
        this.databases = databases;
        this.start = new Reference(start);
        this.plain = new Reference(plain);
        this.untouched = new UntouchedRows(this.start::session);
        this.observation = observation;
        this.lives = lives;
    }

    /** A database that is only read: what is known of it stays known. */
    private final class Reference implements AutoCloseable {
        private final TestDatabase database;
        private final Map<String, String> digests = new HashMap<>();
        private Optional<Session> session = Optional.empty();
        private Optional<Catalog> catalog = Optional.empty();

        Reference(TestDatabase database) {
            this.database = database;
        }

        Catalog catalog() {
            Catalog read = catalog.orElseGet(() -> CatalogReader.read(session()));
            catalog = Optional.of(read);
            return read;
        }

        DataDiff.Side side() {
            return new DataDiff.Side(
                    session(),
                    catalog(),
                    (asked, relation, sql) ->
                            digests.computeIfAbsent(sql, query -> untouched.digest(asked, relation, query)));
        }

        private Session session() {
            Session open = session.orElseGet(() -> Comparison.session(database));
            session = Optional.of(open);
            return open;
        }

        /** So that it can be copied. */
        @Override
        public void close() {
            session.ifPresent(Session::close);
            session = Optional.empty();
        }
    }

    TestDatabase copyOfStart() {
        start.close();
        return databases.copy(start.database);
    }

    private TestDatabase copyOfPlain() {
        plain.close();
        return databases.copy(plain.database);
    }

    void drop(TestDatabase copy) {
        observation.forget(copy);
        Optional.ofNullable(compared.remove(copy)).ifPresent(Session::close);
        databases.drop(copy);
    }

    Life life(TestDatabase database) {
        return life(database, self -> event -> {});
    }

    Life life(TestDatabase database, Function<Life, RunListener> listener) {
        return lives.on(database, listener);
    }

    /** What keeps that database from being the start again. */
    List<Finding> comparedWithStart(String when, TestDatabase actual) {
        return compared(when, start, actual, CatalogDiff.Options.WITHOUT_SLUICE, DataDiff.Options.DEFAULT);
    }

    /** What keeps that database from being what the plain script makes. */
    List<Finding> comparedWithPlain(String when, TestDatabase actual, CatalogDiff.Options options) {
        List<Finding> findings =
                compared(when, plain, actual, options, volatileColumns.orElse(DataDiff.Options.DEFAULT));
        if (findings.isEmpty() || volatileColumns.isPresent()) {
            return findings;
        }
        // only now: to find out costs another plain run
        DataDiff.Options rules = rules();
        volatileColumns = Optional.of(rules);
        return rules.rules().isEmpty() ? findings : compared(when, plain, actual, options, rules);
    }

    private DataDiff.Options rules() {
        TestDatabase second = copyOfStart();
        VolatileColumns columns = new VolatileColumns(start.catalog(), plain.side());
        if (PlainRun.run(second, migration.up()).failure().isPresent()) {
            return DataDiff.Options.DEFAULT;
        }
        try (Session session = Comparison.session(second)) {
            return DataDiff.Options.DEFAULT.withRules(
                    columns.rules(new DataDiff.Side(session, CatalogReader.read(session)), made(start.database)));
        } finally {
            databases.drop(second);
        }
    }

    /** When a database's files were made. */
    private static java.time.Instant made(TestDatabase database) {
        try (Session session = Comparison.session(database)) {
            return session.one(
                            "SELECT (pg_stat_file('base/' || oid || '/PG_VERSION')).modification FROM pg_database"
                                    + " WHERE datname = current_database()",
                            row -> row.instant(1))
                    .orElseThrow();
        }
    }

    /** Whether the author's down script, run plainly, makes that database too. */
    boolean downScriptLeadsTo(TestDatabase actual) {
        TestDatabase copy = copyOfPlain();
        try (Reference down = new Reference(copy)) {
            return runDownScript(copy)
                    && compared("", down, actual, CatalogDiff.Options.WITHOUT_SLUICE, DataDiff.Options.DEFAULT)
                            .isEmpty();
        } finally {
            databases.drop(copy);
        }
    }

    boolean downScriptFails() {
        TestDatabase copy = copyOfPlain();
        try {
            return !runDownScript(copy);
        } finally {
            databases.drop(copy);
        }
    }

    private boolean runDownScript(TestDatabase database) {
        return migration
                .down()
                .map(down -> PlainRun.run(database, down).failure().isEmpty())
                .orElse(false);
    }

    /** So that what the script inserts once more gets the numbers that it got in the plain run. */
    void alignSequences(TestDatabase actual) {
        Sequences.align(start.session(), compared.computeIfAbsent(actual, Comparison::session));
    }

    private List<Finding> compared(
            String when, Reference expected, TestDatabase actual, CatalogDiff.Options options, DataDiff.Options rows) {
        Session session = compared.computeIfAbsent(actual, Comparison::session);
        return Comparison.of(when, expected.side(), session, untouched::digest, options, rows);
    }

    /** For another stage, which copies and looks for itself. */
    ProofSubject subject(Plan plan, LifeSource ofStage, long seed) {
        Catalog startCatalog = start.catalog();
        Catalog plainCatalog = plain.catalog();
        close();
        return new ProofSubject(
                migration, plan, databases, start.database, plain.database, startCatalog, plainCatalog, ofStage, seed);
    }

    @Override
    public void close() {
        start.close();
        plain.close();
        compared.values().forEach(Session::close);
        compared.clear();
    }
}
