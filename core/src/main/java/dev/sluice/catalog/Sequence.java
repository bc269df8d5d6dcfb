package dev.sluice.catalog;

import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A sequence; its current value is not part of the catalog.
 *
 * @param type {@code smallint}, {@code integer} or {@code bigint}
 * @param ownedBy the column it belongs to (serial or identity)
 * @param identity it implements an identity column
 */
public record Sequence(
        QualifiedName name,
        long oid,
        String owner,
        String type,
        long start,
        long increment,
        long minimum,
        long maximum,
        long cache,
        boolean cycle,
        boolean logged,
        Optional<ObjectRef> ownedBy,
        boolean identity,
        Optional<String> comment,
        List<Grant> grants) {

    public Sequence {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(ownedBy, "ownedBy");
        Objects.requireNonNull(comment, "comment");
        grants = List.copyOf(grants);
    }
}
