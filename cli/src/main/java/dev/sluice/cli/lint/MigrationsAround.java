package dev.sluice.cli.lint;

import dev.sluice.SluiceException;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationDirectory;
import dev.sluice.migration.MigrationFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Finds the directory of migrations that a file belongs to. */
public final class MigrationsAround {

    private final Directories directories;
    private final Path project;

    /** Finds a directory under the name that messages have for it. */
    public interface Directories {
        /** @param depth how many levels of it are looked at */
        MigrationDirectory at(Path directory, int depth);
    }

    /**
     * @param directory where the migrations are
     * @param files all of them, whether or not they are valid
     */
    public record Around(MigrationDirectory directory, MigrationFiles files) {}

    /** @param project the project's directory of migrations, whether or not it is there */
    public MigrationsAround(Directories directories, Path project) {
        this.directories = directories;
        this.project = project;
    }

    /**
     * The migrations of which the file is one. Elsewhere than in the project's directory only few levels are looked at: a file
     * may lie at the top of a disk.
     */
    public Optional<Around> of(Path file) {
        return of(file, MigrationsAround::isSame);
    }

    /** The same of a file that may be the way back of one. */
    public Optional<Around> having(Path file) {
        return of(file, (migration, one) -> isSame(migration, one) || isWayBack(migration, one));
    }

    private Optional<Around> of(Path file, BiPredicate<Migration, Path> same) {
        Path absolute = file.toAbsolutePath().normalize();
        if (absolute.startsWith(project) && Files.isDirectory(project)) {
            Optional<Around> found = in(absolute, project, Integer.MAX_VALUE, same);
            if (found.isPresent()) {
                return found;
            }
        }
        Path directory = absolute;
        for (int depth = 1; depth <= 2; depth++) { // some layouts have a directory for each migration
            directory = directory.getParent();
            if (directory == null) {
                break;
            }
            Optional<Around> found = in(absolute, directory, depth, same);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Around> in(Path file, Path path, int depth, BiPredicate<Migration, Path> same) {
        try {
            MigrationDirectory directory = directories.at(path, depth);
            MigrationFiles files = directory.read();
            return Optional.of(new Around(directory, files))
                    .filter(around -> files.migrations().stream().anyMatch(m -> same.test(m, file)));
        } catch (SluiceException e) {
            return Optional.empty(); // no directory of migrations, or one that may not be read
        }
    }

    /** Whether a migration is this file, by whatever name. */
    public static boolean isSame(Migration migration, Path file) {
        return isSame(migration.file(), file);
    }

    /** Whether the script that takes a migration back is in this file. */
    public static boolean isWayBack(Migration migration, Path file) {
        return migration.down().filter(down -> isSame(down.file(), file)).isPresent();
    }

    private static boolean isSame(String name, Path file) {
        try {
            return Files.isSameFile(Path.of(name), file);
        } catch (IOException e) {
            return false;
        }
    }
}
