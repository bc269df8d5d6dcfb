package dev.sluice.postgres.op;

import static java.util.stream.Collectors.joining;

import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rows of a table that a foreign key would refuse.
 *
 * @param columns of the key, as SQL over {@code sluice_child}
 * @param targetColumns those that they refer to, as SQL over {@code sluice_parent}, in the same order
 * @param matchFull whether a row with only some NULLs is refused, too
 */
record Orphans(
        QualifiedName child,
        List<String> columns,
        QualifiedName target,
        List<String> targetColumns,
        boolean matchFull) {

    /** Under these names the two tables are known to the columns. */
    static final String CHILD = "sluice_child.";

    static final String PARENT = "sluice_parent.";

    Orphans {
        columns = List.copyOf(columns);
        targetColumns = List.copyOf(targetColumns);
        if (columns.size() != targetColumns.size()) {
            throw new IllegalArgumentException(columns + " cannot refer to " + targetColumns);
        }
    }

    /**
     * Finds ten of them at most.
     *
     * @param shown what is shown of each, as SQL over {@code sluice_child}
     */
    String query(String shown) {
        List<String> present = columns.stream().map(c -> c + " IS NOT NULL").toList();
        String same = IntStream.range(0, columns.size())
                .mapToObj(i -> targetColumns.get(i) + " = " + columns.get(i))
                .collect(joining(" AND "));
        String all = String.join(" AND ", present);
        String missing = "NOT EXISTS (SELECT FROM " + target.quoted() + " AS sluice_parent WHERE " + same + ")";
        String where = matchFull
                ? "(" + String.join(" OR ", present) + ") AND (NOT (" + all + ") OR " + missing + ")"
                : all + " AND " + missing;
        return "SELECT " + shown + " FROM " + child.quoted() + " AS sluice_child WHERE " + where + " LIMIT 10";
    }
}
