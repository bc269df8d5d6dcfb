package dev.sluice.cli.lint;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.lint.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Findings that were there when a project began to lint: a file with one line for each. */
public final class Baseline {

    private Baseline() {}

    /** Those that the baseline does not have. */
    public static List<Finding> without(Path file, List<Finding> findings) {
        Set<String> known = new HashSet<>();
        try {
            Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> known.add(line.split(" ", 2)[0]));
        } catch (IOException e) {
            throw new SluiceException(
                    ExitCode.USAGE,
                    "The baseline " + file + " cannot be read: " + e.getMessage()
                            + "\nNext: write it with sluice lint --write-baseline " + file);
        }
        List<String> prints = Fingerprints.of(findings);
        List<Finding> rest = new ArrayList<>();
        for (int i = 0; i < findings.size(); i++) {
            if (!known.contains(prints.get(i))) {
                rest.add(findings.get(i));
            }
        }
        return rest;
    }

    /** What to write to have none of these reported again. */
    public static String of(List<Finding> findings) {
        StringBuilder text =
                new StringBuilder("# findings that sluice lint leaves out; one that is mended can be deleted\n");
        List<String> prints = Fingerprints.of(findings);
        for (int i = 0; i < findings.size(); i++) {
            Finding finding = findings.get(i);
            text.append(prints.get(i))
                    .append(' ')
                    .append(finding.rule())
                    .append(' ')
                    .append(finding.position().file())
                    .append('\n');
        }
        return text.toString();
    }
}
