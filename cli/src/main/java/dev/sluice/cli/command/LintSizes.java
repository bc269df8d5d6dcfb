package dev.sluice.cli.command;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.cli.settings.Setting;
import dev.sluice.db.Session;
import dev.sluice.lint.size.Sizes;
import dev.sluice.lint.size.SizesJson;
import dev.sluice.postgres.SizesReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code sluice lint} that say how large tables are: a file, or a database that is asked. */
final class LintSizes {

    @Option(
            names = "--stats",
            order = 24,
            paramLabel = "FILE",
            description = "Judge by the sizes in this file of sluice stats; --url asks the database itself.")
    private @Nullable Path stats;

    /** An address that only the environment or the settings name is not asked: linting is for where no database is. */
    Sizes sizes(RootCommand root) {
        boolean asked = root.configuration()
                .given(Setting.URL)
                .filter(url -> url.origin().equals(Setting.URL.flag()))
                .isPresent();
        if (stats != null && asked) {
            throw new SluiceException(ExitCode.USAGE, "--stats and --url exclude one another: give one of them.");
        }
        if (stats != null) {
            return read(root.surroundings().directory().resolve(stats));
        }
        if (!asked) {
            return Sizes.UNKNOWN;
        }
        try (Session session = Session.open(root.connector(), "lint")) {
            return SizesReader.read(session);
        }
    }

    private static Sizes read(Path file) {
        try {
            return SizesJson.read(Files.readString(file));
        } catch (IOException | IllegalArgumentException e) {
            throw new SluiceException(
                    ExitCode.USAGE,
                    "The statistics " + file + " cannot be read: " + e.getMessage()
                            + "\nNext: write them with sluice stats --url … > " + file);
        }
    }
}
