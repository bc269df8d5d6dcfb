package dev.sluice.lint.schema;

import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A table, view or materialized view, as far as it is known. Changed by {@link KnownSchema} alone. */
public final class KnownTable {

    /** What it is. */
    public enum Kind {
        TABLE,
        PARTITIONED,
        FOREIGN,
        VIEW,
        MATERIALIZED_VIEW,
        COMPOSITE_TYPE
    }

    QualifiedName name;
    final Kind kind;
    final boolean temporary;
    final Map<String, KnownColumn> columns = new LinkedHashMap<>();
    final Map<String, KnownConstraint> constraints = new LinkedHashMap<>();
    final Set<String> triggers = new TreeSet<>();
    final Map<String, Set<String>> triggersOfColumns = new LinkedHashMap<>();
    /** Parents by inheritance or partitioning. */
    final List<QualifiedName> parents = new ArrayList<>();
    /** Of a view: what it reads. */
    final Set<QualifiedName> reads = new TreeSet<>();

    final Set<String> readsColumns = new TreeSet<>();
    /** Those of what it reads of whose columns it reads all. */
    final Set<QualifiedName> readsAllOf = new TreeSet<>();
    /** Whether it may read all columns of anything. */
    boolean readsAll;

    List<String> viewColumns = List.of();

    Optional<QualifiedName> ofType = Optional.empty();
    Optional<PartitionBound> bound = Optional.empty();
    List<String> partitionKey = List.of();
    char partitionStrategy = ' ';
    boolean mayHaveRows;
    boolean columnsKnown = true;
    boolean unlogged;
    String accessMethod = "heap";

    /**
     * Which rows a partition holds.
     *
     * @param node the bound as written
     */
    public record PartitionBound(Node node) {
        public boolean isDefault() {
            return node.flag("is_default");
        }
    }

    KnownTable(QualifiedName name, Kind kind, boolean temporary) {
        this.name = name;
        this.kind = kind;
        this.temporary = temporary;
    }

    KnownTable copy() {
        KnownTable copy = new KnownTable(name, kind, temporary);
        copy.columns.putAll(columns);
        copy.constraints.putAll(constraints);
        copy.triggers.addAll(triggers);
        triggersOfColumns.forEach((trigger, of) -> copy.triggersOfColumns.put(trigger, new TreeSet<>(of)));
        copy.parents.addAll(parents);
        copy.reads.addAll(reads);
        copy.readsColumns.addAll(readsColumns);
        copy.readsAllOf.addAll(readsAllOf);
        copy.readsAll = readsAll;
        copy.viewColumns = viewColumns;
        copy.ofType = ofType;
        copy.bound = bound;
        copy.partitionKey = partitionKey;
        copy.partitionStrategy = partitionStrategy;
        copy.mayHaveRows = mayHaveRows;
        copy.columnsKnown = columnsKnown;
        copy.unlogged = unlogged;
        copy.accessMethod = accessMethod;
        return copy;
    }

    public QualifiedName name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    public boolean isTemporary() {
        return temporary;
    }

    public boolean isView() {
        return kind == Kind.VIEW || kind == Kind.MATERIALIZED_VIEW;
    }

    public boolean isPartitioned() {
        return kind == Kind.PARTITIONED;
    }

    /** Whether it has storage of its own. */
    public boolean holdsRows() {
        return kind == Kind.TABLE || kind == Kind.MATERIALIZED_VIEW;
    }

    /** False for a table that the script made and nothing has filled since. */
    public boolean mayHaveRows() {
        return mayHaveRows;
    }

    public Optional<KnownColumn> column(String column) {
        return Optional.ofNullable(columns.get(column));
    }

    public Collection<KnownColumn> columns() {
        return columns.values();
    }

    /** False when something of its columns came from where the scripts do not show it. */
    public boolean columnsAreKnown() {
        return columnsKnown;
    }

    public Optional<KnownConstraint> constraint(String constraint) {
        return Optional.ofNullable(constraints.get(constraint));
    }

    public Collection<KnownConstraint> constraints() {
        return constraints.values();
    }

    public List<KnownConstraint> foreignKeys() {
        return constraints.values().stream()
                .filter(KnownConstraint::isForeignKey)
                .toList();
    }

    /** Triggers with {@code UPDATE OF} this column. */
    public boolean hasTriggerOf(String column) {
        return triggersOfColumns.values().stream().anyMatch(columns -> columns.contains(column));
    }

    public List<QualifiedName> parents() {
        return List.copyOf(parents);
    }

    public Set<QualifiedName> reads() {
        return Set.copyOf(reads);
    }

    /** Whether a view mentions a column of this name, of whatever table, or all of this table. */
    public boolean mentions(QualifiedName of, String column) {
        return readsAll || readsAllOf.contains(of) || readsColumns.contains(column);
    }

    /** The names of a view's columns; empty where the script does not write them down. */
    public List<String> viewColumns() {
        return viewColumns;
    }

    public Optional<PartitionBound> bound() {
        return bound;
    }

    public List<String> partitionKey() {
        return partitionKey;
    }

    /** {@code r}, {@code l} or {@code h}; a space for a table that is not partitioned. */
    public char partitionStrategy() {
        return partitionStrategy;
    }

    public Optional<QualifiedName> ofType() {
        return ofType;
    }

    public boolean isUnlogged() {
        return unlogged;
    }

    public String accessMethod() {
        return accessMethod;
    }
}
