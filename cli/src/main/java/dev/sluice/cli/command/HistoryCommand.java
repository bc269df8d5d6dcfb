package dev.sluice.cli.command;

import dev.sluice.cli.render.HistoryText;
import dev.sluice.run.HistoryEntry;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice history}. */
@Command(
        name = "history",
        description = {"Show what was run, when and by whom: the journal in the database.", ""},
        footer = {
            "",
            "Examples:",
            "  sluice history -n 20             the last 20 events",
            "  sluice history 20260131120000 --sql      of one migration, with the exact SQL"
        })
final class HistoryCommand implements Callable<Integer> {
    private final RootCommand root;

    @Parameters(arity = "0..1", paramLabel = "VERSION", description = "Only this migration.")
    private @Nullable String version;

    @Option(
            names = {"-n", "--last"},
            paramLabel = "N",
            order = 1,
            description = "Only the last N events.")
    private @Nullable Integer last;

    @Option(names = "--sql", order = 2, description = "Also the SQL that ran.")
    private boolean sql;

    HistoryCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        // The journal is in the database: it must be readable when the files are not.
        List<HistoryEntry> all = new MigrationRun(root).look(migrator -> migrator.history(), List.of());
        List<HistoryEntry> events = all.stream()
                .filter(event -> version == null
                        || event.version().filter(version::equals).isPresent())
                .toList();
        if (last != null) {
            events = events.subList(Math.max(0, events.size() - Counts.atLeastOne(last)), events.size());
        }
        if (root.console().isJson()) {
            root.console().result(HistoryText.json(events));
        } else {
            root.console()
                    .out(HistoryText.text(events, sql, root.console().look().out()));
        }
        return MigrationRun.ok();
    }
}
