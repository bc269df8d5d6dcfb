package dev.sluice.cli.command;

import dev.sluice.ExitCode;
import dev.sluice.db.Session;
import dev.sluice.lint.size.SnapshotJson;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code sluice stats}. */
@Command(
        name = "stats",
        description = {
            "Print the schema, how large its tables are and how much they are used, for sluice lint --stats.",
            "",
            "Reads catalogs and statistics and changes nothing. Definitions, names and figures, no rows; where",
            "pg_stat_statements is installed, the texts of frequent queries with their constants taken out.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  sluice stats --url postgres://…@replica/shop > stats.json",
            "  sluice lint --stats stats.json"
        })
final class StatsCommand implements Callable<Integer> {
    private final RootCommand root;

    StatsCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        try (Session session = Session.open(root.connector(), "stats")) {
            root.console().result(SnapshotJson.of(LintDatabase.take(session)));
        }
        return ExitCode.OK.code();
    }
}
