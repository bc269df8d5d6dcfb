package dev.sluice.cli.command;

import com.google.gson.JsonObject;
import dev.sluice.cli.render.Json;
import dev.sluice.cli.render.Quantities;
import dev.sluice.run.HelpResult;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code sluice work}. */
@Command(
        name = "work",
        description = {
            "Help with the backfills of whoever runs migrations now, from this machine, until that run is over.",
            "",
            "It needs no migration files: what is to be done stands in the journal. It may be stopped or",
            "killed at any time: others go on with what it leaves.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  sluice work                      one more session that fills the table",
            "  sluice work --workers 4          four of them"
        })
final class WorkCommand implements Callable<Integer> {
    private final RootCommand root;

    WorkCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        HelpResult result = new MigrationRun(root).help();
        if (root.console().isJson()) {
            JsonObject object = new JsonObject();
            object.addProperty("backfills", result.backfills());
            object.addProperty("rows", result.rows());
            root.console().result(Json.pretty(object));
        } else {
            root.console()
                    .out(
                            result.backfills() == 0
                                    ? "Nothing to help with: no backfill runs on this database.\n"
                                    : "Changed " + Quantities.rows(result.rows()) + ".\n");
        }
        return MigrationRun.ok();
    }
}
