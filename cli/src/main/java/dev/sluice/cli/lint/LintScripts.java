package dev.sluice.cli.lint;

import dev.sluice.lint.Standing;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationDirectory;
import dev.sluice.migration.MigrationGraph;
import dev.sluice.migration.MigrationScript;
import dev.sluice.sql.SourceText;
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
    public record Entry(MigrationScript script, boolean reported, Standing standing) {
        Entry reported(boolean other) {
            return new Entry(script, other, standing);
        }
    }

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
        for (Migration migration : MigrationGraph.of(migrations).order()) {
            add(migration.up(), true, Standing.FORWARD);
            migration.down().ifPresent(down -> add(down, true, Standing.BACK));
        }
    }

    /** A file, and what its directory has before it. */
    public void file(Path file, SourceText source) {
        List<Migration> siblings = new MigrationsAround(directories, project)
                .having(file)
                .map(around -> MigrationGraph.of(around.files().requireValid().migrations())
                        .order())
                .orElse(List.of());
        for (Migration migration : siblings) {
            boolean forth = MigrationsAround.isSame(migration, file);
            boolean back = MigrationsAround.isWayBack(migration, file);
            add(migration.up(), forth, Standing.FORWARD);
            if (back) {
                migration.down().ifPresent(down -> add(down, true, Standing.BACK));
            }
            if (forth || back) {
                return; // what comes after it says nothing about it, and may not even be SQL yet
            }
        }
        add(MigrationScript.read(source), true, Standing.FORWARD);
    }

    /** Text from elsewhere, such as standard input. */
    public void text(String name, String text) {
        add(MigrationScript.read(new SourceText(name, text)), true, Standing.FORWARD);
    }

    private void add(MigrationScript script, boolean reported, Standing standing) {
        String key = script.file() + "@" + script.startOffset();
        entries.merge(key, new Entry(script, reported, standing), (a, b) -> b.reported(a.reported() || b.reported()));
    }

    /** In their order, a way back after its migration. */
    public List<Entry> entries() {
        return new ArrayList<>(entries.values());
    }
}
