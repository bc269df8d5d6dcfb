package dev.sluice.cli.command;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.cli.render.KeptText;
import dev.sluice.cli.render.StatusText;
import dev.sluice.run.KeptThing;
import dev.sluice.run.MigrationState;
import dev.sluice.run.Status;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice purge}. */
@Command(
        name = "purge",
        description = {"Drop for good what contract archived. After that there is no way back but a backup.", ""},
        footer = {
            "",
            "Examples:",
            "  sluice purge 20260131120000      of one migration; asks first",
            "  sluice purge --yes               of all applied ones, without asking",
            "  sluice purge --kept              what migrations kept when they were taken back"
        })
final class PurgeCommand implements Callable<Integer> {
    private final RootCommand root;

    @Parameters(arity = "0..1", paramLabel = "VERSION", description = "The migration; default: all that are applied.")
    private @Nullable String version;

    @Option(
            names = {"-y", "--yes"},
            order = 1,
            description = "Do not ask.")
    private boolean yes;

    @Option(
            names = "--kept",
            order = 2,
            description = {
                "Drop instead what migrations kept when they were taken back: tables and columns with data that exists "
                        + "nowhere else. What a migration that is applied again may still need stays."
            })
    private boolean kept;

    PurgeCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        MigrationRun run = new MigrationRun(root);
        if (kept) {
            return kept(run);
        }
        Optional<String> wanted = Optional.ofNullable(version);
        if (!yes) {
            Status status = run.look(migrator -> migrator.status());
            List<Status.Entry> applied = status.migrations().stream()
                    .filter(entry -> entry.state() == MigrationState.APPLIED || entry.state() == MigrationState.PURGING)
                    .filter(entry -> wanted.isEmpty() || wanted.get().equals(entry.version()))
                    .toList();
            if (applied.isEmpty() && wanted.isEmpty()) {
                root.console().note("Nothing to purge: no migration is applied and unpurged.");
                return MigrationRun.ok();
            }
            Consent.require(
                    root,
                    "What these archived is dropped for good:\n" + StatusText.names(applied),
                    "Purge " + applied.size() + (applied.size() == 1 ? " migration?" : " migrations?"));
        }
        return run.change(migrator -> migrator.purge(wanted));
    }

    private Integer kept(MigrationRun run) {
        if (version != null) {
            throw new SluiceException(
                    ExitCode.USAGE,
                    "--kept is for the whole database: it takes no version.\nNext: sluice purge --kept");
        }
        List<KeptThing> things = run.look(migrator -> migrator.kept());
        if (things.isEmpty()) {
            root.console().note("Nothing to purge: no migration kept anything that none can need again.");
        } else if (!yes) {
            Consent.require(
                    root,
                    "These hold data that exists nowhere else, or are needed by it, and are dropped for good:\n"
                            + KeptText.lines(things),
                    "Drop " + (things.size() == 1 ? "it?" : "these " + things.size() + "?"));
        }
        List<KeptThing> dropped = things.isEmpty() ? things : run.work(migrator -> migrator.purgeKept());
        if (root.console().isJson()) {
            root.console().result(KeptText.json(dropped));
        } else if (!dropped.isEmpty()) {
            root.console().out("Dropped:\n" + KeptText.lines(dropped));
        }
        return MigrationRun.ok();
    }
}
