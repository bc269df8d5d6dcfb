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
        Optional<QualifiedName> parent) {

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
                newName, newTable, method, columns, alsoReads, computed, predicate, unique, hasExpressions, parent);
    }

    KnownIndex under(QualifiedName newParent) {
        return new KnownIndex(
                name,
                table,
                method,
                columns,
                alsoReads,
                computed,
                predicate,
                unique,
                hasExpressions,
                Optional.of(newParent));
    }
}
