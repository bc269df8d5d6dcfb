package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.sql.Identifier;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Columns of the old version and columns of the new version that say the same, and how each side is made of the other.
 *
 * @param ups one per new column
 * @param downs one per old column that the new version does not know; empty when what the new version writes is not
 *     translated back
 * @param hidden no application knows the new columns yet
 * @param leftOut what the new column has in a row whose INSERT does not name it: the default of the column that it copies; empty:
 *     NULL
 */
record Link(List<Derived> ups, List<Derived> downs, boolean hidden, Optional<String> leftOut) {

    Link(List<Derived> ups, List<Derived> downs) {
        this(ups, downs, false, Optional.empty());
    }

    /** A column under another name. */
    static Link copy(String before, String after, String type, Optional<String> leftOut) {
        return new Link(
                List.of(Derived.copy(after, type, before)), List.of(Derived.copy(before, type, after)), false, leftOut);
    }

    /** Columns that no application knows yet. */
    static Link hidden(Derived up) {
        return new Link(List.of(up), List.of(), true, Optional.empty());
    }

    Link {
        ups = List.copyOf(ups);
        downs = List.copyOf(downs);
        if (ups.isEmpty()) {
            throw new IllegalArgumentException("a link needs a new column");
        }
        requireNonNull(leftOut);
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

    /** Whether the columns are equal, always: a rename. */
    boolean isCopy() {
        return ups.stream().allMatch(Derived::isCopy);
    }

    /**
     * True for a row whose new value cannot be made again from its old side, after the new columns got other names: by
     * the way down and up again where there is one, else from the old columns as they are.
     */
    String notReproducible(String column, UnaryOperator<String> renamed) {
        Derived up =
                ups.stream().filter(u -> u.column().equals(column)).findFirst().orElseThrow();
        String now = Identifier.quote(renamed.apply(column));
        Set<String> fresh = Set.copyOf(newColumns());
        String again = up.value(input -> downs.stream()
                .filter(down -> down.column().equals(input))
                .findFirst()
                .map(down -> "CAST(" + down.value(c -> Identifier.quote(fresh.contains(c) ? renamed.apply(c) : c))
                        + " AS " + Derived.withoutCollation(down.type()) + ")")
                .orElse(Identifier.quote(input)));
        return now + " IS NOT NULL AND NOT pg_catalog.record_image_eq(ROW(" + now + "), ROW(CAST(" + again + " AS "
                + Derived.withoutCollation(up.type()) + ")))";
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
