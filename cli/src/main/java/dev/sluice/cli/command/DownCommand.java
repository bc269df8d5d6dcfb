package dev.sluice.cli.command;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.cli.render.StatusText;
import dev.sluice.migration.Migration;
import dev.sluice.run.DownOptions;
import dev.sluice.run.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice down}. */
@Command(
        name = "down",
        description = {
            "Take migrations back, the last one first, with the data that was written since.",
            "",
            "Possible until purge. Afterwards only the old version of the application works. After contract, go in two steps:",
            "--contract-only makes both versions work again; deploy the old one, stop the new one; then take back the rest.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  sluice down                      the last migration; asks first",
            "  sluice down --contract-only      only what its contract did; both versions work again",
            "  sluice down 2 --yes              the last two, without asking",
            "  sluice down --to 20260131120000  everything after this version; the version itself stays"
        })
final class DownCommand implements Callable<Integer> {
    private final RootCommand root;

    @Parameters(arity = "0..1", paramLabel = "N", description = "How many migrations; default: one.")
    private @Nullable Integer count;

    @Option(names = "--to", paramLabel = "VERSION", order = 1, description = "Everything after this version.")
    private @Nullable String to;

    @Option(
            names = "--contract-only",
            order = 2,
            description = "Take back contract and keep expand, so that both versions work again.")
    private boolean contractOnly;

    @Option(
            names = {"-y", "--yes"},
            order = 3,
            description = "Do not ask.")
    private boolean yes;

    DownCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        MigrationRun run = new MigrationRun(root);
        if (to != null || !yes) {
            List<Migration> migrations = root.project().inOrder(root.project().files());
            Status status = run.look(migrator -> migrator.status(), migrations);
            List<Status.Entry> chosen = chosen(status);
            if (chosen.isEmpty()) {
                root.console().note("Nothing to take back.");
                return MigrationRun.ok();
            }
            if (!yes) {
                Consent.require(
                        root,
                        (contractOnly
                                        ? "Contract to be taken back, in this order:\n"
                                        : "To be taken back, in this order:\n")
                                + StatusText.names(chosen),
                        (contractOnly ? "Take back the contract of " : "Take back ")
                                + (chosen.size() == 1 ? "this migration?" : "these " + chosen.size() + " migrations?"));
            }
            DownOptions options = DownOptions.last()
                    .withThrough(chosen.get(chosen.size() - 1).version())
                    .withContractOnly(contractOnly);
            return run.change(migrator -> migrator.down(options));
        }
        int asked = count == null ? 1 : Counts.atLeastOne(count);
        return run.change(
                migrator -> migrator.down(DownOptions.last().withCount(asked).withContractOnly(contractOnly)));
    }

    /** The last one first. */
    private List<Status.Entry> chosen(Status status) {
        List<Status.Entry> backwards = new ArrayList<>(status.migrations().stream()
                .filter(entry -> !entry.state().isPending())
                .toList());
        Collections.reverse(backwards);
        if (to == null) {
            int asked = count == null ? 1 : Counts.atLeastOne(count);
            return backwards.subList(0, Math.min(asked, backwards.size()));
        }
        Optional<Integer> at = Optional.empty();
        for (int i = 0; i < backwards.size(); i++) {
            if (backwards.get(i).version().equals(to)) {
                at = Optional.of(i);
            }
        }
        return backwards.subList(
                0,
                at.orElseThrow(() -> new SluiceException(
                        ExitCode.USAGE,
                        "Version " + to + " is not applied, so there is no going back to it.\n"
                                + "Next: sluice status lists what is.")));
    }
}
