package dev.sluice.lab.fuzz;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which statements of the old version can be sent in the middle of a migration and compared with a plain run afterwards. */
final class LateWrites {

    private static final Pattern CHANGED = Pattern.compile("^UPDATE \\S+|^DELETE FROM|^INSERT INTO");
    private static final Pattern TARGET = Pattern.compile(" SET (\"(?:[^\"]|\"\")+\"|\\w+) = ");

    private static final Pattern DEFAULTED = Pattern.compile(" ALTER COLUMN (\"(?:[^\"]|\"\")+\"|\\w+) SET DEFAULT ");

    private LateWrites() {}

    /**
     * None when the script changes rows itself: it did so before these were written. Columns that count by themselves have
     * counted for the statements that were tried out.
     */
    static List<Writes> of(Scenario scenario, List<Writes> oldShape) {
        boolean acting = Acting.in(scenario.after()) || Acting.in(scenario.up());
        if (acting
                && scenario.up().stream().anyMatch(sql -> CHANGED.matcher(sql).find())) {
            return List.of(); // a row that a fill fires a trigger for in the plain run is filled as it is written
        }
        if (scenario.up().stream()
                .anyMatch(sql -> changesOldColumns(sql, scenario.up()) || givesNewColumnDefault(sql, scenario.up()))) {
            return List.of();
        }
        Set<String> counting = scenario.tables().stream()
                .filter(t -> t.columns().stream()
                        .anyMatch(c -> c.value().isEmpty() && !c.definition().contains("STORED")))
                .map(t -> "INSERT INTO " + t.name().quoted() + " ")
                .collect(Collectors.toSet());
        return oldShape.stream()
                .filter(write -> counting.stream().noneMatch(write.sql()::startsWith))
                .toList();
    }

    /** Nothing tells the old version's rows from the new version's, so that they get the default, too; the plan says so. */
    private static boolean givesNewColumnDefault(String sql, List<String> script) {
        Matcher target = DEFAULTED.matcher(sql);
        return target.find() && script.stream().anyMatch(s -> s.contains("ADD COLUMN " + target.group(1) + " "));
    }

    /** An UPDATE of a column that the script adds is the definition of that column, not a change. */
    private static boolean changesOldColumns(String sql, List<String> script) {
        if (!CHANGED.matcher(sql).find()) {
            return false;
        }
        Matcher target = TARGET.matcher(sql);
        return !target.find()
                || !sql.startsWith("UPDATE")
                || script.stream().noneMatch(s -> s.contains("ADD COLUMN " + target.group(1) + " "));
    }
}
