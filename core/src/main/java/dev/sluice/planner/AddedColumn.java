package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.UserType;
import java.util.List;
import java.util.Optional;

/**
 * A column that the migration adds to a table with rows, and what later statements of the script said about it.
 *
 * @param change where it is added
 * @param type its type with collation, as SQL: {@code varchar(20) COLLATE "C"}
 * @param definition the column definition to run, without the parts that are planned apart
 * @param defaultExpression its default, as SQL
 * @param notNull the change that makes it NOT NULL: the column's own definition or a later SET NOT NULL
 * @param fill what the script's UPDATEs make of the row: an expression over the columns before the migration
 * @param rowByRow set when existing rows need a value each, which ADD COLUMN would give them by rewriting the table
 */
public record AddedColumn(
        String name,
        Change change,
        String type,
        String definition,
        Optional<String> defaultExpression,
        Optional<Change> notNull,
        Optional<Fill> fill,
        Optional<RowByRow> rowByRow) {

    public AddedColumn {
        requireNonNull(name);
        requireNonNull(change);
        requireNonNull(type);
        requireNonNull(definition);
        requireNonNull(defaultExpression);
        requireNonNull(notNull);
        requireNonNull(fill);
        requireNonNull(rowByRow);
    }

    /**
     * What a row's new value is.
     *
     * @param expression over the columns of the row before the migration
     * @param change the UPDATE that says so
     * @param lookup it reads another table
     */
    public record Fill(Expression expression, Change change, boolean lookup) {
        public Fill {
            requireNonNull(expression);
            requireNonNull(change);
        }
    }

    /**
     * A volatile default, serial or identity.
     *
     * @param expression gives one row its value
     * @param afterAdding run with ADD COLUMN: the default for new rows, and what it needs
     * @param afterRemoving run when the column is taken out again
     * @param whenFilled run when every row has its value and the column is NOT NULL; empty when nothing is left to do
     * @param byRewrite ADD COLUMN itself gives existing rows their values: the table is small
     */
    public record RowByRow(
            String expression,
            List<String> afterAdding,
            List<String> afterRemoving,
            List<String> whenFilled,
            boolean byRewrite) {
        public RowByRow {
            requireNonNull(expression);
            afterAdding = List.copyOf(afterAdding);
            afterRemoving = List.copyOf(afterRemoving);
            whenFilled = List.copyOf(whenFilled);
        }

        /** The same on a small table, which ADD COLUMN may rewrite. */
        public RowByRow doneByRewrite() {
            return new RowByRow(expression, afterAdding, afterRemoving, whenFilled, true);
        }
    }

    /** Whether ADD COLUMN writes the table anew: to give each row its value, or to check a domain's constraints on it. */
    boolean rewritesTable(Catalog catalog) {
        return rowByRow.filter(RowByRow::byRewrite).isPresent() && fill.isEmpty()
                || isOfConstrainedDomain(change, catalog);
    }

    /** Whether the column that an ADD COLUMN makes is of a domain with constraints. */
    public static boolean isOfConstrainedDomain(Change addColumn, Catalog catalog) {
        List<String> names = addColumn.command().get("def").get("typeName").strings("names");
        if (names.isEmpty()) {
            return false;
        }
        Optional<String> schema = names.size() > 1 ? Optional.of(names.get(names.size() - 2)) : Optional.empty();
        return catalog.resolveType(schema, names.get(names.size() - 1))
                .filter(t -> t.kind() == UserType.Kind.DOMAIN)
                .filter(t -> t.notNull() || !t.constraints().isEmpty())
                .isPresent();
    }

    boolean needsBackfill() {
        return rowByRow.filter(r -> !r.byRewrite).isPresent() && fill.isEmpty();
    }

    /** Whether ADD COLUMN itself makes it NOT NULL: it has a default then, and every row has it at once. */
    boolean isNotNullFromTheStart() {
        return fill.isEmpty()
                && !needsBackfill()
                && notNull.filter(n -> n.equals(change)).isPresent();
    }

    public AddedColumn named(String newName, String newDefinition) {
        return new AddedColumn(newName, change, type, newDefinition, defaultExpression, notNull, fill, rowByRow);
    }

    public AddedColumn withDefault(Optional<String> expression, String newDefinition) {
        return new AddedColumn(name, change, type, newDefinition, expression, notNull, fill, rowByRow);
    }

    public AddedColumn withNotNull(Optional<Change> setNotNull) {
        return new AddedColumn(name, change, type, definition, defaultExpression, setNotNull, fill, rowByRow);
    }

    public AddedColumn withFill(Fill newFill) {
        return new AddedColumn(
                name, change, type, definition, defaultExpression, notNull, Optional.of(newFill), rowByRow);
    }
}
