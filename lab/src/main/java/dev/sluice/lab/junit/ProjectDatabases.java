package dev.sluice.lab.junit;

import dev.sluice.Migrator;
import dev.sluice.PostgresPlans;
import dev.sluice.Settings;
import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Table;
import dev.sluice.db.Session;
import dev.sluice.lab.EmbeddedPostgres;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.proof.PlainRun;
import dev.sluice.lab.proof.Proof;
import dev.sluice.lab.proof.ProofDatabases;
import dev.sluice.lab.proof.ProofListener;
import dev.sluice.lab.proof.ProofOptions;
import dev.sluice.lab.proof.ProofReport;
import dev.sluice.lab.proof.shapes.ShapesStage;
import dev.sluice.lab.rows.SampleRows;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationDirectory;
import dev.sluice.migration.MigrationFiles;
import dev.sluice.migration.MigrationGraph;
import dev.sluice.postgres.CatalogReader;
import dev.sluice.run.InterruptedRunException;
import dev.sluice.run.RunEvent;
import dev.sluice.run.RunListener;
import dev.sluice.run.UpOptions;
import dev.sluice.sql.QualifiedName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** The databases of one project: what was made once is a template for all tests. Thread-safe. */
final class ProjectDatabases implements AutoCloseable {

    private final ProjectSettings settings;
    private final ProofDatabases databases;
    private final Map<String, TestDatabase> templates = new HashMap<>();
    private Optional<List<Migration>> migrations = Optional.empty();

    ProjectDatabases(ProjectSettings settings, EmbeddedPostgres server) {
        this.settings = settings;
        this.databases = new ProofDatabases(server, settings.version(), "project_" + UUID.randomUUID() + "_");
    }

    /** For the copies that the tests of one class get. */
    ProofDatabases copies() {
        return databases.nested();
    }

    ProofReport prove(Optional<String> from) {
        ProofOptions options = ProofOptions.defaults()
                .withRows(settings.rows())
                .withSeed(settings.seed())
                .withStages(List.of(new ShapesStage(ShapesStage.DEFAULT_STATEMENTS)));
        if (from.isPresent()) {
            options = options.withFrom(inOrder().get(index(from.get())).version());
        }
        try (ProofDatabases own = databases.nested()) {
            return new Proof(own, this::fill, options, ProofListener.silent()).run(inOrder());
        }
    }

    synchronized TestDatabase copyAt(String version, ProofDatabases copies) {
        return copies.copy(at(index(version)));
    }

    synchronized TestDatabase copyInExpand(String version, Optional<Integer> steps, ProofDatabases copies) {
        int index = index(version);
        String key = version + " after " + steps.map(String::valueOf).orElse("all") + " steps";
        TestDatabase template = templates.get(key);
        if (template == null) {
            template = databases.copy(filledBefore(index));
            expand(template, inOrder().get(index), steps);
            templates.put(key, template);
        }
        return copies.copy(template);
    }

    private TestDatabase at(int index) {
        String version = inOrder().get(index).version();
        TestDatabase known = templates.get(version);
        if (known != null) {
            return known;
        }
        int from = index;
        while (from > 0 && !templates.containsKey(inOrder().get(from - 1).version())) {
            from--;
        }
        TestDatabase database = from == 0 ? databases.create() : databases.copy(at(from - 1));
        for (Migration migration : inOrder().subList(from, index + 1)) {
            PlainRun.run(database, migration.up()).failure().ifPresent(failure -> {
                throw failure;
            });
        }
        templates.put(version, database);
        return database;
    }

    private TestDatabase filledBefore(int index) {
        String key = "rows before " + inOrder().get(index).version();
        TestDatabase known = templates.get(key);
        if (known != null) {
            return known;
        }
        TestDatabase database = index == 0 ? databases.create() : databases.copy(at(index - 1));
        try (Session session = session(database)) {
            Catalog catalog = CatalogReader.read(session);
            Set<QualifiedName> empty = new TreeSet<>();
            for (Table table : catalog.tables().values()) {
                if (table.kind() == Table.Kind.ORDINARY
                        && session.isTrue("SELECT NOT EXISTS (SELECT FROM ONLY "
                                + table.name().quoted() + ")")) {
                    empty.add(table.name());
                }
            }
            fill(session, catalog, empty);
            session.execute("ANALYZE");
        }
        templates.put(key, database);
        return database;
    }

    private void fill(Session session, Catalog catalog, Set<QualifiedName> tables) {
        SampleRows.fill(session, catalog, tables, settings.rows(), settings.seed());
    }

    /** Interrupts the run after a number of steps. */
    private static final class Stop implements RunListener {
        private final Optional<Integer> after;
        private Optional<Migrator> running = Optional.empty();
        private int done;

        Stop(Optional<Integer> after) {
            this.after = after;
        }

        @Override
        public void on(RunEvent event) {
            if (event instanceof RunEvent.StepFinished) {
                done++;
                if (after.filter(n -> n == done).isPresent()) {
                    running.ifPresent(Migrator::interrupt);
                }
            }
        }
    }

    private static void expand(TestDatabase database, Migration migration, Optional<Integer> steps) {
        if (steps.filter(n -> n == 0).isPresent()) {
            return;
        }
        Stop stop = new Stop(steps);
        Migration alone = new Migration(
                migration.version(), migration.name(), migration.kind(), migration.up(), migration.down(), List.of());
        try (PostgresPlans plans = new PostgresPlans()) {
            Migrator migrator = new Migrator(database::connect, List.of(alone), plans, Settings.defaults(), stop);
            stop.running = Optional.of(migrator);
            migrator.up(UpOptions.all());
        } catch (InterruptedRunException e) {
            return; // as asked for
        }
        if (steps.filter(n -> n > stop.done).isPresent()) {
            throw new IllegalArgumentException(
                    "expand of " + migration.version() + " has " + stop.done + " steps, not " + steps.get());
        }
    }

    private int index(String version) {
        List<String> versions = inOrder().stream().map(Migration::version).toList();
        int index = versions.indexOf(version);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "There is no migration " + version + " in " + settings.directory() + ", but " + versions);
        }
        return index;
    }

    private synchronized List<Migration> inOrder() {
        List<Migration> known = migrations.orElseGet(() -> {
            MigrationDirectory directory = new MigrationDirectory(settings.directory());
            MigrationFiles files = settings.layout().map(directory::read).orElseGet(directory::read);
            return MigrationGraph.of(files.requireValid().migrations()).order();
        });
        migrations = Optional.of(known);
        return known;
    }

    private static Session session(TestDatabase database) {
        return Session.open(database::connect, "test");
    }

    @Override
    public void close() {
        databases.close();
    }
}
