package dev.sluice.postgres.op;

import dev.sluice.catalog.TypeRef;
import dev.sluice.sql.Node;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What PostgreSQL does for a change from one type to another, and what it means for an application that does not know of
 * it. From 3,062 observations on PostgreSQL 10-18 of which changes rewrite a table.
 *
 * @param rewrite the table is rewritten
 * @param lossless every old value has exactly one new value that says the same, so both versions can use either type
 * @param narrowing some old values have no new value
 */
record TypeChange(boolean rewrite, boolean lossless, boolean narrowing) {

    /** Aliases of the grammar for the catalog's names. */
    private static final Map<String, String> CANONICAL = Map.of(
            "int",
            "int4",
            "integer",
            "int4",
            "bigint",
            "int8",
            "smallint",
            "int2",
            "boolean",
            "bool",
            "decimal",
            "numeric");

    private static final Map<String, Set<String>> WIDENING = Map.of(
            "int2", Set.of("int4", "int8", "numeric"),
            "int4", Set.of("int8", "numeric"),
            "int8", Set.of("numeric"),
            "float4", Set.of("float8"),
            "json", Set.of("jsonb"));

    private static final Map<String, Set<String>> NARROWING =
            Map.of("int8", Set.of("int4", "int2"), "int4", Set.of("int2"), "float8", Set.of("float4"));

    private static final Set<String> TEXT = Set.of("text", "varchar");

    /** Binary compatible without a look at the rows, in this direction. */
    private static final Set<List<String>> RELABEL = Set.of(
            List.of("cidr", "inet"), List.of("xml", "text"), List.of("citext", "text"), List.of("text", "citext"));

    /** Types whose modifier is a precision that may grow freely. */
    private static final Set<String> PRECISION = Set.of("timestamp", "timestamptz", "time", "timetz", "interval");

    /** @param to the type name node of ALTER … TYPE */
    static TypeChange of(TypeRef from, Node to) {
        String before = from.name().name();
        String after = canonical(to);
        if (to.has("arrayBounds") || from.category() == TypeRef.Category.ARRAY) {
            return incompatible();
        }
        Modifiers old = Modifiers.of(from.formatted());
        Modifiers fresh = Modifiers.of(to);
        if (TEXT.contains(before) && TEXT.contains(after)) {
            return fresh.none() || !old.none() && fresh.first >= old.first ? free() : narrower();
        }
        if (before.equals(after)) {
            return sameType(before, old, fresh);
        }
        if (RELABEL.contains(List.of(before, after))) {
            return free();
        }
        if (from.category() == TypeRef.Category.ENUM && TEXT.contains(after) && fresh.none()) {
            return new TypeChange(true, true, false);
        }
        if (WIDENING.getOrDefault(before, Set.of()).contains(after) && fresh.none()) {
            return new TypeChange(true, true, false);
        }
        return NARROWING.getOrDefault(before, Set.of()).contains(after) ? narrower() : incompatible();
    }

    /** Whether it is the type that the column has, modifiers included. */
    static boolean isSame(TypeRef from, Node to) {
        return from.name().name().equals(canonical(to))
                && from.category() != TypeRef.Category.ARRAY
                && !to.has("arrayBounds")
                && Modifiers.of(from.formatted()).equals(Modifiers.of(to));
    }

    private static TypeChange sameType(String type, Modifiers old, Modifiers fresh) {
        if (old.equals(fresh)) {
            return free();
        }
        if (type.equals("numeric")) {
            boolean scaleKept = fresh.none() || !old.none() && fresh.second == old.second;
            boolean wider = fresh.none()
                    || !old.none()
                            && fresh.first - fresh.second >= old.first - old.second
                            && fresh.second >= old.second;
            return wider ? new TypeChange(!scaleKept, true, false) : narrower();
        }
        if (PRECISION.contains(type)) {
            return fresh.none() || !old.none() && fresh.first >= old.first ? free() : narrower();
        }
        if (type.equals("varbit")) {
            return fresh.none() || !old.none() && fresh.first >= old.first ? free() : narrower();
        }
        return incompatible();
    }

    boolean isIncompatible() {
        return rewrite && !lossless && !narrowing;
    }

    private static TypeChange free() {
        return new TypeChange(false, true, false);
    }

    private static TypeChange narrower() {
        return new TypeChange(true, false, true);
    }

    private static TypeChange incompatible() {
        return new TypeChange(true, false, false);
    }

    private static String canonical(Node typeName) {
        List<String> names = typeName.strings("names");
        String last = names.get(names.size() - 1);
        return CANONICAL.getOrDefault(last, last);
    }

    /** {@code (10, 2)} of a type; −1 where there is none. */
    private record Modifiers(long first, long second) {

        static Modifiers of(Node typeName) {
            List<Node> values = typeName.list("typmods");
            return new Modifiers(
                    values.isEmpty() ? -1 : values.get(0).get("ival").number("ival"),
                    values.size() < 2
                            ? values.isEmpty() ? -1 : 0
                            : values.get(1).get("ival").number("ival"));
        }

        static Modifiers of(String formatted) {
            int open = formatted.indexOf('(');
            if (open < 0) {
                return new Modifiers(-1, -1);
            }
            String[] values =
                    formatted.substring(open + 1, formatted.indexOf(')')).split(",");
            return new Modifiers(
                    Long.parseLong(values[0].strip()), values.length < 2 ? 0 : Long.parseLong(values[1].strip()));
        }

        boolean none() {
            return first < 0;
        }
    }
}
