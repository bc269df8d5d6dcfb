package dev.sluice.cli.lsp;

import dev.sluice.SluiceException;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.lint.MigrationsAround;
import dev.sluice.cli.settings.Configuration;
import dev.sluice.cli.settings.LintSettings;
import dev.sluice.cli.settings.Setting;
import dev.sluice.lint.Linter;
import dev.sluice.migration.MigrationDirectory;
import dev.sluice.parser.PgParser;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files that an editor has open, and what is known of each. Used by one thread at a time. */
final class Workspace implements AutoCloseable {

    private final PgParser parser = new PgParser();
    private final Surroundings surroundings;
    private final Optional<Integer> version;
    private final List<Path> folders = new ArrayList<>();
    private final Map<Path, String> texts = new LinkedHashMap<>();
    private final Map<Path, Judge> judges = new HashMap<>();
    private final Map<Path, Judged> judged = new HashMap<>();
    private Optional<String> invalid = Optional.empty();

    Workspace(Surroundings surroundings, Optional<Integer> version) {
        this.surroundings = surroundings;
        this.version = version;
        parser.load();
    }

    void add(Path folder) {
        folders.add(folder);
        forget();
    }

    void remove(Path folder) {
        folders.remove(folder);
        forget();
    }

    /** Keeps what comes before the file; what is known of the other files may be another now. */
    void write(Path file, String text) {
        texts.put(file, text);
        judged.remove(file);
        texts.keySet().stream().filter(other -> !other.equals(file)).toList().forEach(this::forget);
    }

    void close(Path file) {
        texts.remove(file);
        forget();
    }

    List<Path> open() {
        return List.copyOf(texts.keySet());
    }

    private void forget(Path file) {
        judges.remove(file);
        judged.remove(file);
    }

    /** Files or settings may be others by now. */
    void forget() {
        judges.clear();
        judged.clear();
    }

    /** Empty for a file that is not open. */
    Optional<Judged> judged(Path file) {
        return Optional.ofNullable(texts.get(file))
                .map(text -> judged.computeIfAbsent(
                        file, f -> judges.computeIfAbsent(f, this::judge).judge(text)));
    }

    private Judge judge(Path file) {
        Surroundings folder = folder(file);
        Path project = folder.directory().resolve(Setting.DIR.defaultValue());
        LintSettings settings = LintSettings.NONE;
        try {
            Configuration configuration = Configuration.read(folder, Map.of(), Optional.empty());
            project = configuration.path(Setting.DIR, folder);
            settings = configuration.lint();
        } catch (SluiceException e) {
            invalid = Optional.of(String.valueOf(e.getMessage()));
        }
        Linter linter = new Linter(
                parser,
                version.orElse(settings.pg(file).orElse(14)),
                LocalDate.ofInstant(surroundings.clock().instant(), ZoneId.systemDefault()));
        return new Judge(
                parser, file, new MigrationsAround(MigrationDirectory::new, project).of(file), texts, linter, settings);
    }

    /** What is wrong with settings, once; files are judged without them. */
    Optional<String> invalidSettings() {
        Optional<String> told = invalid;
        invalid = Optional.empty();
        return told;
    }

    /** The innermost folder that has the file. */
    private Surroundings folder(Path file) {
        Path folder = folders.stream()
                .filter(file::startsWith)
                .max(Comparator.comparingInt(Path::getNameCount))
                .orElse(surroundings.directory());
        return new Surroundings(
                surroundings.environment(),
                folder,
                surroundings.home(),
                surroundings.userName(),
                false,
                false,
                false,
                surroundings.clock());
    }

    @Override
    public void close() {
        parser.close();
    }
}
