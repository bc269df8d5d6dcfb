package dev.sluice.cli.lint;

import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationDirectory;
import dev.sluice.migration.MigrationGraph;
import dev.sluice.migration.MigrationScript;
import dev.sluice.sql.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The scripts to read, in the order in which they run. A file of a directory of migrations brings those before it along: they
 * say what its tables look like.
 */
public final class LintScripts {

    /** @param reported whether somebody wants to know what is found in it */
    public record Entry(MigrationScript script, boolean reported) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final MigrationsAround.Directories directories;
    private final Path project;

    /** @param project the project's directory of migrations, whether or not it is there */
    public LintScripts(MigrationsAround.Directories directories, Path project) {
        this.directories = directories;
        this.project = project;
    }

    /** A directory, all of which is reported. */
    public void directory(Path directory, Optional<String> layout) {
        MigrationDirectory read = directories.at(directory, Integer.MAX_VALUE);
        List<Migration> migrations =
                layout.map(read::read).orElseGet(read::read).requireValid().migrations();
        MigrationGraph.of(migrations).order().forEach(migration -> add(migration.up(), true));
    }

    /** A file, and what its directory has before it. */
    public void file(Path file, SourceText source) {
        List<Migration> siblings = new MigrationsAround(directories, project)
                .of(file)
                .map(around -> MigrationGraph.of(around.files().requireValid().migrations())
                        .order())
                .orElse(List.of());
        for (Migration migration : siblings) {
            boolean asked = MigrationsAround.isSame(migration, file);
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

    private void add(MigrationScript script, boolean reported) {
        String key = script.file() + "@" + script.startOffset();
        entries.merge(key, new Entry(script, reported), (a, b) -> new Entry(script, a.reported() || b.reported()));
    }

    public List<Entry> entries() {
        return new ArrayList<>(entries.values());
    }
}
