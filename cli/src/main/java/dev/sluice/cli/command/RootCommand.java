package dev.sluice.cli.command;

import static java.util.Objects.requireNonNull;

import dev.sluice.cli.Console;
import dev.sluice.cli.Interruption;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.connection.Connector;
import dev.sluice.cli.connection.Target;
import dev.sluice.cli.connection.TargetResolver;
import dev.sluice.cli.settings.Configuration;
import dev.sluice.cli.settings.Setting;
import dev.sluice.sql.Redaction;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code sluice} itself: the options that every command has, and what commands need from them. */
@Command(
        name = "sluice",
        description = {
            "Takes the migration you would write for an empty database through production",
            "without downtime, and back.",
            ""
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Start here:",
            "  sluice init                              a directory for migrations, and settings",
            "  sluice new add_full_name_to_users full_name:text",
            "  sluice plan                              what would happen, step by step",
            "  sluice up                                up to the deploy of the new version",
            "  sluice contract                          and after it",
            "",
            "Exit codes: 0 ok, 1 error, 2 changes pending, 3 invalid migrations, 4 lock not acquired, 5 hazard,",
            "  6 failed and safe, 7 failed and needs you, 8 drift, 9 no connection, 64 usage, 130 interrupted."
        })
public final class RootCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final Interruption interruption;
    private Console console;
    private final Map<Setting, String> flags = new EnumMap<>(Setting.class);
    private @Nullable Configuration configuration;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            order = 50,
            description = "The settings file (default: ./sluice.toml if there is one).")
    private @Nullable String config;

    @Option(
            names = "--no-color",
            scope = ScopeType.INHERIT,
            order = 60,
            description = "No colours. NO_COLOR does the same.")
    @SuppressWarnings("unused") // see Cli: needed before picocli has parsed anything
    private boolean noColor;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            order = 61,
            description = "Results and errors only.")
    @SuppressWarnings("unused") // see Cli: needed before picocli has parsed anything
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            order = 62,
            description = "Say more; stack traces with errors.")
    @SuppressWarnings("unused") // see Cli: needed before picocli has parsed anything
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            order = 63,
            description = "This text.")
    @SuppressWarnings("unused") // see Cli: needed before picocli has parsed anything
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            order = 64,
            description = "Which Sluice this is.")
    @SuppressWarnings("unused") // see Cli: needed before picocli has parsed anything
    private boolean version;

    public RootCommand(Surroundings surroundings, Console console, Interruption interruption) {
        this.surroundings = surroundings;
        this.interruption = interruption;
        this.console = console;
    }

    /** Called when no command is named. */
    @Override
    public Integer call() {
        CommandLine line = requireNonNull(spec).commandLine();
        throw new ParameterException(
                line, "No command is named. They are: " + String.join(", ", Commands.names()) + ".");
    }

    void flag(Setting setting, String value) {
        flags.put(setting, value);
    }

    Interruption interruption() {
        return interruption;
    }

    public Surroundings surroundings() {
        return surroundings;
    }

    /** Knows the password of the target as soon as one was resolved, and hides it from then on. */
    public Console console() {
        return console;
    }

    /** File, environment and flags; read once. */
    public Configuration configuration() {
        Configuration read = configuration;
        if (read == null) {
            read = Configuration.read(surroundings, flags, Optional.ofNullable(config));
            configuration = read;
            boolean json = read.text(Setting.FORMAT).filter("json"::equals).isPresent();
            Console.Look look = console.look();
            console = console.with(new Console.Look(look.out(), look.err(), look.loudness(), json));
        }
        return read;
    }

    /** The migration files. */
    Project project() {
        return new Project(surroundings, configuration());
    }

    /** The way to the database; opens nothing yet. */
    public Connector connector() {
        TargetResolver resolver = new TargetResolver(surroundings);
        Target target = resolver.resolve(configuration()
                .given(Setting.URL)
                .map(value -> new TargetResolver.Given(value.text(), value.origin())));
        Redaction redaction = console.redaction().with(target.secrets());
        console = console.with(redaction);
        resolver.warnings().forEach(warning -> console.note(console.look().err().yellow("warning:") + " " + warning));
        console.detail("database: " + target);
        return new Connector(target);
    }
}
