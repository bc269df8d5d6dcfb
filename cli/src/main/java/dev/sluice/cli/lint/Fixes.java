package dev.sluice.cli.lint;

import dev.sluice.lint.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Puts the mended text of findings into a file. */
public final class Fixes {

    private Fixes() {}

    /** The text with every fix in it; of two for the same place, the first. */
    public static String apply(String text, List<Finding> findings) {
        List<Finding.Fix> fixes = new ArrayList<>();
        for (Finding finding : findings) {
            finding.fix()
                    .filter(fix -> fixes.stream().noneMatch(f -> f.start() < fix.end() && fix.start() < f.end()))
                    .ifPresent(fixes::add);
        }
        fixes.sort(Comparator.comparingInt(Finding.Fix::start).reversed());
        StringBuilder fixed = new StringBuilder(text);
        fixes.forEach(fix -> fixed.replace(fix.start(), fix.end(), fix.text()));
        return fixed.toString();
    }
}
