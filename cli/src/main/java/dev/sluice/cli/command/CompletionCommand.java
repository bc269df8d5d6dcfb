package dev.sluice.cli.command;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice completion}. */
@Command(
        name = "completion",
        description = {"Print a completion script for bash and zsh.", ""},
        footer = {"", "Example:", "  source <(sluice completion)"})
final class CompletionCommand implements Callable<Integer> {
    private final RootCommand root;

    @Spec
    private @Nullable CommandSpec spec;

    CompletionCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        root.console()
                .result(AutoComplete.bash("sluice", requireNonNull(spec).root().commandLine()));
        return 0;
    }
}
