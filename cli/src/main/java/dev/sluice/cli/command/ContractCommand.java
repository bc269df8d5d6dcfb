package dev.sluice.cli.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sluice contract}. */
@Command(
        name = "contract",
        description = {
            "Finish what up began, after the deploy: make things required, archive what is old.",
            "",
            "Only when the new version is deployed and no old one runs any more. Until purge, down still goes back.",
            "Exit code 2: nothing was there to contract, and up has something to do.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  sluice contract                    every migration that waits for it",
            "  sluice contract 20260131120000     this one"
        })
final class ContractCommand implements Callable<Integer> {
    private final RootCommand root;

    @Parameters(arity = "0..1", paramLabel = "VERSION", description = "The migration; default: all that are expanded.")
    private @Nullable String version;

    ContractCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return new MigrationRun(root).change(migrator -> migrator.contract(Optional.ofNullable(version)));
    }
}
