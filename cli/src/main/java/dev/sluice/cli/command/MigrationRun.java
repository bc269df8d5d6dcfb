package dev.sluice.cli.command;

import dev.sluice.ExitCode;
import dev.sluice.Migrator;
import dev.sluice.PostgresPlans;
import dev.sluice.Settings;
import dev.sluice.SluiceException;
import dev.sluice.backfill.DataOptions;
import dev.sluice.cli.Console;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.connection.Connector;
import dev.sluice.cli.progress.RunReport;
import dev.sluice.cli.render.RunText;
import dev.sluice.cli.settings.Configuration;
import dev.sluice.cli.settings.Setting;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationFiles;
import dev.sluice.run.HelpResult;
import dev.sluice.run.RunListener;
import dev.sluice.run.RunResult;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** A call of the library on behalf of a command: from options to a {@link Migrator}, from its result to output. */
final class MigrationRun {
    private static final int DEFAULT_WIDTH = 80;

    private final RootCommand root;

    MigrationRun(RootCommand root) {
        this.root = root;
    }

    /** Changes the database, telling what happens and what it came to. */
    Integer change(Function<Migrator, RunResult> command) {
        RunResult result = work(command);
        Console console = root.console();
        if (console.isJson()) {
            console.result(RunText.json(result));
        } else {
            console.out(RunText.text(result, console.look().out()));
        }
        return result.exitCode().code();
    }

    /** Changes the database, telling what happens. */
    <T> T work(Function<Migrator, T> command) {
        MigrationFiles files = root.project().files();
        List<Migration> migrations = root.project().inOrder(files);
        mentionUnused(files);
        return work(command, migrations);
    }

    /** Helps whoever runs; the journal has what is needed. */
    HelpResult help() {
        return work(migrator -> migrator.help(), List.of());
    }

    private <T> T work(Function<Migrator, T> command, List<Migration> migrations) {
        Connector connector = root.connector();
        Surroundings surroundings = root.surroundings();
        Console console = root.console();
        RunReport report = new RunReport(console, surroundings.clock(), surroundings.errTerminal(), width());
        try (PostgresPlans plans = new PostgresPlans()) {
            Migrator migrator = new Migrator(connector, migrations, plans, settings(), report);
            root.interruption().whenInterrupted(() -> {
                report.clear();
                console.error("interrupted: stopping in an orderly way…");
                migrator.interrupt();
            });
            return command.apply(migrator);
        } finally {
            report.clear();
        }
    }

    /** Asks the database and changes nothing. */
    <T> T look(Function<Migrator, T> question) {
        return look(question, root.project().inOrder(root.project().files()));
    }

    <T> T look(Function<Migrator, T> question, List<Migration> migrations) {
        return question.apply(looking(migrations));
    }

    /** For questions only: a look never plans, and the parser is slow to start. */
    Migrator looking(List<Migration> migrations) {
        return new Migrator(root.connector(), migrations, NoPlans.INSTANCE, settings(), RunListener.silent());
    }

    /** What the library is told. */
    Settings settings() {
        Configuration configuration = root.configuration();
        Settings settings = Settings.defaults();
        var locks = settings.locks();
        if (configuration.given(Setting.LOCK_TIMEOUT).isPresent()) {
            locks = locks.withTimeout(
                    configuration.duration(Setting.LOCK_TIMEOUT).orElseThrow());
        }
        if (configuration.given(Setting.LOCK_BUDGET).isPresent()) {
            locks = locks.withBudget(configuration.duration(Setting.LOCK_BUDGET).orElseThrow());
        }
        settings = settings.withLocks(locks.withCancelBlockers(configuration.isOn(Setting.CANCEL_BLOCKERS)));
        if (configuration.given(Setting.WAIT_FOR_RUNNER).isPresent()) {
            settings = settings.withWaitForRunner(
                    configuration.duration(Setting.WAIT_FOR_RUNNER).orElseThrow());
        }
        if (configuration.given(Setting.RECONNECT_FOR).isPresent()) {
            settings = settings.withReconnectFor(
                    configuration.duration(Setting.RECONNECT_FOR).orElseThrow());
        }
        settings = settings.withData(data(configuration));
        settings = configuration
                .bytes(Setting.DISK_FREE)
                .map(settings::withDiskFree)
                .orElse(settings);
        settings = configuration
                .window(Setting.ONLY_BETWEEN)
                .map(settings::withOnlyBetween)
                .orElse(settings);
        return settings.withActor(
                configuration.text(Setting.ACTOR).orElse(root.surroundings().userName()));
    }

    private static DataOptions data(Configuration configuration) {
        DataOptions data = DataOptions.defaults();
        data = configuration.number(Setting.WORKERS).map(data::withWorkers).orElse(data);
        data = configuration
                .duration(Setting.MAX_REPLICA_LAG)
                .map(data::withMaxReplicaLag)
                .orElse(data);
        Duration batch = configuration.duration(Setting.BATCH_TIME).orElse(data.targetBatch());
        if (batch.toMillis() < 1 || batch.toMillis() > 1000) {
            throw new SluiceException(
                    ExitCode.USAGE,
                    "batch_time is " + batch.toMillis()
                            + " ms: it takes 1ms to 1s, because an application may wait for a"
                            + " row as long.\nNext: --batch-time 50ms");
        }
        return data.withTargetBatch(batch);
    }

    private void mentionUnused(MigrationFiles files) {
        if (!files.unused().isEmpty()) {
            root.console()
                    .note(root.console().look().err().yellow("warning:") + " not migrations, left alone: "
                            + String.join(", ", files.unused()));
        }
    }

    private int width() {
        return root.surroundings()
                .variable("COLUMNS")
                .filter(text -> text.matches("\\d{1,4}"))
                .map(Integer::parseInt)
                .orElse(DEFAULT_WIDTH);
    }

    /** For a command that found nothing wrong and changed nothing. */
    static Integer ok() {
        return ExitCode.OK.code();
    }
}
