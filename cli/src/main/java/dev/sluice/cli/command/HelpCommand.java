package dev.sluice.cli.command;

import static java.util.Objects.requireNonNull;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.cli.render.Style;
import dev.sluice.migration.NearestName;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice help}. */
@Command(
        name = "help",
        description = {"Explain Sluice, or one command.", ""},
        footer = {"", "Example:", "  sluice help plan"})
final class HelpCommand implements Callable<Integer> {
    private final RootCommand root;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "The command to explain.")
    private @Nullable String command;

    HelpCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        CommandLine line = requireNonNull(spec).root().commandLine();
        if (command != null) {
            CommandLine named = line.getSubcommands().get(command);
            if (named == null) {
                throw new SluiceException(
                        ExitCode.USAGE,
                        "There is no command '" + command + "'."
                                + NearestName.of(command, Commands.names())
                                        .map(near -> "\nNext: did you mean sluice help " + near + "?")
                                        .orElse("\nCommands: " + String.join(", ", Commands.names()) + "."));
            }
            line = named;
        }
        Style style = root.console().look().out();
        root.console().result(line.getUsageMessage(style == Style.ANSI ? Help.Ansi.ON : Help.Ansi.OFF));
        return ExitCode.OK.code();
    }
}
