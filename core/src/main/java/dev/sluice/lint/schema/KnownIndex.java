package dev.sluice.lint.schema;

import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An index.
 *
 * @param columns its key columns in order; the empty string for an expression
 * @param alsoReads columns in its expressions, its predicate and INCLUDE
 * @param computed columns in its expressions and its predicate
 * @param predicate the condition of a partial index
 * @param parent the partitioned index it belongs to
 * @param plain whether it is a btree in its columns' own order, with their own operators and collations
 */
public record KnownIndex(
        QualifiedName name,
        QualifiedName table,
        String method,
        List<String> columns,
        Set<String> alsoReads,
        Set<String> computed,
        Optional<Node> predicate,
        boolean unique,
        boolean hasExpressions,
        Optional<QualifiedName> parent,
        boolean plain) {

    public KnownIndex {
        columns = List.copyOf(columns);
        alsoReads = Set.copyOf(alsoReads);
        computed = Set.copyOf(computed);
    }

    /** Whether it could not exist without this column. */
    public boolean uses(String column) {
        return columns.contains(column) || alsoReads.contains(column);
    }

    KnownIndex of(QualifiedName newName, QualifiedName newTable) {
        return new KnownIndex(
                newName,
                newTable,
                method,
                columns,
                alsoReads,
                computed,
                predicate,
                unique,
                hasExpressions,
                parent,
                plain);
    }

    KnownIndex under(QualifiedName newParent) {
        return under(Optional.of(newParent));
    }

    KnownIndex under(Optional<QualifiedName> newParent) {
        return new KnownIndex(
                name, table, method, columns, alsoReads, computed, predicate, unique, hasExpressions, newParent, plain);
    }

    /** Whether a part of a CREATE INDEX is a column as it is. */
    public static boolean isPlain(Node element) {
        return !element.text("name").isEmpty()
                && !element.has("opclass")
                && !element.has("collation")
                && element.text("ordering").equals("SORTBY_DEFAULT")
                && element.text("nulls_ordering").equals("SORTBY_NULLS_DEFAULT");
    }
}
