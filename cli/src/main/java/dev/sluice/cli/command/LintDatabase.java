package dev.sluice.cli.command;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.cli.lint.LintScripts;
import dev.sluice.cli.settings.Setting;
import dev.sluice.db.Session;
import dev.sluice.lint.size.Snapshot;
import dev.sluice.lint.size.SnapshotJson;
import dev.sluice.postgres.SchemaSql;
import dev.sluice.postgres.SizesReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code sluice lint} that say what the database is like: a file, or a database that is asked. */
final class LintDatabase {

    @Option(
            names = "--stats",
            order = 24,
            paramLabel = "FILE",
            description =
                    "Judge by the schema and the sizes in this file of sluice stats; --url asks the database itself.")
    private @Nullable Path stats;

    /** An address that only the environment or the settings name is not asked: linting is for where no database is. */
    Snapshot snapshot(RootCommand root) {
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
            return Snapshot.UNKNOWN;
        }
        try (Session session = Session.open(root.connector(), "lint")) {
            return take(session);
        }
    }

    /** What a database is like now. */
    static Snapshot take(Session session) {
        return new Snapshot(SizesReader.read(session), SchemaSql.read(session));
    }

    /**
     * The scripts to read: where the schema is known, those that are reported start from it, and those before them are in it
     * already. A whole directory makes its schema itself.
     */
    static List<LintScripts.Entry> toRead(Snapshot snapshot, List<LintScripts.Entry> entries, boolean whole) {
        return startsFromSchema(snapshot, whole)
                ? entries.stream().filter(LintScripts.Entry::reported).toList()
                : entries;
    }

    /** The schema before the first script, as SQL; empty for none. */
    static String start(Snapshot snapshot, boolean whole) {
        return startsFromSchema(snapshot, whole) ? snapshot.schema() : "";
    }

    private static boolean startsFromSchema(Snapshot snapshot, boolean whole) {
        return !whole && !snapshot.schema().isEmpty();
    }

    private static Snapshot read(Path file) {
        try {
            return SnapshotJson.read(Files.readString(file));
        } catch (IOException | IllegalArgumentException e) {
            throw new SluiceException(
                    ExitCode.USAGE,
                    "The statistics " + file + " cannot be read: " + e.getMessage()
                            + "\nNext: write them with sluice stats --url … > " + file);
        }
    }
}
