package dev.sluice.cli.command;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.cli.lint.GitChanges;
import dev.sluice.cli.lint.LintScripts;
import dev.sluice.cli.settings.Setting;
import dev.sluice.migration.MigrationDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code sluice lint} that say what is read. */
final class LintInput {

    @Parameters(paramLabel = "FILE|DIR|-", description = "What to read. Default: the project's migrations.")
    private List<String> what = new ArrayList<>();

    @Option(
            names = "--git-diff",
            order = 2,
            paramLabel = "BASE",
            description = "Report on files that differ from this commit or branch, or are new.")
    private @Nullable String base;

    private Optional<byte[]> standardInput = Optional.empty();

    /** The scripts as they are on disk now, in their order. Standard input is read once. */
    List<LintScripts.Entry> entries(RootCommand root) throws IOException {
        List<LintScripts.Entry> entries = scripts(root).entries();
        return base == null ? entries : new GitChanges(root.surroundings().directory()).reported(base, entries);
    }

    /** Whether whole directories are reported, which make their schema themselves. */
    boolean isWhole(RootCommand root) {
        return base == null
                && what.stream()
                        .allMatch(each -> !each.equals("-")
                                && Files.isDirectory(
                                        root.surroundings().directory().resolve(each)));
    }

    private LintScripts scripts(RootCommand root) throws IOException {
        Project project = root.project();
        LintScripts scripts = new LintScripts(project::migrationDirectory, project.directory());
        Optional<String> layout = root.configuration().text(Setting.LAYOUT);
        if (what.isEmpty()) {
            scripts.directory(project.directory(), layout);
        }
        for (String each : what) {
            Path path = root.surroundings().directory().resolve(each);
            if (each.equals("-")) {
                scripts.text("<stdin>", standardInput(root));
            } else if (Files.isDirectory(path)) {
                scripts.directory(path, layout);
            } else if (Files.isRegularFile(path)) {
                scripts.file(path, MigrationDirectory.readFile(project.forMessages(path)));
            } else {
                throw new SluiceException(ExitCode.USAGE, "There is no file or directory " + each + ".");
            }
        }
        return scripts;
    }

    private String standardInput(RootCommand root) throws IOException {
        if (standardInput.isEmpty()) {
            standardInput = Optional.of(root.console().in().readAllBytes());
        }
        return new String(standardInput.get(), StandardCharsets.UTF_8);
    }
}
