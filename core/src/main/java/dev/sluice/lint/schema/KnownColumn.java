package dev.sluice.lint.schema;

import dev.sluice.sql.Node;
import java.util.Optional;

/**
 * A column.
 *
 * @param defaultValue the expression of its default
 * @param generated the expression of a generated column
 * @param stored whether a generated column is stored
 * @param collation the collation it was given, as written
 */
public record KnownColumn(
        String name,
        ColumnType type,
        boolean notNull,
        Optional<Node> defaultValue,
        Optional<Node> generated,
        boolean stored,
        boolean identity,
        Optional<String> collation) {

    /** A column of which no script shows more than that it is there. */
    static KnownColumn unknown(String name) {
        return new KnownColumn(
                name,
                ColumnType.builtIn(""),
                false,
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                Optional.empty());
    }

    KnownColumn named(String newName) {
        return new KnownColumn(newName, type, notNull, defaultValue, generated, stored, identity, collation);
    }

    KnownColumn of(ColumnType newType, Optional<String> newCollation) {
        return new KnownColumn(name, newType, notNull, defaultValue, generated, stored, identity, newCollation);
    }

    KnownColumn notNull(boolean newNotNull) {
        return new KnownColumn(name, type, newNotNull, defaultValue, generated, stored, identity, collation);
    }

    KnownColumn defaulting(Optional<Node> newDefault) {
        return new KnownColumn(name, type, notNull, newDefault, generated, stored, identity, collation);
    }

    KnownColumn identity(boolean newIdentity) {
        return new KnownColumn(
                name, type, notNull || newIdentity, defaultValue, generated, stored, newIdentity, collation);
    }

    KnownColumn generatedAs(Optional<Node> expression) {
        return new KnownColumn(
                name, type, notNull, defaultValue, expression, stored && expression.isPresent(), identity, collation);
    }
}
