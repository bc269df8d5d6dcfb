package dev.sluice.cli.command;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.settings.Configuration;
import dev.sluice.cli.settings.Setting;
import dev.sluice.migration.InvalidMigrationsException;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationDirectory;
import dev.sluice.migration.MigrationFiles;
import dev.sluice.migration.MigrationGraph;
import dev.sluice.migration.MigrationKind;
import dev.sluice.migration.MigrationScript;
import dev.sluice.migration.NearestName;
import dev.sluice.sql.SourceText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The migration files of the project. */
final class Project {
    private final Surroundings surroundings;
    private final Configuration configuration;

    Project(Surroundings surroundings, Configuration configuration) {
        this.surroundings = surroundings;
        this.configuration = configuration;
    }

    Path directory() {
        return configuration.path(Setting.DIR, surroundings);
    }

    /** All files, in the layout that fits or was named; not yet checked. */
    MigrationFiles files() {
        MigrationDirectory directory = new MigrationDirectory(forMessages(directory()));
        return configuration.text(Setting.LAYOUT).map(directory::read).orElseGet(directory::read);
    }

    /** The migrations in the order in which they run; nothing is wrong with any of them. */
    List<Migration> inOrder(MigrationFiles files) {
        return MigrationGraph.of(files.requireValid().migrations()).order();
    }

    /** A path as messages show it: relative where that is shorter. */
    String shown(Path path) {
        Path directory = surroundings.directory();
        Path shown = path.startsWith(directory) ? directory.relativize(path) : path;
        return shown.toString().replace('\\', '/');
    }

    /**
     * The migration that somebody means by its version, its name, or its file; a file of SQL that is no migration of the
     * project counts as one, without down script.
     */
    Migration named(String what, List<Migration> migrations) {
        Path path = surroundings.directory().resolve(what);
        boolean isFile = what.endsWith(".sql") && Files.isRegularFile(path);
        Optional<Migration> known = migrations.stream()
                .filter(migration -> isFile
                        ? surroundings
                                .directory()
                                .resolve(migration.file())
                                .normalize()
                                .equals(path.normalize())
                        : migration.version().equals(what) || migration.name().equals(what))
                .findFirst();
        if (known.isPresent()) {
            return known.get();
        }
        if (isFile) {
            return inItsOwnDirectory(path).orElseGet(() -> plain(path));
        }
        List<String> names = migrations.stream().map(Migration::version).toList();
        throw new SluiceException(
                ExitCode.USAGE,
                "There is no migration '" + what + "' in " + shown(directory()) + "."
                        + NearestName.of(what, names)
                                .map(near -> "\nNext: did you mean " + near + "?")
                                .orElse("\nNext: give a version, a name or a file; sluice status lists them."));
    }

    private Optional<Migration> inItsOwnDirectory(Path file) {
        Path parent = Optional.ofNullable(file.getParent()).orElse(surroundings.directory());
        try {
            return new MigrationDirectory(forMessages(parent))
                    .read().migrations().stream()
                            .filter(migration -> surroundings
                                    .directory()
                                    .resolve(migration.file())
                                    .normalize()
                                    .equals(file.normalize()))
                            .findFirst();
        } catch (InvalidMigrationsException e) {
            return Optional.empty(); // whatever else lies there is not what was asked about
        }
    }

    private Migration plain(Path file) {
        SourceText source = MigrationDirectory.readFile(forMessages(file));
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.sql$", "");
        return new Migration(
                name, name, MigrationKind.VERSIONED, MigrationScript.of(source), Optional.empty(), List.of());
    }

    /** Reads a directory under the name that messages have for it. */
    MigrationDirectory migrationDirectory(Path directory, int depth) {
        return new MigrationDirectory(forMessages(directory), depth);
    }

    /** Messages name files as they are given. A relative path only works where relative paths mean ours. */
    Path forMessages(Path path) {
        boolean relative = path.startsWith(surroundings.directory())
                && !path.equals(surroundings.directory())
                && Path.of("").toAbsolutePath().equals(surroundings.directory());
        return relative ? surroundings.directory().relativize(path) : path;
    }
}
