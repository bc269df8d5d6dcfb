package dev.sluice.migration;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a migrations directory holds, directories below it included, in the order of the paths. */
final class Listing {
    /** Files from which on several threads look at them, each at another one. */
    private static final int MANY = 1000;

    private final String directory;
    private final List<SourceFile> files;
    private final List<SourceFile> sqlFiles;
    private final Map<String, SourceFile> byPath;

    /** @param directory its name as the user knows it */
    Listing(String directory, Collection<SourceFile> files) {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.files =
                files.stream().sorted(Comparator.comparing(SourceFile::path)).toList();
        this.sqlFiles = this.files.stream().filter(SourceFile::isSql).toList();
        this.byPath = this.files.stream().collect(Collectors.toMap(SourceFile::path, Function.identity()));
    }

    String directory() {
        return directory;
    }

    List<SourceFile> files() {
        return files;
    }

    List<SourceFile> sqlFiles() {
        return sqlFiles;
    }

    Optional<SourceFile> file(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    /** The share of the SQL files whose path is of a form, between 0 and 1; 0 if there are none. */
    double share(Pattern path) {
        return share(file -> path.matcher(file.path()).matches());
    }

    double share(Predicate<SourceFile> test) {
        Stream<SourceFile> files = sqlFiles.size() < MANY ? sqlFiles.stream() : sqlFiles.parallelStream();
        return sqlFiles.isEmpty() ? 0 : (double) files.filter(test).count() / sqlFiles.size();
    }

    /** The match of a whole path, for files that are SQL. */
    static Optional<Matcher> match(Pattern pattern, SourceFile file) {
        Matcher matcher = pattern.matcher(file.path());
        return file.isSql() && matcher.matches() ? Optional.of(matcher) : Optional.empty();
    }
}
