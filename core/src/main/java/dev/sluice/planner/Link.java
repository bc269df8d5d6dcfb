package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.sql.Identifier;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Columns of the old version and columns of the new version that say the same, and how each side is made of the other.
 *
 * @param ups one per new column
 * @param downs one per old column that the new version does not know; empty when what the new version writes is not
 *     translated back
 */
record Link(List<Derived> ups, List<Derived> downs) {

    Link {
        ups = List.copyOf(ups);
        downs = List.copyOf(downs);
        if (ups.isEmpty()) {
            throw new IllegalArgumentException("a link needs a new column");
        }
        requireNonNull(downs);
    }

    List<String> newColumns() {
        return ups.stream().map(Derived::column).toList();
    }

    /** All old columns that either direction touches. */
    List<String> oldColumns() {
        Set<String> columns = new LinkedHashSet<>();
        ups.forEach(up -> columns.addAll(up.inputColumns()));
        downs.forEach(down -> columns.add(down.column()));
        newColumns().forEach(columns::remove);
        return List.copyOf(columns);
    }

    boolean translatesBack() {
        return !downs.isEmpty();
    }

    Stream<Derived> all() {
        return Stream.concat(ups.stream(), downs.stream());
    }

    /** True for a row whose new side is the image of its old side. */
    String consistent(String prefix) {
        return ups.stream().map(up -> up.holds(prefix)).collect(Collectors.joining(" AND "));
    }

    /** True for a row whose old side is the image of its new side. */
    String consistentBack(String prefix) {
        return downs.stream().map(down -> down.holds(prefix)).collect(Collectors.joining(" AND "));
    }

    /** True for a row that still has to be filled: a new column is NULL although its value is known. */
    String unfilled() {
        return ups.stream()
                .map(up -> up.traits().neverNull()
                        ? Identifier.quote(up.column()) + " IS NULL"
                        : "(" + Identifier.quote(up.column()) + " IS NULL AND " + up.value("") + " IS NOT NULL)")
                .collect(Collectors.joining(" OR "));
    }
}
