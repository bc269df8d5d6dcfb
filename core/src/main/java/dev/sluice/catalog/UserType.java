package dev.sluice.catalog;

import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A type made by the user (row types of tables and array types are left out).
 *
 * @param labels of an enum, in order
 * @param attributes of a composite type
 * @param baseType of a domain; of a range its subtype
 * @param notNull of a domain
 * @param defaultExpression of a domain
 * @param collation of a domain or range when it is not its base type's
 * @param constraints of a domain
 * @param details whatever else defines it (range and base types): {@code subtype_diff=…}, {@code input=…}, sorted
 */
public record UserType(
        QualifiedName name,
        long oid,
        Kind kind,
        String owner,
        List<String> labels,
        List<Column> attributes,
        Optional<TypeRef> baseType,
        boolean notNull,
        Optional<String> defaultExpression,
        Optional<QualifiedName> collation,
        List<Constraint> constraints,
        List<String> details,
        Optional<String> comment,
        List<Grant> grants) {

    public enum Kind {
        ENUM,
        DOMAIN,
        COMPOSITE,
        RANGE,
        BASE
    }

    public UserType {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(owner, "owner");
        labels = List.copyOf(labels);
        attributes = List.copyOf(attributes);
        Objects.requireNonNull(baseType, "baseType");
        Objects.requireNonNull(defaultExpression, "defaultExpression");
        Objects.requireNonNull(collation, "collation");
        constraints = List.copyOf(constraints);
        details = List.copyOf(details);
        Objects.requireNonNull(comment, "comment");
        grants = List.copyOf(grants);
    }
}
