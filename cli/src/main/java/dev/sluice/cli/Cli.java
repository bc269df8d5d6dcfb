package dev.sluice.cli;

import dev.sluice.ExitCode;
import dev.sluice.cli.command.Commands;
import dev.sluice.cli.command.RootCommand;
import dev.sluice.cli.render.Style;
import dev.sluice.migration.NearestName;
import dev.sluice.sql.Redaction;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** One call of {@code sluice}, with everything it touches passed in. */
public final class Cli {
    private final Surroundings surroundings;
    private final Streams streams;
    private final Interruption interruption;

    public Cli(Surroundings surroundings, Streams streams, Interruption interruption) {
        this.surroundings = surroundings;
        this.streams = streams;
        this.interruption = interruption;
    }

    /**
     * Runs a command line.
     *
     * @return the exit code for the process; never throws
     */
    public int run(String... args) {
        List<String> arguments = List.of(args);
        if (arguments.equals(List.of("--version")) || arguments.equals(List.of("-V"))) {
            streams.out().println(Version.line()); // asked by scripts: answered without starting picocli
            streams.out().flush();
            return ExitCode.OK.code();
        }
        boolean json = wantsJson(arguments);
        Console console = console(arguments, json);
        RootCommand root = new RootCommand(surroundings, console, interruption);
        try {
            return execute(root, arguments, console);
        } catch (Throwable e) { // whatever it is, it must not end as a raw stack trace
            return new ErrorReport(root.console()).report(e).code();
        }
    }

    private int execute(RootCommand root, List<String> arguments, Console console) {
        CommandLine line = Commands.commandLine(root, arguments);
        line.getCommandSpec().version(Version.line());
        Style style = console.look().out();
        line.setColorScheme(Help.defaultColorScheme(style == Style.ANSI ? Help.Ansi.ON : Help.Ansi.OFF));
        line.setOut(new PrintWriter(streams.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(streams.err(), true, StandardCharsets.UTF_8));
        line.setExecutionExceptionHandler((e, command, parsed) ->
                new ErrorReport(root.console()).report(e).code());
        line.setParameterExceptionHandler((e, given) -> {
            new ErrorReport(console)
                    .usage(message(e), e.getCommandLine().getCommandSpec().qualifiedName());
            return ExitCode.USAGE.code();
        });
        return line.execute(arguments.toArray(String[]::new));
    }

    private static String message(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return String.valueOf(e.getMessage()) + ".";
        }
        String written = unmatched.getUnmatched().get(0);
        CommandSpec spec = e.getCommandLine().getCommandSpec();
        boolean option = written.startsWith("-");
        String what = option
                ? "There is no option '" + written.replaceFirst("=.*", "") + "'"
                : spec.parent() == null
                        ? "There is no command '" + written + "'"
                        : "'" + written + "' is one argument too many";
        List<String> known = new ArrayList<>(
                option ? spec.optionsMap().keySet() : spec.subcommands().keySet());
        known.removeIf(name -> !written.startsWith("--") == name.startsWith("--"));
        return NearestName.of(written.replaceFirst("=.*", ""), known)
                .map(near -> what + ".\nNext: did you mean " + near + "?")
                .orElse(what + ".");
    }

    /** Needed before the arguments are parsed: an error in them has to be reported in the form asked for. */
    private boolean wantsJson(List<String> arguments) {
        int at = arguments.lastIndexOf("--format");
        return arguments.contains("--format=json")
                || at >= 0 && at + 1 < arguments.size() && arguments.get(at + 1).equals("json")
                || at < 0
                        && arguments.stream().noneMatch(argument -> argument.startsWith("--format="))
                        && surroundings
                                .variable("SLUICE_FORMAT")
                                .filter("json"::equals)
                                .isPresent();
    }

    private Console console(List<String> arguments, boolean json) {
        boolean colours = !arguments.contains("--no-color")
                && surroundings.variable("NO_COLOR").isEmpty()
                && !surroundings.variable("TERM").filter("dumb"::equals).isPresent();
        return new Console(
                streams,
                new Console.Look(
                        Style.of(colours && surroundings.outTerminal()),
                        Style.of(colours && surroundings.errTerminal()),
                        loudness(arguments),
                        json),
                Redaction.byForm());
    }

    private static Console.Loudness loudness(List<String> arguments) {
        if (arguments.stream().anyMatch(Arrays.asList("-v", "--verbose")::contains)) {
            return Console.Loudness.VERBOSE;
        }
        return arguments.stream().anyMatch(Arrays.asList("-q", "--quiet")::contains)
                ? Console.Loudness.QUIET
                : Console.Loudness.NORMAL;
    }
}
