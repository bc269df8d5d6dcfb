package dev.sluice.catalog;

import dev.sluice.sql.QualifiedName;
import java.util.Objects;
import java.util.Optional;

/**
 * The type of a column, argument or domain.
 *
 * @param formatted as {@code format_type} prints it under an empty search path: {@code numeric(10,2)}, {@code public.mood[]}
 * @param name the type itself, without modifier: {@code pg_catalog.numeric}; for an array {@code pg_catalog._numeric}
 * @param category what kind of type it is
 * @param typmod PostgreSQL's type modifier, −1 for none
 * @param element for an array its element type's name; for a domain its base type's name (through all layers)
 */
public record TypeRef(
        String formatted, QualifiedName name, Category category, int typmod, Optional<QualifiedName> element) {

    /** {@code pg_type.typtype}, with true arrays told apart from base types. */
    public enum Category {
        BASE,
        ARRAY,
        COMPOSITE,
        DOMAIN,
        ENUM,
        RANGE,
        MULTIRANGE,
        PSEUDO
    }

    public TypeRef {
        Objects.requireNonNull(formatted, "formatted");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(category, "category");
        Objects.requireNonNull(element, "element");
    }

    /** A built-in type without modifier, by its catalog name: {@code builtin("bigint", "int8")}. */
    public static TypeRef builtin(String formatted, String catalogName) {
        return new TypeRef(formatted, QualifiedName.of("pg_catalog", catalogName), Category.BASE, -1, Optional.empty());
    }

    @Override
    public String toString() {
        return formatted;
    }
}
