package dev.sluice.cli.command;

import dev.sluice.migration.OutOfOrder;
import dev.sluice.run.UpOptions;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice up}. */
@Command(
        name = "up",
        description = {
            "Take pending migrations up to the deploy of the new version.",
            "",
            "What was interrupted goes on where it stopped. A migration that needs a deploy stops there;",
            "sluice contract goes on after it. Exit code 2: something is left to do.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  sluice up                        everything that is pending",
            "  sluice up 1                      the next migration only",
            "  sluice up --to 20260131120000    up to and including this version",
            "  sluice up --contract             for a database that no application uses right now"
        })
final class UpCommand implements Callable<Integer> {
    private final RootCommand root;

    @Parameters(arity = "0..1", paramLabel = "N", description = "How many migrations at most.")
    private @Nullable Integer count;

    @Option(names = "--to", paramLabel = "VERSION", order = 1, description = "Up to and including this version.")
    private @Nullable String to;

    @Option(
            names = "--contract",
            order = 2,
            description = "Contract each migration right away. Only when no old version of the application runs.")
    private boolean contract;

    @Option(
            names = "--out-of-order",
            order = 3,
            description = "Also run migrations that are older than the last applied one.")
    private boolean outOfOrder;

    UpCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        UpOptions options = UpOptions.all().withContract(contract);
        if (count != null) {
            options = options.withCount(Counts.atLeastOne(count));
        }
        if (to != null) {
            options = options.withTarget(to);
        }
        if (outOfOrder) {
            options = options.withOutOfOrder(OutOfOrder.ALLOW);
        }
        UpOptions asked = options;
        return new MigrationRun(root).change(migrator -> migrator.up(asked));
    }
}
