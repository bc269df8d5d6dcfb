package dev.sluice.catalog;

import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A publication of logical replication.
 *
 * @param options {@code publish=insert, update}, {@code publish_via_partition_root=true}, …, sorted
 * @param schemas FOR TABLES IN SCHEMA
 */
public record Publication(
        String name,
        String owner,
        boolean allTables,
        List<String> options,
        List<String> schemas,
        List<PublishedTable> tables,
        Optional<String> comment) {

    /**
     * A table named by a publication.
     *
     * @param columns the column list; empty = all columns, also later ones
     * @param rowFilter the WHERE
     */
    public record PublishedTable(QualifiedName table, List<String> columns, Optional<String> rowFilter) {

        public PublishedTable {
            Objects.requireNonNull(table, "table");
            columns = List.copyOf(columns);
            Objects.requireNonNull(rowFilter, "rowFilter");
        }
    }

    public Publication {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(owner, "owner");
        options = List.copyOf(options);
        schemas = List.copyOf(schemas);
        tables = List.copyOf(tables);
        Objects.requireNonNull(comment, "comment");
    }

    /** Whether changes of this table are published, by name, by schema or because all are. Partition roots are not followed. */
    public boolean publishes(QualifiedName table) {
        return allTables
                || schemas.contains(table.schema())
                || tables.stream().anyMatch(t -> t.table().equals(table));
    }
}
