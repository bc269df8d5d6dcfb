package dev.sluice.cli.demo;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.cli.command.RootCommand;
import dev.sluice.cli.render.Json;
import dev.sluice.lab.shop.ShopMigrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sluice demo}. */
@Command(
        name = "demo",
        description = {
            "Watch six migrations go through a private PostgreSQL under live traffic, and one of them back.",
            "",
            "An old and a new version of a shop's application write to the same million rows meanwhile.",
            "Every answer the applications get is checked, and in the end every row.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  sluice demo                       a million users and orders; about two minutes",
            "  sluice demo --rows 20000          the same in half a minute",
            "  sluice demo --keep shop           and keep the migration files in ./shop",
            "  sluice demo --format json         the result for programs",
            "",
            "Exits with 1 when a statement failed or a row is not what it must be."
        })
public final class DemoCommand implements Callable<Integer> {
    private final RootCommand root;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Users, and as many orders. Default: 1000000.")
    private long rows;

    @Option(names = "--keep", paramLabel = "DIR", description = "Write the migration files there, and leave them.")
    private @Nullable Path keep;

    public DemoCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException, SQLException {
        if (rows < DemoOptions.LEAST_ROWS) {
            throw new SluiceException(
                    ExitCode.USAGE, "--rows is " + rows + ".\nNext: give at least " + DemoOptions.LEAST_ROWS + ".");
        }
        root.configuration();
        Path kept = keep;
        if (kept != null) {
            return run(root.surroundings().directory().resolve(kept));
        }
        Path temporary = Files.createTempDirectory("sluice-demo-");
        Thread cleaner = new Thread(() -> delete(temporary), "cleaner");
        // also when the user has seen enough and presses Ctrl-C
        Runtime.getRuntime().addShutdownHook(cleaner);
        return run(temporary.resolve("migrations"));
    }

    private int run(Path migrations) throws IOException, SQLException {
        ShopMigrations.writeTo(migrations);
        Screen screen = new Screen(root.console(), root.surroundings().errTerminal());
        DemoReport report = new Demo(DemoOptions.of(rows, migrations), screen).run();
        if (root.console().isJson()) {
            root.console().result(Json.pretty(DemoJson.of(report)));
        } else {
            root.console()
                    .out("\n" + DemoSummary.of(report, root.console().look().out()));
        }
        return report.isSuccess() ? ExitCode.OK.code() : ExitCode.ERROR.code();
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : all) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // a temporary directory that stays is no reason to fail
            return;
        }
    }
}
