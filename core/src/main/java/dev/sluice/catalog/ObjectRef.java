package dev.sluice.catalog;

import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.Objects;

/**
 * Names one thing in a catalog, down to a column.
 *
 * @param name the thing, or the table (view, type) it is part of
 * @param part for a column, default, constraint, trigger, rule or policy its own name; for a function its identity arguments;
 *     otherwise empty
 */
public record ObjectRef(Kind kind, QualifiedName name, String part) {

    public enum Kind {
        TABLE,
        VIEW,
        MATERIALIZED_VIEW,
        COLUMN,
        DEFAULT,
        CONSTRAINT,
        INDEX,
        SEQUENCE,
        TRIGGER,
        RULE,
        POLICY,
        FUNCTION,
        TYPE,
        SCHEMA,
        EXTENSION,
        STATISTICS,
        PUBLICATION,
        EVENT_TRIGGER,
        OTHER
    }

    public ObjectRef {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(part, "part");
    }

    public static ObjectRef table(QualifiedName name) {
        return new ObjectRef(Kind.TABLE, name, "");
    }

    public static ObjectRef column(QualifiedName table, String column) {
        return new ObjectRef(Kind.COLUMN, table, column);
    }

    public static ObjectRef of(Kind kind, QualifiedName name) {
        return new ObjectRef(kind, name, "");
    }

    public static ObjectRef of(Kind kind, QualifiedName name, String part) {
        return new ObjectRef(kind, name, part);
    }

    /** For messages: {@code column public.users.email}, {@code function public.f(integer)}. */
    @Override
    public String toString() {
        String what = kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + " ";
        return switch (kind) {
            case COLUMN, DEFAULT -> what + name + "." + Identifier.quote(part);
            case FUNCTION -> what + name + "(" + part + ")";
            case CONSTRAINT, TRIGGER, RULE, POLICY -> what + Identifier.quote(part) + " on " + name;
            default -> what + name;
        };
    }
}
