package dev.sluice.cli.lint;

import dev.sluice.migration.InvalidMigrationsException;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationDirectory;
import dev.sluice.migration.MigrationGraph;
import dev.sluice.migration.MigrationScript;
import dev.sluice.sql.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The scripts to read, in the order in which they run. A file of a directory of migrations brings those before it along: they
 * say what its tables look like.
 */
public final class LintScripts {

    /** @param reported whether somebody wants to know what is found in it */
    public record Entry(MigrationScript script, boolean reported) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Function<Path, MigrationDirectory> directories;

    /** @param directories reads a directory under the name that messages have */
    public LintScripts(Function<Path, MigrationDirectory> directories) {
        this.directories = directories;
    }

    /** A directory, all of which is reported. */
    public void directory(Path directory, Optional<String> layout) {
        MigrationDirectory read = directories.apply(directory);
        List<Migration> migrations =
                layout.map(read::read).orElseGet(read::read).requireValid().migrations();
        MigrationGraph.of(migrations).order().forEach(migration -> add(migration.up(), true));
    }

    /** A file, and what its directory has before it. */
    public void file(Path file, SourceText source) {
        for (Migration migration : siblings(file)) {
            boolean asked = isSame(migration, file);
            add(migration.up(), asked);
            if (asked) {
                return; // what comes after it says nothing about it, and may not even be SQL yet
            }
        }
        add(MigrationScript.read(source), true);
    }

    /** Text from elsewhere, such as standard input. */
    public void text(String name, InputStream stream) {
        try {
            add(
                    MigrationScript.read(
                            new SourceText(name, new String(stream.readAllBytes(), StandardCharsets.UTF_8))),
                    true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Migration> siblings(Path file) {
        Path directory = file.toAbsolutePath().normalize();
        for (int level = 0; level < 2; level++) { // some layouts have a directory for each migration
            directory = directory.getParent();
            if (directory == null) {
                break;
            }
            try {
                List<Migration> found =
                        directories.apply(directory).read().requireValid().migrations();
                if (found.stream().anyMatch(m -> isSame(m, file))) {
                    return MigrationGraph.of(found).order();
                }
            } catch (InvalidMigrationsException e) {
                continue; // no directory of migrations
            }
        }
        return List.of();
    }

    private static boolean isSame(Migration migration, Path file) {
        try {
            return Files.isSameFile(Path.of(migration.file()), file);
        } catch (IOException e) {
            return false;
        }
    }

    private void add(MigrationScript script, boolean reported) {
        String key = script.file() + "@" + script.startOffset();
        entries.merge(key, new Entry(script, reported), (a, b) -> new Entry(script, a.reported() || b.reported()));
    }

    public List<Entry> entries() {
        return new ArrayList<>(entries.values());
    }
}
