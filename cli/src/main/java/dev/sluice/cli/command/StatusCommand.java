package dev.sluice.cli.command;

import dev.sluice.ExitCode;
import dev.sluice.cli.render.StatusText;
import dev.sluice.run.Status;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code sluice status}. */
@Command(
        name = "status",
        description = {
            "Show where every migration stands, and which command goes on.",
            "",
            "Reads only. Exit code 0: nothing to do; 2: something is pending or open.",
            ""
        },
        footer = {"", "Examples:", "  sluice status", "  sluice status --format json"})
final class StatusCommand implements Callable<Integer> {
    private final RootCommand root;

    StatusCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Status status = new MigrationRun(root).look(migrator -> migrator.status());
        if (root.console().isJson()) {
            root.console().result(StatusText.json(status));
        } else {
            root.console()
                    .out(StatusText.text(
                            status,
                            root.surroundings().clock().instant(),
                            root.console().look().out()));
        }
        return (status.hasPending() || status.differsFromFiles() ? ExitCode.PENDING : ExitCode.OK).code();
    }
}
