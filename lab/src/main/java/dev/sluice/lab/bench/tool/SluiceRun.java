package dev.sluice.lab.bench.tool;

import dev.sluice.Migrator;
import dev.sluice.PostgresPlans;
import dev.sluice.Settings;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationDirectory;
import dev.sluice.plan.Step;
import dev.sluice.run.RunEvent;
import dev.sluice.run.RunListener;
import dev.sluice.run.RunResult;
import dev.sluice.run.UpOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sluice with its default settings, in this process, on the migrations of one directory. */
public final class SluiceRun {
    /** How the page calls it. */
    public static final String NAME = "Sluice";

    private final Path directory;
    private final Database database;
    private final Settings settings;
    private final Metrics metrics = new Metrics();

    private SluiceRun(Path directory, Database database, Settings settings) {
        this.directory = directory;
        this.database = database;
        this.settings = settings;
    }

    /** How long the backfills took, and how often locks were not to be had. */
    private static final class Metrics implements RunListener {
        private final Set<String> fills = new HashSet<>();
        private Duration filling = Duration.ZERO;
        private int failedTries;

        @Override
        public synchronized void on(RunEvent event) {
            if (event instanceof RunEvent.StepStarted started && started.step() instanceof Step.Backfill) {
                fills.add(started.stepId());
            } else if (event instanceof RunEvent.StepFinished finished && fills.contains(finished.stepId())) {
                filling = filling.plus(finished.duration());
            } else if (event instanceof RunEvent.WaitingForLock waiting) {
                failedTries = Math.max(failedTries, waiting.failedTries());
            }
        }
    }

    /** On migrations that lie in a directory. */
    public static SluiceRun on(Database database, Path directory) {
        return new SluiceRun(directory, database, Settings.defaults());
    }

    /** On one migration, of which the second half, after {@code -- migrate:down}, may be missing. */
    public static SluiceRun of(Database database, Path scratch, String script) throws IOException {
        Path directory = Files.createTempDirectory(scratch, "sluice-");
        Files.writeString(
                directory.resolve("20260101000000_before.sql"),
                "-- migrate:up\nCREATE TABLE sluice_bench_begun (id int);\n");
        Files.writeString(directory.resolve("20260102000000_change.sql"), "-- migrate:up\n" + script);
        return new SluiceRun(directory, database, Settings.defaults());
    }

    /** The same with another limit for getting one lock. */
    public SluiceRun givingUpAfter(Duration budget) {
        return new SluiceRun(
                directory, database, settings.withLocks(settings.locks().withBudget(budget)));
    }

    /** The same with batches that are steered to another duration. */
    public SluiceRun withBatches(Duration target) {
        return new SluiceRun(
                directory, database, settings.withData(settings.data().withTargetBatch(target)));
    }

    /** Makes the journal, by a first migration that touches nothing else; not part of what is measured. */
    public SluiceRun begin() {
        up(UpOptions.all().withCount(1));
        return this;
    }

    /** @return whether anything ran */
    public RunResult up() {
        return up(UpOptions.all());
    }

    public void contract() {
        with(migrator -> migrator.contract(Optional.empty()));
    }

    public void speed(double share) {
        with(migrator -> {
            migrator.speed(share);
            return true;
        });
    }

    public double fillSeconds() {
        return metrics.filling.toNanos() / 1e9;
    }

    /** How often it has tried to get the locks of a step, as it last told while it waited. */
    public int tries() {
        return 1 + metrics.failedTries;
    }

    private RunResult up(UpOptions options) {
        RunResult result = with(migrator -> migrator.up(options));
        if (result.stopped().isPresent() && options.count().isEmpty()) {
            throw new IllegalStateException("stopped: " + result.stopped().get());
        }
        return result;
    }

    private interface Command<T> {
        T run(Migrator migrator);
    }

    private <T> T with(Command<T> command) {
        List<Migration> migrations =
                new MigrationDirectory(directory).read().requireValid().migrations();
        try (PostgresPlans plans = new PostgresPlans()) {
            return command.run(new Migrator(database::connect, migrations, plans, settings, metrics));
        }
    }
}
