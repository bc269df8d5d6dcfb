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
import dev.sluice.lab.life.Companion;
import dev.sluice.lab.life.Course;
import dev.sluice.lab.life.Life;
import dev.sluice.lab.life.Stage;
import dev.sluice.lab.proof.AddedLabels;
import dev.sluice.migration.Migration;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.postgres.CatalogReader;
import dev.sluice.run.RunEvent;
import dev.sluice.run.RunResult;
import dev.sluice.run.UpOptions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Goes along with one case through its whole life, with or without writers; where contract has a way back of its own, also
 * back to expanded and through contract again.
 */
final class Lifecycle implements Companion {

    private final LifecycleCase test;
    private final TestDatabase database;
    private final TestDatabase plain;
    private final List<Migration> migrations;
    private final long rows;
    private final boolean writing;
    private final Life life;
    private boolean addsLabels;
    private Optional<Plan> started = Optional.empty();
    private Optional<Catalog> start = Optional.empty();
    private Optional<Catalog> end = Optional.empty();
    private Map<String, String> before = Map.of();
    private Map<String, String> after = Map.of();
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
        this.life = new Life(
                database::connect, migrations.get(0), PostgresPlans::new, Settings.defaults(), self -> this::remember);
    }

    private void remember(RunEvent event) {
        if (event instanceof RunEvent.MigrationStarted begun && begun.direction() == RunEvent.Direction.FORWARD) {
            started = Optional.of(begun.plan());
            addsLabels |= AddedLabels.by(begun.plan());
        }
    }

    void run() {
        before = contents(database);
        start = Optional.of(catalog(database));
        end = Optional.of(catalog(plain));
        after = contents(plain);
        Course.run(this);
        assertThat(failures).as("failed statements of the applications").isEmpty();
    }

    @Override
    public Life life() {
        return life;
    }

    @Override
    public boolean goes(Stage stage) {
        return true;
    }

    @Override
    public void live(Stage stage, Runnable command) {
        switch (stage) {
            case UP, SECOND_UP, THIRD_UP -> expand(command);
            case DOWN -> down(command);
            case DOWN_AFTER_CONTRACT -> downAfterContract(command);
            case CONTRACT -> contract(command);
            case LAST_CONTRACT -> {
                contract(command);
                if (contractComesBack()) {
                    life.backToExpanded();
                    contract(command);
                }
            }
            case PURGE -> {
                command.run();
                life.purgeKept();
            }
        }
    }

    @Override
    public void look(Stage stage) {
        switch (stage) {
            case DOWN, DOWN_AFTER_CONTRACT -> compare(stage, start.orElseThrow(), before);
            case CONTRACT -> compare(stage, end.orElseThrow(), after);
            case PURGE -> {
                compare(stage, end.orElseThrow(), after);
                assertThat(CatalogDiff.compare(end.orElseThrow(), catalog(database), CatalogDiff.Options.STRICT))
                        .as("leftovers after purge")
                        .isEmpty();
            }
            case UP, SECOND_UP, THIRD_UP, LAST_CONTRACT -> {
                // what comes next tells
            }
        }
    }

    private void compare(Stage stage, Catalog catalog, Map<String, String> rows) {
        boolean keepsLabels = stage.command() == Stage.Command.DOWN && addsLabels;
        assertThat(CatalogDiff.compare(catalog, catalog(database), CatalogDiff.Options.WITHOUT_SLUICE))
                .as("schema after " + stage.words())
                .filteredOn(difference -> !keepsLabels
                        || !AddedLabels.only(
                                difference.attribute(),
                                difference.left().orElse(""),
                                difference.right().orElse("")))
                .isEmpty();
        assertThat(contents(database)).as("rows after " + stage.words()).isEqualTo(rows);
    }

    /** Looks only: what {@code up} would run. */
    List<Plan> plans() {
        try (PostgresPlans plans = new PostgresPlans()) {
            return new Migrator(database::connect, migrations, plans, Settings.defaults(), event -> {})
                    .up(UpOptions.all().withDryRun(true)).outcomes().stream()
                            .map(RunResult.Outcome::plan)
                            .toList();
        }
    }

    private void expand(Runnable command) {
        try (Writers old = start("old", test.oldVersion())) {
            command.run();
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
    private void down(Runnable command) {
        try (Writers old = start("old", test.oldVersion())) {
            command.run();
            old.close();
            old.failures().forEach(f -> failures.add("down after expand: " + f));
        }
    }

    /** First back to where both versions work, with the new one at work; there the old one is deployed again. */
    private void downAfterContract(Runnable command) {
        if (!contractComesBack()) {
            command.run();
            return;
        }
        try (Writers fresh = start("new", test.newVersion())) {
            life.backToExpanded();
            try (Writers old = start("old", test.oldVersion())) {
                old.keepOn();
                fresh.keepOn();
                fresh.close();
                fresh.failures().forEach(f -> failures.add("back to expanded: " + f));
                command.run();
                old.close();
                old.failures().forEach(f -> failures.add("down after contract: " + f));
            }
        }
    }

    private boolean contractComesBack() {
        return started.filter(
                        plan -> plan.hasContract() && plan.contract().stream().noneMatch(Lifecycle::staysWithoutDown))
                .isPresent();
    }

    /** What goes back together with expand only: columns that changed places, statements on relations of the migration. */
    private static boolean staysWithoutDown(Step step) {
        boolean asWritten = step instanceof Step.Opaque
                || step instanceof Step.Brief plain && plain.purpose() == Step.Purpose.PLAIN;
        return step instanceof Step.Brief brief && brief.purpose() == Step.Purpose.EXCHANGE
                || asWritten && step.info().undo().isEmpty();
    }

    /** The old version has been stopped; the new one goes on. */
    private void contract(Runnable command) {
        try (Writers fresh = start("new", test.newVersion())) {
            command.run();
            fresh.close();
            fresh.failures().forEach(f -> failures.add("contract: " + f));
        }
    }

    private Writers start(String version, List<String> statements) {
        return Writers.start(database, version, writing ? statements : List.of(), rows);
    }

    private static Catalog catalog(TestDatabase database) {
        try (Session session = Session.open(database::connect, "test")) {
            return CatalogReader.read(session);
        }
    }

    /** Nothing while somebody writes. */
    private Map<String, String> contents(TestDatabase database) {
        return writing ? Map.of() : Contents.of(database, test.anyValue());
    }
}
