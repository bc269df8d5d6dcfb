package dev.sluice.lab.life;

import static java.util.Objects.requireNonNull;

import dev.sluice.Migrator;
import dev.sluice.Settings;
import dev.sluice.SluiceException;
import dev.sluice.db.ConnectionSource;
import dev.sluice.migration.Migration;
import dev.sluice.run.DownOptions;
import dev.sluice.run.MigrationState;
import dev.sluice.run.PlanSource;
import dev.sluice.run.RunListener;
import dev.sluice.run.RunResult;
import dev.sluice.run.UpOptions;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One migration in one database, taken from state to state by the commands a user has. Each command is a new runner with
 * new plans, as a new process would be. All throw what {@link Migrator} throws. For one thread, except {@link #interrupt}.
 */
public final class Life {
    private final ConnectionSource connections;
    private final Migration migration;
    private final Supplier<PlanSource> plans;
    private final Settings settings;
    private final RunListener listener;
    private volatile Optional<Migrator> running = Optional.empty();

    /**
     * @param plans a new source for each command, which closes it
     * @param listener of all commands; it may interrupt the life it is given
     */
    public Life(
            ConnectionSource connections,
            Migration migration,
            Supplier<PlanSource> plans,
            Settings settings,
            Function<Life, RunListener> listener) {
        this.connections = requireNonNull(connections);
        this.migration = alone(migration);
        this.plans = requireNonNull(plans);
        this.settings = requireNonNull(settings);
        this.listener = listener.apply(this);
    }

    /** {@code sluice up}. */
    public MigrationState up() {
        return run(migrator -> migrator.up(UpOptions.all()));
    }

    /** {@code sluice contract}. */
    public MigrationState contract() {
        return run(migrator -> migrator.contract(Optional.empty()));
    }

    /** {@code sluice down}. */
    public MigrationState down() {
        return run(migrator -> migrator.down(DownOptions.last()));
    }

    /** {@code sluice down --contract-only}. */
    public MigrationState backToExpanded() {
        return run(migrator -> migrator.down(DownOptions.last().withContractOnly(true)));
    }

    /** {@code sluice purge}. */
    public MigrationState purge() {
        return run(migrator -> migrator.purge(Optional.empty()));
    }

    /** {@code sluice purge --kept}. */
    public void purgeKept() {
        PlanSource source = plans.get();
        try {
            new Migrator(connections, List.of(migration), source, settings, listener).purgeKept();
        } finally {
            close(source);
        }
    }

    /** Stops the command that runs, see {@link Migrator#interrupt()}. */
    public void interrupt() {
        running.ifPresent(Migrator::interrupt);
    }

    private MigrationState run(Function<Migrator, RunResult> command) {
        PlanSource source = plans.get();
        try {
            Migrator migrator = new Migrator(connections, List.of(migration), source, settings, listener);
            running = Optional.of(migrator);
            RunResult result = command.apply(migrator);
            result.stopped().ifPresent(reason -> {
                throw new SluiceException(result.exitCode(), reason);
            });
            return result.outcomes().isEmpty()
                    ? migrator.status().migrations().get(0).state()
                    : result.outcomes().get(result.outcomes().size() - 1).state();
        } finally {
            running = Optional.empty();
            close(source);
        }
    }

    private static void close(PlanSource source) {
        if (source instanceof AutoCloseable resource) {
            try {
                resource.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** What it depends on is in the database already, but not in its journal. */
    private static Migration alone(Migration migration) {
        return new Migration(
                migration.version(), migration.name(), migration.kind(), migration.up(), migration.down(), List.of());
    }
}
