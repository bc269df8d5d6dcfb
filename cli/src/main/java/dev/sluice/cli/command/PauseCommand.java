package dev.sluice.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code sluice pause}. */
@Command(
        name = "pause",
        description = {
            "Pause backfills and batched statements after the batch that runs; nothing is undone and no lock is held.",
            ""
        })
final class PauseCommand implements Callable<Integer> {
    private final RootCommand root;

    PauseCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return SpeedCommand.set(root, 0);
    }
}
