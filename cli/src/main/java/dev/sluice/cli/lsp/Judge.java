package dev.sluice.cli.lsp;

import dev.sluice.SluiceException;
import dev.sluice.cli.lint.MigrationsAround;
import dev.sluice.cli.settings.LintSettings;
import dev.sluice.lint.Finding;
import dev.sluice.lint.Linter;
import dev.sluice.lint.Standing;
import dev.sluice.migration.InvalidMigrationsException;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationFiles;
import dev.sluice.migration.MigrationGraph;
import dev.sluice.migration.MigrationScript;
import dev.sluice.migration.Problem;
import dev.sluice.parser.PgParser;
import dev.sluice.sql.Script;
import dev.sluice.sql.SourceText;
import dev.sluice.sql.SqlSyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Judges one file again and again while it is written. What the files before it leave is worked out once, and kept, as are the
 * statements of those after it: a judgement parses this file alone. Used by one thread.
 */
final class Judge {
    private static final Pattern PLACE = Pattern.compile(":(\\d+):(\\d+)\\z");

    private final PgParser parser;
    private final Path file;
    private final Optional<MigrationsAround.Around> around;
    private final Linter before;
    private final LintSettings settings;
    private final List<Script> after = new ArrayList<>();

    /**
     * @param texts of files that an editor has and has not saved; {@code file} may be among them
     * @param before one that has read nothing yet
     * @param settings of the folder
     */
    Judge(
            PgParser parser,
            Path file,
            Optional<MigrationsAround.Around> around,
            Map<Path, String> texts,
            Linter before,
            LintSettings settings) {
        this.parser = parser;
        this.file = file;
        this.around = around;
        this.before = before;
        this.settings = settings;
        around.ifPresent(found -> {
            boolean behind = false;
            for (Migration migration : inOrder(found.files())) {
                if (MigrationsAround.isSame(migration, file)) {
                    behind = true;
                } else {
                    learn(texts, migration, behind);
                }
            }
        });
    }

    /** Files that do not fit together have no order but that of their names. */
    private static List<Migration> inOrder(MigrationFiles files) {
        try {
            return MigrationGraph.of(files.migrations()).order();
        } catch (SluiceException e) {
            return files.migrations();
        }
    }

    private void learn(Map<Path, String> texts, Migration migration, boolean behind) {
        Path path = Path.of(migration.file());
        Optional<MigrationScript> script = texts.containsKey(path)
                ? up(path, String.valueOf(texts.get(path)), new ArrayList<>())
                : Optional.of(migration.up());
        try {
            if (!behind) {
                script.ifPresent(before::lint);
            } else if (script.isPresent()) {
                after.add(script.get().parse(parser));
            }
        } catch (SqlSyntaxException e) {
            return; // it is told where it is; what comes after it can be judged all the same
        }
    }

    Judged judge(String text) {
        SourceText source = new SourceText(file.toString(), text);
        List<Problem> problems = new ArrayList<>();
        Optional<MigrationScript> script = up(file, text, problems);
        List<Judged.Mistake> mistakes = new ArrayList<>();
        problems.forEach(problem -> mistakes.add(new Judged.Mistake(offset(text, problem), problem.message())));
        if (script.isEmpty()) {
            return new Judged(source, mistakes, List.of(), List.of());
        }
        try {
            Script parsed = script.get().parse(parser);
            Linter linter = before.fork();
            List<Finding> findings = new ArrayList<>(linter.lint(script.get(), parsed, Standing.FORWARD));
            after.forEach(linter::follow);
            findings.addAll(linter.atEnd());
            return new Judged(
                    source, mistakes, settings.apply(file, linter.withoutSettled(findings)), parsed.statements());
        } catch (SqlSyntaxException e) {
            mistakes.add(new Judged.Mistake(e.offset(), e.words()));
            return new Judged(source, mistakes, List.of(), List.of());
        }
    }

    private Optional<MigrationScript> up(Path path, String text, List<Problem> problems) {
        try {
            if (around.isEmpty()) {
                return Optional.of(MigrationScript.read(new SourceText(path.toString(), text)));
            }
            MigrationFiles read =
                    around.get().directory().readAlone(around.get().files().layout(), path, text);
            problems.addAll(read.problems());
            return read.migrations().stream().findFirst().map(Migration::up);
        } catch (InvalidMigrationsException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }

    private static int offset(String text, Problem problem) {
        Matcher place = PLACE.matcher(problem.where());
        return place.find()
                ? new Places(text)
                        .offset(new dev.sluice.sql.Position(
                                problem.file(), Integer.parseInt(place.group(1)), Integer.parseInt(place.group(2))))
                : 0;
    }
}
