package dev.sluice.lint.schema;

import dev.sluice.sql.Node;
import java.util.List;

/**
 * A column's type as a script writes it.
 *
 * @param schema empty for a name without one, and for PostgreSQL's own types
 * @param name PostgreSQL's internal name where it has two ({@code int4}, {@code bpchar})
 * @param modifiers the numbers in brackets; for {@code interval} and the times, the precision only
 * @param dimensions of an array; 0 for other types
 */
public record ColumnType(String schema, String name, List<Integer> modifiers, int dimensions) {

    /** {@code INTERVAL_FULL_RANGE} of timestamp.h: the modifier of an interval without fields. */
    private static final int ANY_FIELDS = 0x7FFF;

    public ColumnType {
        modifiers = List.copyOf(modifiers);
    }

    /** PostgreSQL's own type of this name. */
    public static ColumnType builtIn(String name) {
        return new ColumnType("", name, List.of(), 0);
    }

    /** @param typeName a TypeName node */
    public static ColumnType of(Node typeName) {
        List<String> names = typeName.strings("names");
        String name = names.isEmpty() ? "" : names.get(names.size() - 1);
        String schema = names.size() < 2 || names.get(names.size() - 2).equals("pg_catalog") ? "" : names.get(0);
        List<Integer> modifiers =
                typeName.list("typmods").stream().map(ColumnType::number).toList();
        if (name.equals("interval") && !modifiers.isEmpty()) {
            modifiers = modifiers.get(0) == ANY_FIELDS ? modifiers.subList(1, modifiers.size()) : List.of(-1);
        }
        if (name.equals("bpchar") && modifiers.isEmpty() && names.size() > 1) {
            modifiers = List.of(1);
        }
        return new ColumnType(
                schema,
                name.equals("char") ? "bpchar" : name,
                modifiers,
                typeName.list("arrayBounds").size());
    }

    private static int number(Node constant) {
        return constant.get("ival").number("ival");
    }

    /** The integer type behind {@code serial} and its kin; the type itself for others. */
    public ColumnType withoutSerial() {
        return switch (name) {
            case "serial", "serial4" -> builtIn("int4");
            case "bigserial", "serial8" -> builtIn("int8");
            case "smallserial", "serial2" -> builtIn("int2");
            default -> this;
        };
    }

    public boolean isSerial() {
        return !withoutSerial().equals(this);
    }
}
