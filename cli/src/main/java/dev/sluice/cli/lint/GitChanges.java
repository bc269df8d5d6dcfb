package dev.sluice.cli.lint;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.lint.Standing;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks git which files of a working tree differ from a commit. */
public final class GitChanges {

    private static final Pattern NUMBER = Pattern.compile("[Vv]?(\\d+)");

    private final Path directory;

    public GitChanges(Path directory) {
        this.directory = directory;
    }

    /** Scripts with those reported that differ from where the base and we parted; and how each stands to those of the base. */
    public List<LintScripts.Entry> reported(String base, List<LintScripts.Entry> entries) {
        Path top = Path.of(git("rev-parse", "--show-toplevel").strip());
        String parted = git("merge-base", base, "HEAD").strip();
        Set<Path> changed = files(top, git("diff", "--name-only", "-z", "--diff-filter=d", parted));
        changed.addAll(files(top, git("ls-files", "--others", "--exclude-standard", "--full-name", "-z")));
        Set<Path> there = files(top, git("ls-tree", "-r", "--name-only", "--full-tree", "-z", base));
        List<LintScripts.Entry> reported = new ArrayList<>();
        boolean anyLater = false;
        for (int i = entries.size() - 1; i >= 0; i--) {
            LintScripts.Entry entry = entries.get(i);
            Path file = directory.resolve(entry.script().file()).normalize();
            boolean late = !there.contains(file)
                    && entry.standing() == Standing.FORWARD
                    && (anyLater || there.stream().anyMatch(other -> comesAfter(other, file)));
            reported.add(new LintScripts.Entry(
                    entry.script(),
                    entry.reported() && changed.contains(file),
                    late ? Standing.LATE : entry.standing()));
            anyLater |= there.contains(file);
        }
        Collections.reverse(reported);
        return reported;
    }

    /** Of a file that only the base has, the number is all there is to go by. */
    private static boolean comesAfter(Path other, Path file) {
        return Objects.equals(other.getParent(), file.getParent())
                && number(other).compareTo(number(file)) > 0;
    }

    private static BigInteger number(Path file) {
        Matcher number = NUMBER.matcher(file.getFileName().toString());
        return number.lookingAt() ? new BigInteger(number.group(1)) : BigInteger.valueOf(-1);
    }

    private static Set<Path> files(Path top, String names) {
        Set<Path> files = new HashSet<>();
        for (String name : names.split("\0")) {
            if (!name.isEmpty()) {
                files.add(top.resolve(name).normalize());
            }
        }
        return files;
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
