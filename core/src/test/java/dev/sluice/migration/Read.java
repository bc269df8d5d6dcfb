package dev.sluice.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads migrations given as pairs of path and text, without a disk. */
final class Read {
    private Read() {}

    static MigrationFiles detected(String... pathsAndTexts) {
        return Layouts.read(listing(pathsAndTexts), Optional.empty());
    }

    static MigrationFiles as(String layout, String... pathsAndTexts) {
        return Layouts.read(listing(pathsAndTexts), Optional.of(layout));
    }

    /** The only migration of a single native file. */
    static Migration one(String text) {
        MigrationFiles files = as("native", "1_a.sql", text).requireValid();
        return files.migrations().get(0);
    }

    /** What is wrong with a single native file. */
    static List<String> problemsOf(String text) {
        return problems(as("native", "1_a.sql", text));
    }

    static List<String> problems(MigrationFiles files) {
        return files.problems().stream()
                .map(problem -> problem.where() + ": " + problem.message())
                .toList();
    }

    private static Listing listing(String... pathsAndTexts) {
        List<SourceFile> files = new ArrayList<>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            String path = pathsAndTexts[i];
            boolean read = path.matches("(?i).*\\.(sql|conf|toml)");
            files.add(
                    read
                            ? SourceFile.of(path, "db/" + path, pathsAndTexts[i + 1])
                            : new SourceFile(path, "db/" + path, Optional.empty()));
        }
        return new Listing("db", files);
    }
}
