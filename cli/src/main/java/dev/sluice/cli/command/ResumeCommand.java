package dev.sluice.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code sluice resume}. */
@Command(
        name = "resume",
        description = {"Let backfills and batched statements work at full speed again.", ""})
final class ResumeCommand implements Callable<Integer> {
    private final RootCommand root;

    ResumeCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return SpeedCommand.set(root, 100);
    }
}
