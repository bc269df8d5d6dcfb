package dev.sluice.sql;

import java.util.Objects;

/**
 * The name of something that lives in a schema, as the catalog stores it (unquoted). Things without a schema
 * (extensions, publications) have the empty string as their schema. Immutable.
 */
public record QualifiedName(String schema, String name) implements Comparable<QualifiedName> {

    public QualifiedName {
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(name, "name");
    }

    public static QualifiedName of(String schema, String name) {
        return new QualifiedName(schema, name);
    }

    /** The name as SQL: {@code public."Order"}. */
    public String quoted() {
        return schema.isEmpty() ? Identifier.quote(name) : Identifier.quote(schema) + "." + Identifier.quote(name);
    }

    /** The same schema, another name. */
    public QualifiedName withName(String newName) {
        return new QualifiedName(schema, newName);
    }

    @Override
    public int compareTo(QualifiedName other) {
        int bySchema = schema.compareTo(other.schema);
        return bySchema != 0 ? bySchema : name.compareTo(other.name);
    }

    /** Same as {@link #quoted()}. */
    @Override
    public String toString() {
        return quoted();
    }
}
