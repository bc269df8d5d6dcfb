package dev.sluice.lint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Puts the mended text of findings into a file. Pure. */
public final class Fixes {

    private Fixes() {}

    /**
     * The findings whose fixes can go into the text together: of two that want the same place, the first. What is left has
     * another chance once the text is linted again.
     */
    public static List<Finding> together(List<Finding> findings) {
        List<Finding> chosen = new ArrayList<>();
        List<Finding.Fix> fixes = new ArrayList<>();
        for (Finding finding : findings) {
            finding.fix()
                    .filter(fix -> fixes.stream().noneMatch(other -> overlap(fix, other)))
                    .ifPresent(fix -> {
                        fixes.add(fix);
                        chosen.add(finding);
                    });
        }
        return List.copyOf(chosen);
    }

    /** Two that only put text into one place would come in an order that nobody chose. */
    private static boolean overlap(Finding.Fix a, Finding.Fix b) {
        return a.start() < b.end() && b.start() < a.end() || a.start() == b.start();
    }

    /** The text with those fixes in it that can go together. */
    public static String apply(String text, List<Finding> findings) {
        List<Finding.Fix> fixes = new ArrayList<>();
        together(findings).forEach(finding -> finding.fix().ifPresent(fixes::add));
        fixes.sort(Comparator.comparingInt(Finding.Fix::start)
                .thenComparingInt(Finding.Fix::end)
                .reversed());
        StringBuilder fixed = new StringBuilder(text);
        fixes.forEach(fix -> fixed.replace(fix.start(), fix.end(), fix.text()));
        return fixed.toString();
    }
}
