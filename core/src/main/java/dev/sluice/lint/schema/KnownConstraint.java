package dev.sluice.lint.schema;

import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A constraint of a table.
 *
 * @param columns in its order; of a check, those in its expression
 * @param expression of a check
 * @param referenced the table a foreign key points at
 */
public record KnownConstraint(
        String name,
        Kind kind,
        List<String> columns,
        Optional<Node> expression,
        Optional<QualifiedName> referenced,
        List<String> referencedColumns,
        boolean validated,
        boolean enforced,
        boolean inherited) {

    /** What it demands. */
    public enum Kind {
        CHECK,
        NOT_NULL,
        FOREIGN_KEY,
        UNIQUE,
        PRIMARY_KEY,
        EXCLUSION
    }

    public KnownConstraint {
        columns = List.copyOf(columns);
        referencedColumns = List.copyOf(referencedColumns);
    }

    /** Whether an index stands behind it, of the same name. */
    public boolean hasIndex() {
        return Set.of(Kind.UNIQUE, Kind.PRIMARY_KEY, Kind.EXCLUSION).contains(kind);
    }

    public boolean isForeignKey() {
        return kind == Kind.FOREIGN_KEY;
    }

    KnownConstraint named(String newName) {
        return new KnownConstraint(
                newName, kind, columns, expression, referenced, referencedColumns, validated, enforced, inherited);
    }

    KnownConstraint valid() {
        return new KnownConstraint(
                name, kind, columns, expression, referenced, referencedColumns, true, true, inherited);
    }

    KnownConstraint pointingAt(QualifiedName table) {
        return new KnownConstraint(
                name, kind, columns, expression, Optional.of(table), referencedColumns, validated, enforced, inherited);
    }

    KnownConstraint renamedColumn(String from, String to) {
        return new KnownConstraint(
                name,
                kind,
                columns.stream().map(c -> c.equals(from) ? to : c).toList(),
                expression,
                referenced,
                referencedColumns,
                validated,
                enforced,
                inherited);
    }
}
