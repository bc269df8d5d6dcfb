package dev.sluice.lab.proof.shapes;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Table;
import dev.sluice.catalog.TypeRef;
import dev.sluice.lab.proof.Check;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One table whose columns the two versions see differently: what the rows that one version wrote have to look like to the
 * other. The row that a version wrote last is what the script makes of it; a row that it did not write is as before.
 *
 * @param writer the table in the shape of the version that writes
 * @param reader the same table in the other shape
 */
record Bridge(Table writer, Table reader) {

    private static final Set<String> INTEGERS = Set.of("int2", "int4", "int8");
    private static final Set<String> TEXTS = Set.of("text", "varchar");

    /**
     * Rows by key.
     *
     * @param before what the writer saw before it wrote
     * @param after what it sees now
     * @param readBefore what the reader saw before
     * @param translated what the script makes of {@code after}; empty when there is no script
     * @param sources of the reader's columns those that follow columns which the writer has, too, with these: a write that
     *     leaves them alone leaves the column alone
     * @param untouched by the reader's column
     */
    record Rows(
            SortedMap<String, Map<String, String>> before,
            SortedMap<String, Map<String, String>> after,
            SortedMap<String, Map<String, String>> readBefore,
            Optional<SortedMap<String, Map<String, String>>> translated,
            Map<String, List<String>> sources,
            Map<String, Untouched> untouched) {}

    /**
     * A column of the reader that an INSERT of the writer leaves at its default, when a column which is filled from it gets what
     * the default makes of it.
     *
     * @param filled the writer's column, with its {@code value} then
     * @param byDefault what the reader's column is then
     */
    record Untouched(String filled, String value, String byDefault) {}

    /** Whether a row has the same key in both shapes; otherwise rows cannot be followed from one to the other. */
    boolean isPossible() {
        List<String> ours = TableRows.of(writer).key();
        List<String> theirs = TableRows.of(reader).key();
        if (ours.isEmpty() || ours.size() != theirs.size()) {
            return false;
        }
        for (int i = 0; i < ours.size(); i++) {
            Optional<Column> same = writer.column(ours.get(i)).flatMap(column -> Scope.same(column, reader));
            if (same.isEmpty() || !same.get().name().equals(theirs.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Compares what the reader sees with what it has to see. */
    void check(
            String when,
            Rows rows,
            SortedMap<String, Map<String, String>> actual,
            Set<String> ignored,
            Findings findings) {
        List<String> columns = TableRows.of(reader).without(ignored).columns();
        Set<String> ids = new TreeSet<>(actual.keySet());
        ids.addAll(rows.readBefore().keySet());
        ids.addAll(rows.after().keySet());
        for (String id : ids) {
            Map<String, String> is = actual.get(id);
            Optional<Map<String, Set<String>>> wanted = wanted(id, columns, rows);
            String object = "row " + id + " of " + reader.name();
            if (wanted.isEmpty() || is == null) {
                if (wanted.isPresent() || is != null) {
                    findings.wrong(
                            Check.READ,
                            when,
                            object,
                            "existence",
                            wanted.map(Object::toString).orElse(""),
                            is == null ? "" : is.toString());
                }
                continue;
            }
            wanted.get().forEach((column, values) -> {
                String value = String.valueOf(is.get(column));
                if (!Moments.isAmong(values, value)) {
                    findings.wrong(Check.READ, when, object, column, String.join(" or ", values), value);
                }
            });
        }
    }

    /** Per column the values that are right; a column that anything may be in is left out. Empty: no such row. */
    private Optional<Map<String, Set<String>>> wanted(String id, List<String> columns, Rows rows) {
        Map<String, String> before = rows.before().get(id);
        Map<String, String> after = rows.after().get(id);
        Map<String, String> unwritten = rows.readBefore().get(id);
        if (before != null && before.equals(after)) {
            return Optional.ofNullable(unwritten).map(row -> only(row, columns));
        }
        if (after == null) {
            return Optional.empty();
        }
        Map<String, Set<String>> wanted = new TreeMap<>();
        boolean keptOne = before != null && keepsAnOwnColumn(before, after);
        for (String column : columns) {
            Set<String> values = new LinkedHashSet<>(
                    translation(id, column, after, rows.translated()).stream().toList());
            if (values.isEmpty()) {
                continue;
            }
            List<String> sources = rows.sources().getOrDefault(column, List.of());
            boolean keptSources = before != null && !sources.isEmpty() && areSame(sources, before, after);
            if ((keptOne || keptSources) && unwritten != null) {
                values.add(String.valueOf(unwritten.get(column)));
            }
            Untouched left = rows.untouched().get(column);
            if (before == null && left != null && left.value().equals(after.get(left.filled()))) {
                values.add(left.byDefault());
            }
            wanted.put(column, values);
        }
        return Optional.of(wanted);
    }

    private Optional<String> translation(
            String id,
            String column,
            Map<String, String> after,
            Optional<SortedMap<String, Map<String, String>>> translated) {
        if (translated.isPresent()) {
            return Optional.ofNullable(translated.get().get(id)).map(row -> String.valueOf(row.get(column)));
        }
        Column read = reader.column(column).orElseThrow();
        return Scope.same(read, writer)
                .filter(written -> isSameInText(written.type(), read.type()))
                .map(written -> String.valueOf(after.get(written.name())));
    }

    private static boolean isSameInText(TypeRef one, TypeRef other) {
        String a = one.name().name();
        String b = other.name().name();
        return one.equals(other)
                || INTEGERS.contains(a) && INTEGERS.contains(b)
                || TEXTS.contains(a) && TEXTS.contains(b);
    }

    /** Whether the write may have left alone what the reader's own columns follow: then these stay, too. */
    private boolean keepsAnOwnColumn(Map<String, String> before, Map<String, String> after) {
        List<String> own = Scope.own(writer, reader);
        return own.isEmpty()
                || own.stream()
                        .anyMatch(column -> String.valueOf(before.get(column)).equals(after.get(column)));
    }

    private static boolean areSame(List<String> columns, Map<String, String> before, Map<String, String> after) {
        return columns.stream()
                .allMatch(column -> String.valueOf(before.get(column)).equals(after.get(column)));
    }

    private static Map<String, Set<String>> only(Map<String, String> row, List<String> columns) {
        Map<String, Set<String>> values = new HashMap<>();
        columns.forEach(column -> values.put(column, Set.of(String.valueOf(row.get(column)))));
        return values;
    }
}
