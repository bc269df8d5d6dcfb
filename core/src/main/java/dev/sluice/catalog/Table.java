package dev.sluice.catalog;

import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A table: ordinary, partitioned or foreign. Immutable.
 *
 * @param columns live columns in the order of their numbers, archived ones included
 *     (see {@link Column#archivedBySluice()})
 * @param ofType the composite type of a typed table
 * @param inherits parents by plain inheritance (not partitioning), in order
 * @param inheritedBy children by plain inheritance, sorted
 * @param options storage options, sorted; those of the TOAST table carry the prefix {@code toast.}
 * @param tablespace set when it is not the database's default
 * @param accessMethod empty for foreign tables and (before PostgreSQL 17 always) partitioned ones
 * @param foreign of a foreign table: {@code server, option=value, …}
 */
public record Table(
        QualifiedName name,
        long oid,
        Kind kind,
        Persistence persistence,
        String owner,
        List<Column> columns,
        List<Constraint> constraints,
        List<Index> indexes,
        List<Trigger> triggers,
        List<Rule> rules,
        List<Policy> policies,
        boolean rowSecurity,
        boolean forceRowSecurity,
        ReplicaIdentity replicaIdentity,
        Partitioning partitioning,
        List<QualifiedName> inherits,
        List<QualifiedName> inheritedBy,
        Optional<QualifiedName> ofType,
        List<String> options,
        Optional<String> tablespace,
        Optional<String> accessMethod,
        List<String> foreign,
        Optional<String> comment,
        List<Grant> grants,
        TableStats stats) {

    /** Whether it holds rows itself, is partitioned, or lives elsewhere. A partition is any of them. */
    public enum Kind {
        ORDINARY,
        PARTITIONED,
        FOREIGN
    }

    /** LOGGED or not; temporary tables are never read. */
    public enum Persistence {
        PERMANENT,
        UNLOGGED
    }

    public Table {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(persistence, "persistence");
        Objects.requireNonNull(owner, "owner");
        columns = List.copyOf(columns);
        constraints = List.copyOf(constraints);
        indexes = List.copyOf(indexes);
        triggers = List.copyOf(triggers);
        rules = List.copyOf(rules);
        policies = List.copyOf(policies);
        Objects.requireNonNull(replicaIdentity, "replicaIdentity");
        Objects.requireNonNull(partitioning, "partitioning");
        inherits = List.copyOf(inherits);
        inheritedBy = List.copyOf(inheritedBy);
        Objects.requireNonNull(ofType, "ofType");
        options = List.copyOf(options);
        Objects.requireNonNull(tablespace, "tablespace");
        Objects.requireNonNull(accessMethod, "accessMethod");
        foreign = List.copyOf(foreign);
        Objects.requireNonNull(comment, "comment");
        grants = List.copyOf(grants);
        Objects.requireNonNull(stats, "stats");
    }

    /** An ordinary table with nothing but columns. For tests and for predicting a catalog. */
    public static Table plain(QualifiedName name, List<Column> columns) {
        return new Table(
                name,
                0,
                Kind.ORDINARY,
                Persistence.PERMANENT,
                "postgres",
                columns,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false,
                false,
                ReplicaIdentity.DEFAULT,
                Partitioning.NONE,
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.of("heap"),
                List.of(),
                Optional.empty(),
                List.of(),
                TableStats.EMPTY);
    }

    public Optional<Column> column(String columnName) {
        return columns.stream().filter(c -> c.name().equals(columnName)).findFirst();
    }

    public Optional<Constraint> constraint(String constraintName) {
        return constraints.stream().filter(c -> c.name().equals(constraintName)).findFirst();
    }

    public Optional<Index> index(String indexName) {
        return indexes.stream().filter(i -> i.name().name().equals(indexName)).findFirst();
    }

    public Optional<Trigger> trigger(String triggerName) {
        return triggers.stream().filter(t -> t.name().equals(triggerName)).findFirst();
    }

    /** Whether an UPDATE fires triggers of the user's, or is rewritten by rules. */
    public boolean actsOnUpdate() {
        return triggers.stream().anyMatch(t -> t.events().contains(Trigger.Event.UPDATE))
                || rules.stream().anyMatch(r -> r.event().equals(Trigger.Event.UPDATE.name()));
    }

    public Optional<Constraint> primaryKey() {
        return constraints.stream()
                .filter(c -> c.kind() == Constraint.Kind.PRIMARY_KEY)
                .findFirst();
    }

    /** Foreign keys from this table. */
    public List<Constraint> foreignKeys() {
        return constraints.stream()
                .filter(c -> c.kind() == Constraint.Kind.FOREIGN_KEY)
                .toList();
    }

    /** Columns without those that Sluice archived. */
    public List<Column> userColumns() {
        return columns.stream().filter(c -> !c.archivedBySluice()).toList();
    }

    public boolean isPartition() {
        return partitioning.parent().isPresent();
    }

    public Table withColumns(List<Column> newColumns) {
        return copy(newColumns, constraints, indexes, triggers, stats);
    }

    public Table withConstraints(List<Constraint> newConstraints) {
        return copy(columns, newConstraints, indexes, triggers, stats);
    }

    public Table withIndexes(List<Index> newIndexes) {
        return copy(columns, constraints, newIndexes, triggers, stats);
    }

    public Table withTriggers(List<Trigger> newTriggers) {
        return copy(columns, constraints, indexes, newTriggers, stats);
    }

    public Table withStats(TableStats newStats) {
        return copy(columns, constraints, indexes, triggers, newStats);
    }

    private Table copy(
            List<Column> newColumns,
            List<Constraint> newConstraints,
            List<Index> newIndexes,
            List<Trigger> newTriggers,
            TableStats newStats) {
        return new Table(
                name,
                oid,
                kind,
                persistence,
                owner,
                newColumns,
                newConstraints,
                newIndexes,
                newTriggers,
                rules,
                policies,
                rowSecurity,
                forceRowSecurity,
                replicaIdentity,
                partitioning,
                inherits,
                inheritedBy,
                ofType,
                options,
                tablespace,
                accessMethod,
                foreign,
                comment,
                grants,
                newStats);
    }
}
