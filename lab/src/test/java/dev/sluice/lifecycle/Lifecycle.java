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
import dev.sluice.migration.MigrationDirectory;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.postgres.CatalogReader;
import dev.sluice.run.DownOptions;
import dev.sluice.run.RunResult;
import dev.sluice.run.UpOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
        String schema = test.schema().replace(":rows", Long.toString(rows));
        database.execute(schema);
        plain.execute(schema);
        try (Session session = Session.open(database::connect, "test")) {
            Analyze.userTables(session);
        }
        plain.execute(withoutConcurrently(test.up()));
        this.migrations = migrations(directory);
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

    /** Every row of every table and view, as the number of rows and one hash for each; nothing while somebody writes. */
    private Map<String, String> contents(TestDatabase database) {
        Map<String, String> contents = new TreeMap<>();
        if (writing) {
            return contents;
        }
        try (Session session = Session.open(database::connect, "test")) {
            session.query("""
                    SELECT c.oid::regclass::text,
                           string_agg(quote_ident(attname) || '::text', ', ' ORDER BY attname)
                    FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
                    JOIN pg_attribute a ON attrelid = c.oid AND attnum > 0 AND NOT attisdropped
                    WHERE relkind IN ('r', 'v') AND attname NOT LIKE 'sluice%' AND attname <> ALL (?::text[])
                      AND nspname NOT IN ('sluice', 'sluice_archive', 'pg_catalog', 'information_schema', 'pg_toast')
                    GROUP BY c.oid
                    """, row -> Map.entry(row.text(1), row.text(2)), test.anyValue())
                    .forEach(table -> contents.put(
                            table.getKey() + " (" + table.getValue() + ")",
                            session.one(
                                            "SELECT count(*) || ' rows, ' || coalesce(sum(hashtextextended(ROW("
                                                    + table.getValue() + ")::text, 0)::numeric), 0) FROM "
                                                    + table.getKey(),
                                            row -> row.text(1))
                                    .orElseThrow()));
        }
        return contents;
    }

    private List<Migration> migrations(Path directory) {
        try {
            String down = test.down().isEmpty() ? "" : "\n-- migrate:down\n" + test.down() + "\n";
            Files.writeString(
                    directory.resolve("20260101000000_case.sql"), "-- migrate:up\n" + test.up() + "\n" + down);
            return new MigrationDirectory(directory).read("native").migrations();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The plain run goes as one multi-statement string. */
    private static String withoutConcurrently(String script) {
        return script.replaceAll("(?i) CONCURRENTLY", "");
    }
}
