package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Table;
import dev.sluice.plan.Source;
import dev.sluice.sql.QualifiedName;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a migration does to the columns of one existing table, gathered over its statements. Column names given to its
 * methods are those the script uses at that point; {@link #before} leads back to the column as it was. Not thread-safe.
 */
public final class TableDraft {

    private final Table table;
    private final Map<String, AddedColumn> added = new LinkedHashMap<>();
    private final Set<String> computed = new LinkedHashSet<>();
    private final Map<String, Renamed> renamed = new LinkedHashMap<>();
    private final Map<String, Change> dropped = new LinkedHashMap<>();
    private final Map<String, Retyped> retyped = new LinkedHashMap<>();
    private final Map<String, String> typesAsWritten = new LinkedHashMap<>();
    private Optional<TableRenamed> newName = Optional.empty();

    TableDraft(Table table) {
        this.table = requireNonNull(table);
    }

    /** A column's new name, which a second column offers until contract. */
    public record Renamed(String before, String after, Change change) {}

    /**
     * A column's new type, for a table too large to be rewritten.
     *
     * @param using the new value, over the columns as they were
     * @param back the old value, over the column of the new type; empty for a cast
     * @param lossless the conversion can neither fail nor change what the value says
     * @param standsIn the new type stands in for one whose name it takes with the swap
     */
    public record Retyped(
            String column,
            String type,
            Expression using,
            Optional<Expression> back,
            boolean lossless,
            Change change,
            Optional<StandIn> standsIn) {

        public Retyped(
                String column,
                String type,
                Expression using,
                Optional<Expression> back,
                boolean lossless,
                Change change) {
            this(column, type, using, back, lossless, change, Optional.empty());
        }

        /** The same change in the words of after the swap. */
        Retyped afterSwap() {
            return standsIn.map(
                            s -> new Retyped(column, s.type, s.using, Optional.of(s.back), lossless, change, standsIn))
                    .orElse(this);
        }

        /** The type of the column as it was, in the words of after the swap. */
        String oldType(Column before) {
            return standsIn.map(StandIn::oldType).orElseGet(() -> ColumnTypes.sql(before));
        }

        /** What the column's default is after the swap. */
        Optional<String> defaultAfter(Column before) {
            return standsIn.map(StandIn::defaultExpression).orElseGet(before::defaultExpression);
        }
    }

    /**
     * What a change of type is called once the new type has taken the old one's name: see {@link Retyped}.
     *
     * @param oldType what the old type is called by then
     * @param defaultExpression what the script makes of the column's default
     */
    public record StandIn(
            String type, Expression using, Expression back, String oldType, Optional<String> defaultExpression) {}

    /** The table's new name. */
    public record TableRenamed(QualifiedName after, Change change) {}

    /** The table as it was before the migration; also its name until the contract phase is over. */
    public Table table() {
        return table;
    }

    public QualifiedName name() {
        return table.name();
    }

    /** The column as it was before the migration, by the name the script uses now; empty for new and unknown ones. */
    public Optional<Column> before(String column) {
        if (added.containsKey(column)) {
            return Optional.empty();
        }
        for (Renamed rename : renamed.values()) {
            if (rename.after.equals(column)) {
                return table.column(rename.before);
            }
            if (rename.before.equals(column)) {
                return Optional.empty();
            }
        }
        return dropped.containsKey(column) ? Optional.empty() : table.column(column);
    }

    /** A generated column that the migration adds: PostgreSQL computes it, nothing fills it. */
    public void addComputed(String column) {
        computed.add(column);
    }

    /** Whether the migration itself added this generated column. */
    public boolean isComputed(String column) {
        return computed.contains(column);
    }

    public List<String> computed() {
        return List.copyOf(computed);
    }

    /** Whether the migration itself added this column, and not as a generated one. */
    public boolean isAdded(String column) {
        return added.containsKey(column);
    }

    /**
     * Whether this column has its final form only after the swap of the contract phase (renamed by copy, or of a new
     * type): statements about it have to wait for that.
     */
    public boolean waitsForSwap(String column) {
        return retyped.containsKey(column) || renamed.values().stream().anyMatch(rename -> rename.after.equals(column));
    }

    /** Whether any statement about the table's columns has to wait for the swap. */
    public boolean waitsForSwap(List<String> columns) {
        return columns.stream().anyMatch(this::waitsForSwap);
    }

    /** Whether the migration changes the table's columns in a way that needs more than one statement. */
    public boolean hasColumnChanges() {
        return !added.isEmpty() || !renamed.isEmpty() || !dropped.isEmpty() || !retyped.isEmpty();
    }

    public Map<String, AddedColumn> added() {
        return Map.copyOf(added);
    }

    public Optional<AddedColumn> added(String column) {
        return Optional.ofNullable(added.get(column));
    }

    public List<AddedColumn> addedInOrder() {
        return List.copyOf(added.values());
    }

    public List<Renamed> renamed() {
        return List.copyOf(renamed.values());
    }

    public Map<String, Change> dropped() {
        return new LinkedHashMap<>(dropped);
    }

    /** Whether the script drops a column of a foreign key to another table. */
    boolean dropsReference() {
        return table.foreignKeys().stream()
                .filter(key -> !key.foreignKey().orElseThrow().table().equals(name()))
                .anyMatch(key -> key.columns().stream().anyMatch(dropped::containsKey));
    }

    public List<Retyped> retyped() {
        return List.copyOf(retyped.values());
    }

    public Optional<TableRenamed> newName() {
        return newName;
    }

    /** Where the script first says something about the columns. */
    Optional<Source> firstSource() {
        return firstChange().map(Change::source);
    }

    /** The first thing the script says about the columns. */
    Optional<Change> firstChange() {
        return Stream.of(
                        added.values().stream().map(AddedColumn::change),
                        renamed.values().stream().map(Renamed::change),
                        dropped.values().stream(),
                        retyped.values().stream().map(Retyped::change))
                .flatMap(changes -> changes)
                .min(Comparator.comparingInt(Change::start));
    }

    /** Whether the author lets row triggers fire for a backfill that the plain run would not have fired them for. */
    boolean allowsTriggers(Directives directives) {
        return Stream.of(
                        renamed.values().stream().map(Renamed::change),
                        retyped.values().stream().map(Retyped::change),
                        added.values().stream().map(AddedColumn::change))
                .flatMap(changes -> changes)
                .anyMatch(change -> directives.allows(change, "backfill-fires-triggers"));
    }

    /** Adds a column, or replaces what is known of it. */
    public void put(AddedColumn column) {
        added.put(column.name(), column);
    }

    /** Forgets a column that the script adds and drops again. */
    public void forget(String addedColumn) {
        added.remove(addedColumn);
    }

    public void rename(Renamed rename) {
        renamed.put(rename.before, rename);
    }

    public void drop(String columnBefore, Change change) {
        dropped.put(columnBefore, change);
    }

    /** The column's type, as SQL, once the statements that run as written in expand are done. */
    String type(Column before) {
        return typesAsWritten.getOrDefault(before.name(), ColumnTypes.sql(before));
    }

    /** A change of type that runs as written, in expand. */
    public void retypeAsWritten(String columnBefore, String type) {
        typesAsWritten.put(columnBefore, type);
    }

    public void retype(Retyped change) {
        retyped.put(change.column, change);
    }

    public void rename(TableRenamed rename) {
        newName = Optional.of(rename);
    }
}
