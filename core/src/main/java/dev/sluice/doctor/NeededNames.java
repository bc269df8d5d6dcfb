package dev.sluice.doctor;

import dev.sluice.doctor.Evidence.Recorded;
import dev.sluice.doctor.Evidence.Shape;
import dev.sluice.plan.PlanJson;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names that the plans of live migrations speak of, wherever: what has such a name may be needed. */
final class NeededNames {

    private static final Pattern NAME =
            Pattern.compile("\\\\\"((?:[^\"\\\\]|\\\\\"\\\\\"|\\\\\\\\)+)\\\\\"|~?sluice_[\\p{L}\\p{N}_$]+");

    private NeededNames() {}

    static Set<String> of(Evidence evidence) {
        Set<String> names = new HashSet<>();
        for (Recorded row : evidence.recorded()) {
            if (row.shape() != Shape.BEFORE && row.shape() != Shape.FINAL) {
                row.plan().ifPresent(plan -> add(PlanJson.write(plan), names));
            }
        }
        return names;
    }

    private static void add(String json, Set<String> names) {
        Matcher matcher = NAME.matcher(json);
        while (matcher.find()) {
            names.add(
                    matcher.group(1) == null
                            ? matcher.group()
                            : matcher.group(1).replace("\\\"\\\"", "\"").replace("\\\\", "\\"));
        }
    }
}
