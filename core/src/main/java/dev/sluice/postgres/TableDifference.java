package dev.sluice.postgres;

import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How the rows of one table differ between two databases.
 *
 * @param onlyLeft number of rows that only the left side has
 * @param onlyRight number of rows that only the right side has
 * @param changed number of rows with the same key and other values, and of columns whose values together differ (see {@link ValueRule})
 * @param samples the first differences found, in no particular order
 */
public record TableDifference(
        QualifiedName table, long onlyLeft, long onlyRight, long changed, List<RowDifference> samples) {

    /**
     * One row that differs. Values are PostgreSQL's text form; {@code NULL} is written without quotes, everything else with
     * single quotes.
     *
     * @param key the key's columns, or all columns for a table compared without a key
     * @param left the differing columns on the left; empty when only the right side has the row
     * @param right the differing columns on the right; empty when only the left side has the row
     */
    public record RowDifference(Map<String, String> key, Map<String, String> left, Map<String, String> right) {

        public RowDifference {
            key = new TreeMap<>(key);
            left = new TreeMap<>(left);
            right = new TreeMap<>(right);
        }

        @Override
        public String toString() {
            if (left.isEmpty() || right.isEmpty()) {
                return key + " only " + (right.isEmpty() ? "left" : "right");
            }
            return key + ": " + left + " ≠ " + right;
        }
    }

    public TableDifference {
        Objects.requireNonNull(table, "table");
        samples = List.copyOf(samples);
    }

    @Override
    public String toString() {
        return table + ": " + onlyLeft + " rows only left, " + onlyRight + " only right, " + changed + " changed; "
                + samples;
    }
}
