package dev.sluice.migration;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was read from a migrations directory.
 *
 * @param layout the id of the layout, as for {@code --layout}
 * @param migrations in the order of their versions
 * @param problems everything wrong with the files; ask one of the {@code require} methods before using the migrations
 * @param unused files that are no migration and that no known tool keeps there: to be shown to the user
 */
public record MigrationFiles(String layout, List<Migration> migrations, List<Problem> problems, List<String> unused) {
    public MigrationFiles {
        Objects.requireNonNull(layout, "layout");
        migrations = migrations.stream()
                .sorted((a, b) -> MigrationGraph.ORDER.compare(a, b))
                .toList();
        problems = List.copyOf(problems);
        unused = List.copyOf(unused);
    }

    /** @throws InvalidMigrationsException if anything is wrong with any file */
    public MigrationFiles requireValid() {
        return refuse(problems);
    }

    /**
     * Like {@link #requireValid()}, but with an eye only to the order of the migrations and to those that are to run: a
     * psql command in a script that was applied years ago, by another tool, need not be mended.
     *
     * @throws InvalidMigrationsException if anything is wrong that matters to these migrations
     */
    public MigrationFiles requireValid(Collection<Migration> toRun) {
        Set<String> files = toRun.stream()
                .flatMap(migration -> Stream.concat(Stream.of(migration.up()), migration.down().stream()))
                .map(MigrationScript::file)
                .collect(Collectors.toSet());
        return refuse(problems.stream()
                .filter(problem -> !problem.inScript() || files.contains(problem.file()))
                .toList());
    }

    private MigrationFiles refuse(List<Problem> found) {
        if (!found.isEmpty()) {
            throw new InvalidMigrationsException(found);
        }
        return this;
    }
}
