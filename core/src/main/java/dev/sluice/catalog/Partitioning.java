package dev.sluice.catalog;

import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A table's place in declarative partitioning. A partition can be partitioned itself.
 *
 * @param key of a partitioned table: {@code RANGE (created_at)}
 * @param parent of a partition: the table it belongs to
 * @param bound of a partition: {@code FOR VALUES …} or {@code DEFAULT}
 * @param children the direct partitions, sorted
 */
public record Partitioning(
        Optional<String> key, Optional<QualifiedName> parent, Optional<String> bound, List<QualifiedName> children) {

    public static final Partitioning NONE =
            new Partitioning(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    public Partitioning {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(parent, "parent");
        Objects.requireNonNull(bound, "bound");
        children = List.copyOf(children);
    }

    public boolean isDefaultPartition() {
        return bound.filter("DEFAULT"::equals).isPresent();
    }
}
