package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A column that the migration adds to a table with rows, and what later statements of the script said about it.
 *
 * @param change where it is added
 * @param type its type with collation, as SQL: {@code varchar(20) COLLATE "C"}
 * @param definition the whole definition as written, without the constraints that are planned apart
 * @param defaultExpression its default, as SQL
 * @param notNull the change that makes it NOT NULL: the column's own definition or a later SET NOT NULL
 * @param fill what the script's UPDATEs make of the row: an expression over the columns before the migration
 */
public record AddedColumn(
        String name,
        Change change,
        String type,
        String definition,
        Optional<String> defaultExpression,
        Optional<Change> notNull,
        Optional<Fill> fill) {

    public AddedColumn {
        requireNonNull(name);
        requireNonNull(change);
        requireNonNull(type);
        requireNonNull(definition);
        requireNonNull(defaultExpression);
        requireNonNull(notNull);
        requireNonNull(fill);
    }

    /**
     * What a row's new value is.
     *
     * @param expression over the columns of the row before the migration
     * @param change the UPDATE that says so
     */
    public record Fill(Expression expression, Change change) {
        public Fill {
            requireNonNull(expression);
            requireNonNull(change);
        }
    }

    AddedColumn named(String newName) {
        return new AddedColumn(newName, change, type, definition, defaultExpression, notNull, fill);
    }

    AddedColumn withDefault(Optional<String> expression) {
        return new AddedColumn(name, change, type, definition, expression, notNull, fill);
    }

    AddedColumn withNotNull(Optional<Change> setNotNull) {
        return new AddedColumn(name, change, type, definition, defaultExpression, setNotNull, fill);
    }

    AddedColumn withFill(Fill newFill) {
        return new AddedColumn(name, change, type, definition, defaultExpression, notNull, Optional.of(newFill));
    }
}
