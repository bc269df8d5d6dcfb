package dev.sluice.cli.command;

import dev.sluice.cli.demo.DemoCommand;
import dev.sluice.cli.settings.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/**
 * The list of commands, in the order of the help text. Only the command that is called gets loaded: reading the
 * annotations of all of them would double the time of {@code sluice status}.
 */
public final class Commands {
    private static final Map<String, Function<RootCommand, Object>> ALL = all();

    /** Those that change the database. */
    private static final Set<String> RUNNING = Set.of("up", "contract", "down", "purge", "work", "repair");

    private Commands() {}

    private static Map<String, Function<RootCommand, Object>> all() {
        Map<String, Function<RootCommand, Object>> all = new LinkedHashMap<>();
        all.put("init", InitCommand::new);
        all.put("new", NewCommand::new);
        all.put("lint", LintCommand::new);
        all.put("stats", StatsCommand::new);
        all.put("plan", PlanCommand::new);
        all.put("test", TestCommand::new);
        all.put("up", UpCommand::new);
        all.put("contract", ContractCommand::new);
        all.put("down", DownCommand::new);
        all.put("purge", PurgeCommand::new);
        all.put("status", StatusCommand::new);
        all.put("watch", WatchCommand::new);
        all.put("work", WorkCommand::new);
        all.put("speed", SpeedCommand::new);
        all.put("pause", PauseCommand::new);
        all.put("resume", ResumeCommand::new);
        all.put("history", HistoryCommand::new);
        all.put("doctor", DoctorCommand::new);
        all.put("repair", RepairCommand::new);
        all.put("demo", DemoCommand::new);
        all.put("help", HelpCommand::new);
        all.put("completion", CompletionCommand::new);
        return all;
    }

    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /** Everything that these arguments may need, ready to execute. */
    public static CommandLine commandLine(RootCommand root, List<String> arguments) {
        CommandLine line = new CommandLine(CommandSpec.forAnnotatedObject(root));
        for (Setting setting : Setting.values()) {
            if (setting.use() == Setting.Use.EVERYWHERE) {
                line.getCommandSpec().addOption(option(root, setting));
            }
        }
        String named = arguments.stream().filter(ALL::containsKey).findFirst().orElse("");
        boolean all = named.isEmpty() || named.equals("help") || named.equals("completion");
        ALL.forEach((name, command) -> {
            if (all || name.equals(named)) {
                Object object = command.apply(root);
                CommandSpec spec = CommandSpec.forAnnotatedObject(object);
                if (object instanceof LintCommand lint) {
                    lint.addForms(spec);
                }
                if (RUNNING.contains(name) || name.equals("plan")) {
                    Stream.of(Setting.values())
                            .filter(setting -> setting.use() == Setting.Use.RUN)
                            .filter(setting -> RUNNING.contains(name) || setting == Setting.DISK_FREE)
                            .forEach(setting -> spec.addOption(option(root, setting)));
                }
                line.addSubcommand(name, spec);
            }
        });
        line.getCommandSpec().usageMessage().sortOptions(false);
        line.getSubcommands()
                .values()
                .forEach(each -> each.getCommandSpec().usageMessage().sortOptions(false));
        line.setUsageHelpAutoWidth(false).setUsageHelpWidth(100).setUsageHelpLongOptionsMaxWidth(28);
        return line;
    }

    private static OptionSpec option(RootCommand root, Setting setting) {
        boolean inherited = setting.use() == Setting.Use.EVERYWHERE;
        String fallback = setting.defaultValue().isEmpty() ? "" : " Default: " + setting.defaultValue() + ".";
        return OptionSpec.builder(setting.flag())
                .paramLabel(setting.placeholder())
                .type(String.class)
                .order(inherited ? 40 + setting.ordinal() : 20 + setting.ordinal())
                .arity(setting.kind() == Setting.Kind.SWITCH ? "0..1" : "1")
                .fallbackValue(setting.kind() == Setting.Kind.SWITCH ? "true" : "")
                .scopeType(inherited ? ScopeType.INHERIT : ScopeType.LOCAL)
                .description(setting.description() + fallback)
                .setter(new CommandLine.Model.ISetter() {
                    @Override
                    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
                    public <T> T set(T value) {
                        if (value != null) {
                            root.flag(setting, String.valueOf(value));
                        }
                        return value;
                    }
                })
                .build();
    }
}
