package dev.sluice.lab.proof;

import dev.sluice.plan.Plan;
import java.util.Iterator;
import java.util.List;

/** PostgreSQL cannot remove a label of an enum: what {@code up} adds to one is there after {@code down}. */
public final class AddedLabels {

    private AddedLabels() {}

    /** Whether the plan adds labels, and so says that they stay. */
    public static boolean by(Plan plan) {
        return plan.expand().stream()
                .flatMap(step -> step.statements().stream())
                .anyMatch(sql -> sql.contains(" ADD VALUE "));
    }

    /**
     * Whether an enum has its labels in their order, and others besides.
     *
     * @param attribute what of it differs, as in {@link dev.sluice.diff.Difference}
     * @param before its labels, as a list in brackets
     */
    public static boolean only(String attribute, String before, String after) {
        if (!attribute.equals("labels")) {
            return false;
        }
        Iterator<String> now = labels(after).iterator();
        return labels(before).stream().allMatch(label -> {
            while (now.hasNext()) {
                if (now.next().equals(label)) {
                    return true;
                }
            }
            return false;
        });
    }

    /**
     * Findings that are more than added labels.
     *
     * @param added whether a plan added some: a second one finds them there
     */
    static List<Finding> without(boolean added, List<Finding> findings) {
        return !added
                ? findings
                : findings.stream()
                        .filter(finding -> !only(finding.attribute(), finding.expected(), finding.actual()))
                        .toList();
    }

    private static List<String> labels(String list) {
        return List.of(list.replaceAll("^\\[|]$", "").split(", "));
    }
}
