package dev.sluice.lint.schema;

import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A schema as scripts leave it: starts empty, and takes statements one after the other. A table that no script made is not in
 * it, which is not to say that it does not exist. Not thread-safe.
 */
public final class KnownSchema {

    final Map<QualifiedName, KnownTable> tables = new LinkedHashMap<>();
    final KnownIndexes indexes = new KnownIndexes();
    final Map<QualifiedName, KnownType> types = new HashMap<>();
    /** Sequences, with the table that owns each, if one does. */
    final Map<QualifiedName, Optional<QualifiedName>> sequences = new LinkedHashMap<>();

    final Map<QualifiedName, KnownFunction> functions = new HashMap<>();
    final Set<String> settings = new LinkedHashSet<>();
    final Map<String, List<String>> settingValues = new HashMap<>();
    /** What settings were before SET LOCAL changed them for the transaction. */
    final Map<String, Optional<List<String>>> beforeLocal = new HashMap<>();
    /** Labels added to an enum type since the transaction began, which it may not use yet. */
    final Map<String, QualifiedName> newLabels = new HashMap<>();

    /** Types made since the transaction began. */
    final Set<QualifiedName> newTypes = new LinkedHashSet<>();

    /** Whether there ever was a partition or an inheriting table: mostly there is none to be looked for. */
    boolean families;

    List<String> searchPath = List.of("public");
    private final Definitions definitions = new Definitions(this);

    private static final Set<String> CHANGES = Set.of(
            "AlterTableStmt", "IndexStmt", "UpdateStmt", "DeleteStmt", "CreateTrigStmt", "RuleStmt", "InsertStmt");
    private static final Set<String> TABLES = Set.of("", "OBJECT_TABLE");

    /**
     * Another schema of the same things.
     *
     * @param copies gets, for each table, the one that stands for it
     */
    public KnownSchema copy(Map<KnownTable, KnownTable> copies) {
        KnownSchema copy = new KnownSchema();
        tables.forEach((name, table) -> copy.tables.put(name, copies.computeIfAbsent(table, KnownTable::copy)));
        copy.indexes.putAll(indexes);
        copy.types.putAll(types);
        copy.sequences.putAll(sequences);
        copy.functions.putAll(functions);
        copy.settings.addAll(settings);
        copy.settingValues.putAll(settingValues);
        copy.beforeLocal.putAll(beforeLocal);
        copy.newLabels.putAll(newLabels);
        copy.newTypes.addAll(newTypes);
        copy.families = families;
        copy.searchPath = searchPath;
        return copy;
    }

    /** Takes what a statement does to the schema. */
    public void apply(Statement statement) {
        definitions.apply(statement.node());
    }

    /** Says that every table may have rows by now: what was made so far was made in an earlier migration. */
    public void everythingMayHaveRows() {
        tables.values().forEach(table -> table.mayHaveRows = true);
    }

    /** Says that what was done so far is committed. */
    public void committed() {
        newLabels.clear();
        beforeLocal.forEach((name, value) -> definitions.setting(name, value));
        beforeLocal.clear();
        newTypes.clear();
    }

    /** Whether the transaction has added labels to enum types. */
    public boolean hasNewLabels() {
        return !newLabels.isEmpty();
    }

    /** The enum type that this label was added to in the same transaction. */
    public Optional<QualifiedName> typeOfNewLabel(String label) {
        return Optional.ofNullable(newLabels.get(label));
    }

    /** Takes a table that a statement changes and no script made as there, with rows, and nothing known of it. */
    public List<KnownTable> assume(Node statement) {
        if (!CHANGES.contains(statement.type()) || !TABLES.contains(statement.text("objtype"))) {
            return List.of();
        }
        Node relation = statement.get("relation");
        if (relation.text("relname").isEmpty() || table(relation).isPresent()) {
            return List.of();
        }
        KnownTable table = new KnownTable(made(relation), KnownTable.Kind.TABLE, false);
        table.columnsKnown = false;
        table.mayHaveRows = true;
        tables.put(table.name, table);
        return List.of(table);
    }

    /** Whether a type was made in the same transaction. */
    public boolean isNew(QualifiedName type) {
        return newTypes.contains(type);
    }

    /** Where a name without a schema is made. */
    public QualifiedName made(Node relation) {
        String schema = relation.text("schemaname");
        return QualifiedName.of(schema.isEmpty() ? searchPath.get(0) : schema, relation.text("relname"));
    }

