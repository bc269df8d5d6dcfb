package dev.sluice.postgres;

import dev.sluice.postgres.RowStream.Entry;
import dev.sluice.postgres.RowStream.Selection;
import dev.sluice.postgres.TableDifference.RowDifference;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Walks two row streams in step and collects where they part. For one comparison. */
final class RowMerge {

    private final Selection selection;
    private final boolean keyed;
    private final Map<String, ValueRule> rules;
    private final int maxSamples;
    private final List<RowDifference> samples = new ArrayList<>();
    private long onlyLeft;
    private long onlyRight;
    private long changed;

    RowMerge(Selection selection, boolean keyed, Map<String, ValueRule> rules, int maxSamples) {
        this.selection = selection;
        this.keyed = keyed;
        this.rules = rules;
        this.maxSamples = maxSamples;
    }

    void walk(RowStream left, RowStream right) {
        while (left.peek().isPresent() || right.peek().isPresent()) {
            int order = order(left.peek(), right.peek());
            if (order < 0) {
                onlyLeft++;
                Entry row = left.next();
                sample(new RowDifference(key(row), values(row), Map.of()));
            } else if (order > 0) {
                onlyRight++;
                Entry row = right.next();
                sample(new RowDifference(key(row), Map.of(), values(row)));
            } else {
                compare(left.next(), right.next());
            }
        }
    }

    /** What all rows have together in a column whose single values may differ. */
    void values(String column, String left, String right) {
        if (!left.equals(right)) {
            changed++;
            sample(new RowDifference(Map.of(), Map.of(column, left), Map.of(column, right)));
        }
    }

    Optional<TableDifference> difference(QualifiedName table) {
        boolean same = onlyLeft + onlyRight + changed == 0;
        return same ? Optional.empty() : Optional.of(new TableDifference(table, onlyLeft, onlyRight, changed, samples));
    }

    private static int order(Optional<Entry> left, Optional<Entry> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return left.isEmpty() ? 1 : -1;
        }
        return left.get().sort().compareTo(right.get().sort());
    }

    private void compare(Entry left, Entry right) {
        if (left.values().equals(right.values())) {
            return;
        }
        Map<String, String> leftValues = values(left);
        Map<String, String> rightValues = values(right);
        rules.forEach((column, rule) -> {
            if (rule.accepts(leftValues.getOrDefault(column, "NULL"), rightValues.getOrDefault(column, "NULL"))) {
                leftValues.remove(column);
                rightValues.remove(column);
            }
        });
        if (leftValues.equals(rightValues)) {
            return;
        }
        changed++;
        Map<String, String> unchanged = new TreeMap<>(leftValues);
        unchanged.entrySet().retainAll(rightValues.entrySet());
        leftValues.keySet().removeAll(unchanged.keySet());
        rightValues.keySet().removeAll(unchanged.keySet());
        sample(new RowDifference(key(left), leftValues, rightValues));
    }

    private void sample(RowDifference difference) {
        if (samples.size() < maxSamples) {
            samples.add(difference);
        }
    }

    private Map<String, String> key(Entry row) {
        Map<String, String> key = values(row);
        if (keyed) {
            key.keySet().retainAll(selection.key());
        }
        return key;
    }

    private Map<String, String> values(Entry row) {
        Map<String, String> values = new TreeMap<>();
        for (int i = 0; i < selection.columns().size(); i++) {
            values.put(selection.columns().get(i), printed(row.values().get(i)));
        }
        return values;
    }

    /** Of {@code (value)}, the text form of a record with one field: PostgreSQL documentation, "Composite Type Input and Output Syntax". */
    private static String printed(String record) {
        String field = record.substring(1, record.length() - 1);
        if (field.isEmpty()) {
            return "NULL";
        }
        if (!field.startsWith("\"")) {
            return "'" + field + "'";
        }
        return "'"
                + field.substring(1, field.length() - 1).replace("\"\"", "\"").replace("\\\\", "\\") + "'";
    }
}
