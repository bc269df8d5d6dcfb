package dev.sluice.lab.proof;

import dev.sluice.catalog.Catalog;
import dev.sluice.db.Session;
import dev.sluice.diff.CatalogDiff;
import dev.sluice.lab.TestDatabase;
import dev.sluice.migration.Migration;
import dev.sluice.postgres.DataDiff;
import dev.sluice.run.RunListener;
import java.util.List;
import java.util.function.Function;

/** What one migration is proven on: the start, the plain end, copies, and comparisons with both. For one thread. */
final class Ground {
    private final Migration migration;
    private final TestDatabase start;
    private final TestDatabase plain;
    private final ProofDatabases databases;
    private final LifeSource lives;
    private final Catalog startCatalog;
    private final Catalog plainCatalog;

    Ground(Migration migration, TestDatabase start, TestDatabase plain, ProofDatabases databases, LifeSource lives) {
        this.migration = migration;
        this.start = start;
        this.plain = plain;
        this.databases = databases;
        this.lives = lives;
        this.startCatalog = Comparison.catalog(start);
        this.plainCatalog = Comparison.catalog(plain);
    }

    TestDatabase copyOfStart() {
        return databases.copy(start);
    }

    void drop(TestDatabase copy) {
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
        return compared(
                when, start, startCatalog, actual, CatalogDiff.Options.WITHOUT_SLUICE, DataDiff.Options.DEFAULT);
    }

    /** What keeps that database from being what the plain script makes. */
    List<Finding> comparedWithPlain(String when, TestDatabase actual, CatalogDiff.Options options) {
        return compared(when, plain, plainCatalog, actual, options, DataDiff.Options.DEFAULT);
    }

    /** Whether the author's down script, run plainly, makes that database too. */
    boolean downScriptLeadsTo(TestDatabase actual) {
        TestDatabase copy = databases.copy(plain);
        boolean ran = runDownScript(copy);
        Catalog catalog = Comparison.catalog(copy);
        return ran
                && compared("", copy, catalog, actual, CatalogDiff.Options.WITHOUT_SLUICE, DataDiff.Options.DEFAULT)
                        .isEmpty();
    }

    boolean downScriptFails() {
        return !runDownScript(databases.copy(plain));
    }

    private boolean runDownScript(TestDatabase database) {
        return migration
                .down()
                .map(down -> PlainRun.run(database, down).failure().isEmpty())
                .orElse(false);
    }

    private static List<Finding> compared(
            String when,
            TestDatabase expected,
            Catalog expectedCatalog,
            TestDatabase actual,
            CatalogDiff.Options options,
            DataDiff.Options rows) {
        try (Session left = Comparison.session(expected);
                Session right = Comparison.session(actual)) {
            return Comparison.of(when, left, expectedCatalog, right, options, rows);
        }
    }

    ProofSubject subject(dev.sluice.plan.Plan plan, LifeSource ofStage, long seed) {
        return new ProofSubject(migration, plan, databases, start, plain, startCatalog, plainCatalog, ofStage, seed);
    }
}