    /** The table, view or materialized view that a name means; empty when no script made it. */
    public Optional<KnownTable> table(Node relation) {
        return resolve(relation.text("schemaname"), relation.text("relname"), tables)
                .map(tables::get);
    }

    public Optional<KnownTable> table(QualifiedName name) {
        return Optional.ofNullable(tables.get(name));
    }

    /** The name that a relation has, known or not. */
    public QualifiedName name(Node relation) {
        return resolve(relation.text("schemaname"), relation.text("relname"), tables)
                .orElseGet(() -> made(relation));
    }

    /** The index that a name means. */
    public Optional<KnownIndex> index(Node relation) {
        return resolve(relation.text("schemaname"), relation.text("relname"), indexes)
                .map(indexes::get);
    }

    public Optional<KnownIndex> index(QualifiedName name) {
        return Optional.ofNullable(indexes.get(name));
    }

    public List<KnownIndex> indexesOf(QualifiedName table) {
        return indexes.of(table);
    }

    /** The parts of a partitioned index. */
    public List<KnownIndex> partsOf(KnownIndex index) {
        return indexes.values().stream()
                .filter(i -> i.parent().equals(Optional.of(index.name())))
                .toList();
    }

    public Optional<QualifiedName> sequence(Node relation) {
        return resolve(relation.text("schemaname"), relation.text("relname"), sequences);
    }

    /** The table that owns a sequence. */
    public Optional<QualifiedName> ownerOf(QualifiedName sequence) {
        return Objects.requireNonNull(sequences.getOrDefault(sequence, Optional.empty()));
    }

    public Optional<KnownType> type(ColumnType type) {
        return resolve(type.schema(), type.name(), types).map(types::get);
    }

    public Optional<QualifiedName> typeName(ColumnType type) {
        return resolve(type.schema(), type.name(), types);
    }

    /** The function of a call; of overloads, the last that was made. */
    public Optional<KnownFunction> function(List<String> name) {
        return resolve(name.size() > 1 ? name.get(name.size() - 2) : "", name.get(name.size() - 1), functions)
                .map(functions::get);
    }

    public Collection<KnownTable> tables() {
        return List.copyOf(tables.values());
    }

    /** What SET has set a setting to. */
    public Optional<String> setting(String setting) {
        return Optional.ofNullable(settingValues.get(setting)).map(values -> String.join(", ", values));
    }

    /** Partitions and inheriting tables, not theirs. */
    public List<KnownTable> childrenOf(QualifiedName parent) {
        if (!families) {
            return List.of();
        }
        List<KnownTable> children = new ArrayList<>();
        for (KnownTable table : tables.values()) {
            if (!table.parents.isEmpty() && table.parents.contains(parent)) {
                children.add(table);
            }
        }
        return children;
    }

    void inherit(KnownTable child, KnownTable parent) {
        families = true;
        child.parents.add(parent.name);
    }

    /** A table, its partitions or inheriting tables, and theirs. */
    public List<KnownTable> family(KnownTable table) {
        List<KnownTable> family = new ArrayList<>(List.of(table));
        for (int i = 0; i < family.size(); i++) {
            childrenOf(family.get(i).name).stream()
                    .filter(child -> !family.contains(child))
                    .forEach(family::add);
        }
        return family;
    }

    /** Foreign keys that point at a table, with the tables that have them. */
    public List<IncomingKey> keysTo(QualifiedName table) {
        List<IncomingKey> keys = new ArrayList<>();
        for (KnownTable from : tables.values()) {
            for (KnownConstraint key : from.constraints.values()) {
                if (key.isForeignKey() && key.referenced().filter(table::equals).isPresent()) {
                    keys.add(new IncomingKey(from, key));
                }
            }
        }
        return keys;
    }

    /** A foreign key of another table. */
    public record IncomingKey(KnownTable table, KnownConstraint key) {}

    /** Views that read a relation, directly. */
    public List<KnownTable> readersOf(QualifiedName relation) {
        return tables.values().stream().filter(t -> t.reads.contains(relation)).toList();
    }

    /** Tables with a column of a type that a script made. */
    public List<KnownTable> tablesWith(QualifiedName type) {
        return tables.values().stream()
                .filter(t -> t.columns.values().stream()
                        .anyMatch(c -> typeName(c.type()).equals(Optional.of(type))))
                .toList();
    }

    <T> Optional<QualifiedName> resolve(String schema, String name, Map<QualifiedName, T> things) {
        return (schema.isEmpty() ? searchPath.stream() : Stream.of(schema))
                .map(s -> QualifiedName.of(s, name))
                .filter(things::containsKey)
                .findFirst();
    }
}
