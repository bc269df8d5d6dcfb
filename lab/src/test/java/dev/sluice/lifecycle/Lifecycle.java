package dev.sluice.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.Migrator;
import dev.sluice.PostgresPlans;
import dev.sluice.Settings;
import dev.sluice.catalog.Catalog;
import dev.sluice.db.Session;
import dev.sluice.diff.CatalogDiff;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import dev.sluice.migration.Migration;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.postgres.CatalogReader;
import dev.sluice.run.DownOptions;
import dev.sluice.run.RunResult;
import dev.sluice.run.UpOptions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes one case up, down, up, through contract, down in two steps, up, contract, back to expanded, contract, purge; with or without
 * writers.
 */
final class Lifecycle {

    private final LifecycleCase test;
    private final TestDatabase database;
    private final TestDatabase plain;
    private final List<Migration> migrations;
    private final long rows;
    private final boolean writing;
    private boolean contractComesBack;
    private final List<String> failures = new ArrayList<>();

    Lifecycle(
            LifecycleCase test,
            TestDatabases databases,
            PostgresVersion version,
            Path directory,
            long rows,
            boolean writing)
            throws SQLException {
        this.test = test;
        this.rows = rows;
        this.writing = writing;
        this.database = databases.create(version);
        this.plain = databases.create(version);
        String schema = test.schema(rows);
        database.execute(schema);
        plain.execute(schema);
        try (Session session = Session.open(database::connect, "test")) {
            Analyze.userTables(session);
        }
        plain.execute(test.plainUp());
        this.migrations = test.migrations(directory);
    }

    void run() {
        Map<String, String> before = contents(database);
        Catalog start = catalog(database);
        Catalog end = catalog(plain);
        Map<String, String> after = contents(plain);

        expand();
        down("after expand");
        same("schema after expand and down", start, catalog(database));
        assertThat(contents(database)).as("rows after expand and down").isEqualTo(before);
        expand();
        contract();
        same("schema after contract", end, catalog(database));
        assertThat(contents(database)).as("rows after contract").isEqualTo(after);
        downAfterContract();
        same("schema after contract and down", start, catalog(database));
        assertThat(contents(database)).as("rows after contract and down").isEqualTo(before);
        expand();
        contract();
        if (contractComesBack) {
            backToExpanded();
            contract();
        }
        migrator().purge(Optional.empty());
        migrator().purgeKept();
        same("schema after purge", end, catalog(database));
        strict("leftovers after purge", end, catalog(database));
        assertThat(contents(database)).as("rows after purge").isEqualTo(after);
        assertThat(failures).as("failed statements of the applications").isEmpty();
    }

    /** Looks only: what {@code up} would run. */
    List<Plan> plans() {
        return migrator().up(UpOptions.all().withDryRun(true)).outcomes().stream()
                .map(RunResult.Outcome::plan)
                .toList();
    }

    private void expand() {
        try (Writers old = start("old", test.oldVersion())) {
            contractComesBack = migrator().up(UpOptions.all()).outcomes().stream()
                    .anyMatch(outcome -> outcome.plan().hasContract()
                            && outcome.plan().contract().stream().noneMatch(Lifecycle::exchanges));
            try (Writers fresh = start("new", test.newVersion())) {
                old.keepOn();
                fresh.keepOn();
                fresh.close();
                failures.addAll(fresh.failures());
            }
            old.close();
            failures.addAll(old.failures());
        }
    }

    /** The new version has been stopped; the old one goes on. */
    private void down(String when) {
        try (Writers old = start("old", test.oldVersion())) {
            migrator().down(DownOptions.last());
            old.close();
            old.failures().forEach(f -> failures.add("down " + when + ": " + f));
        }
    }

    /** First back to where both versions work, with the new one at work; there the old one is deployed again. */
    private void downAfterContract() {
        if (!contractComesBack) {
            migrator().down(DownOptions.last());
            return;
        }
        try (Writers fresh = start("new", test.newVersion())) {
            backToExpanded();
            try (Writers old = start("old", test.oldVersion())) {
                old.keepOn();
                fresh.keepOn();
                fresh.close();
                fresh.failures().forEach(f -> failures.add("back to expanded: " + f));
                migrator().down(DownOptions.last());
                old.close();
                old.failures().forEach(f -> failures.add("down after contract: " + f));
            }
        }
    }

    private static boolean exchanges(Step step) {
        return step instanceof Step.Brief brief && brief.purpose() == Step.Purpose.EXCHANGE;
    }

    private void backToExpanded() {
        RunResult result = migrator().down(DownOptions.last().withContractOnly(true));
        assertThat(result.stopped()).as("going back to expanded").isEmpty();
    }

    /** The old version has been stopped; the new one goes on. */
    private void contract() {
        try (Writers fresh = start("new", test.newVersion())) {
            migrator().contract(Optional.empty());
            fresh.close();
            fresh.failures().forEach(f -> failures.add("contract: " + f));
        }
    }

    private Writers start(String version, List<String> statements) {
        return Writers.start(database, version, writing ? statements : List.of(), rows);
    }

    private Migrator migrator() {
        return new Migrator(database::connect, migrations, new PostgresPlans(), Settings.defaults(), event -> {});
    }

    private static Catalog catalog(TestDatabase database) {
        try (Session session = Session.open(database::connect, "test")) {
            return CatalogReader.read(session);
        }
    }

    private void same(String what, Catalog expected, Catalog actual) {
        assertThat(CatalogDiff.compare(expected, actual, CatalogDiff.Options.WITHOUT_SLUICE))
                .as(what)
                .filteredOn(
                        difference -> !keepsLabels() || !difference.attribute().equals("labels"))
                .isEmpty();
    }

    /** PostgreSQL cannot remove the label of an enum: it is there after the way back. */
    private boolean keepsLabels() {
        return test.up().contains("ADD VALUE");
    }

    private static void strict(String what, Catalog expected, Catalog actual) {
        assertThat(CatalogDiff.compare(expected, actual, CatalogDiff.Options.STRICT))
                .as(what)
                .isEmpty();
    }

    /** Nothing while somebody writes. */
    private Map<String, String> contents(TestDatabase database) {
        return writing ? Map.of() : Contents.of(database, test.anyValue());
    }
}
