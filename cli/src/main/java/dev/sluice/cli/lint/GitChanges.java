package dev.sluice.cli.lint;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Asks git which files of a working tree differ from a commit. */
public final class GitChanges {

    private final Path directory;

    public GitChanges(Path directory) {
        this.directory = directory;
    }

    /** Files that differ from where the base and we parted, and those that git does not know yet. */
    public Set<Path> since(String base) {
        Path top = Path.of(git("rev-parse", "--show-toplevel").strip());
        String parted = git("merge-base", base, "HEAD").strip();
        Set<Path> changed = new HashSet<>();
        for (String list : List.of(
                git("diff", "--name-only", "-z", "--diff-filter=d", parted),
                git("ls-files", "--others", "--exclude-standard", "--full-name", "-z"))) {
            for (String name : list.split("\0")) {
                if (!name.isEmpty()) {
                    changed.add(top.resolve(name).normalize());
                }
            }
        }
        return changed;
    }

    private String git(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new SluiceException(
                        ExitCode.USAGE,
                        "git " + String.join(" ", arguments) + " failed in " + directory
                                + ".\nNext: name a commit or branch that this clone has.");
            }
            return output;
        } catch (IOException e) {
            throw new SluiceException(ExitCode.ERROR, "git cannot be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SluiceException(ExitCode.ERROR, "interrupted while git was asked what has changed");
        }
    }
}
