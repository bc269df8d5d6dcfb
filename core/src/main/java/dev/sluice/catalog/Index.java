package dev.sluice.catalog;

import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An index of a table or materialized view.
 *
 * @param method access method: {@code btree}, {@code gin}, …
 * @param valid false for the leftover of a failed concurrent build, and for a partitioned index with parts missing
 * @param ready false while a concurrent build does not take writes yet
 * @param definition {@code pg_get_indexdef}: the CREATE INDEX statement
 * @param keys key columns and expressions, in order
 * @param included columns of INCLUDE
 * @param predicate the WHERE of a partial index
 * @param constraintName the constraint it implements
 * @param sizeBytes {@code relpages × block size}, as of the last VACUUM or ANALYZE
 * @param parent the partitioned index this one is attached to
 * @param options {@code fillfactor=70} and the like
 * @param clustered marked by {@code CLUSTER … USING}
 * @param replicaIdentity chosen by {@code REPLICA IDENTITY USING INDEX}
 * @param statisticsTargets per expression column that has one: {@code 1=500}
 */
public record Index(
        QualifiedName name,
        long oid,
        QualifiedName table,
        String method,
        boolean unique,
        boolean primary,
        boolean valid,
        boolean ready,
        boolean nullsNotDistinct,
        boolean immediate,
        String definition,
        List<Key> keys,
        List<String> included,
        Optional<String> predicate,
        Optional<String> constraintName,
        long sizeBytes,
        Optional<QualifiedName> parent,
        Optional<String> tablespace,
        List<String> options,
        boolean clustered,
        boolean replicaIdentity,
        List<String> statisticsTargets,
        Optional<String> comment) {

    /**
     * One key of an index.
     *
     * @param column the column's name, when the key is a plain column
     * @param definition the key as {@code pg_get_indexdef(index, n, …)} prints it: quoted column or expression
     */
    public record Key(Optional<String> column, String definition) {

        public Key {
            Objects.requireNonNull(column, "column");
            Objects.requireNonNull(definition, "definition");
        }
    }

    public Index {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(definition, "definition");
        keys = List.copyOf(keys);
        included = List.copyOf(included);
        Objects.requireNonNull(predicate, "predicate");
        Objects.requireNonNull(constraintName, "constraintName");
        Objects.requireNonNull(parent, "parent");
        Objects.requireNonNull(tablespace, "tablespace");
        options = List.copyOf(options);
        statisticsTargets = List.copyOf(statisticsTargets);
        Objects.requireNonNull(comment, "comment");
    }

    /** The plain columns among the keys, in order; expressions are left out. */
    public List<String> keyColumns() {
        return keys.stream().flatMap(key -> key.column().stream()).toList();
    }

    /** Whether some key is an expression. */
    public boolean hasExpressionKeys() {
        return keys.stream().anyMatch(key -> key.column().isEmpty());
    }

    /** A valid btree index over plain columns. For tests and for predicting a catalog. */
    public static Index plain(QualifiedName name, QualifiedName table, boolean unique, List<String> columns) {
        String list = String.join(", ", columns);
        return new Index(
                name,
                0,
                table,
                "btree",
                unique,
                false,
                true,
                true,
                false,
                true,
                "CREATE " + (unique ? "UNIQUE " : "") + "INDEX " + name.name() + " ON " + table + " USING btree ("
                        + list + ")",
                columns.stream().map(c -> new Key(Optional.of(c), c)).toList(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false,
                false,
                List.of(),
                Optional.empty());
    }
}
