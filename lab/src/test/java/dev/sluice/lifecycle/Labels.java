package dev.sluice.lifecycle;

import dev.sluice.diff.Difference;
import java.util.Iterator;
import java.util.List;

/** PostgreSQL cannot remove a label of an enum: what {@code up} adds to one is there after {@code down}. */
final class Labels {

    private Labels() {}

    /** Whether an enum has its labels in their order, and others besides. */
    static boolean wereOnlyAdded(Difference difference) {
        if (!difference.attribute().equals("labels")) {
            return false;
        }
        Iterator<String> now = labels(difference.right().orElse("")).iterator();
        return labels(difference.left().orElse("")).stream().allMatch(label -> {
            while (now.hasNext()) {
                if (now.next().equals(label)) {
                    return true;
                }
            }
            return false;
        });
    }

    private static List<String> labels(String list) {
        return List.of(list.replaceAll("^\\[|]$", "").split(", "));
    }
}
