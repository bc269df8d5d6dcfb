package dev.sluice.catalog;

import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Everything in a database that a migration can touch or a comparison must see, at one moment. Immutable.
 *
 * <p>System schemas, Sluice's own schemas, temporary objects and members of extensions are left out.
 *
 * @param serverVersion {@code server_version_num}: 150018 for 15.18
 * @param searchPath the session's effective search path ({@code current_schemas(false)}) before the reader changed it
 * @param functions functions, procedures and aggregates, by name and arguments
 * @param others objects that only a comparison looks at
 */
public record Catalog(
        int serverVersion,
        String database,
        String currentUser,
        List<String> searchPath,
        Map<QualifiedName, Table> tables,
        Map<QualifiedName, View> views,
        Map<QualifiedName, Sequence> sequences,
        Map<QualifiedName, UserType> types,
        List<Routine> functions,
        List<Schema> schemas,
        List<Extension> extensions,
        List<Publication> publications,
        List<ExtendedStatistics> statistics,
        List<EventTrigger> eventTriggers,
        List<DefaultPrivileges> defaultPrivileges,
        List<OtherObject> others,
        Dependencies dependencies) {

    public Catalog {
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(currentUser, "currentUser");
        searchPath = List.copyOf(searchPath);
        tables = sorted(tables);
        views = sorted(views);
        sequences = sorted(sequences);
        types = sorted(types);
        functions = List.copyOf(functions);
        schemas = List.copyOf(schemas);
        extensions = List.copyOf(extensions);
        publications = List.copyOf(publications);
        statistics = List.copyOf(statistics);
        eventTriggers = List.copyOf(eventTriggers);
        defaultPrivileges = List.copyOf(defaultPrivileges);
        others = List.copyOf(others);
        Objects.requireNonNull(dependencies, "dependencies");
    }

    /** A database with nothing but these tables, search path {@code public}. For tests. */
    public static Catalog ofTables(int serverVersion, Collection<Table> tables) {
        return new Catalog(
                serverVersion,
                "test",
                "postgres",
                List.of("public"),
                byName(tables, Table::name),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Dependencies.NONE);
    }

    /** 14, 15, …, 18. */
    public int majorVersion() {
        return serverVersion / 10_000;
    }

    public Optional<Table> table(QualifiedName name) {
        return Optional.ofNullable(tables.get(name));
    }

    public Optional<View> view(QualifiedName name) {
        return Optional.ofNullable(views.get(name));
    }

    public Optional<Sequence> sequence(QualifiedName name) {
        return Optional.ofNullable(sequences.get(name));
    }

    public Optional<UserType> type(QualifiedName name) {
        return Optional.ofNullable(types.get(name));
    }

    /** All overloads of this name. */
    public List<Routine> functions(QualifiedName name) {
        return functions.stream().filter(f -> f.name().equals(name)).toList();
    }

    /** The index of this name, of a table or materialized view. */
    public Optional<Index> index(QualifiedName name) {
        return indexes().filter(i -> i.name().equals(name)).findFirst();
    }

    /** The table a statement means: by its schema if it names one, else the first on the search path that has it. */
    public Optional<Table> resolveTable(Optional<String> schema, String name) {
        return resolve(schema, name, tables);
    }

    /** Like {@link #resolveTable} for views and materialized views. */
    public Optional<View> resolveView(Optional<String> schema, String name) {
        return resolve(schema, name, views);
    }

    /** Like {@link #resolveTable} for sequences. */
    public Optional<Sequence> resolveSequence(Optional<String> schema, String name) {
        return resolve(schema, name, sequences);
    }

    /** Like {@link #resolveTable} for types. */
    public Optional<UserType> resolveType(Optional<String> schema, String name) {
        return resolve(schema, name, types);
    }

    /** Like {@link #resolveTable} for indexes. */
    public Optional<Index> resolveIndex(Optional<String> schema, String name) {
        for (String candidate : schema.map(List::of).orElse(searchPath)) {
            Optional<Index> found = index(QualifiedName.of(candidate, name));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Where a statement without a schema creates things: the first schema of the search path, else {@code public}. */
    public String creationSchema() {
        return searchPath.isEmpty() ? "public" : searchPath.get(0);
    }

    /** The indexes of a table or materialized view; none when there is no such thing. */
    public List<Index> indexesOf(QualifiedName relation) {
        return table(relation)
                .map(Table::indexes)
                .or(() -> view(relation).map(View::indexes))
                .orElse(List.of());
    }

    /** A foreign key together with the table that has it. */
    public record IncomingForeignKey(Table table, Constraint constraint) {}

    /** The table and its partitions, at every level, parents first. */
    public List<Table> partitionTree(Table table) {
        List<Table> tree = new ArrayList<>();
        tree.add(table);
        for (QualifiedName child : table.partitioning().children()) {
            tree.addAll(partitionTree(table(child).orElseThrow()));
        }
        return tree;
    }

    /** Whether an index of the table uses the column: as a key, included, in an expression or in its condition. */
    public boolean uses(Table table, Index index, String column) {
        return index.keyColumns().contains(column)
                || index.included().contains(column)
                || dependentsOf(ObjectRef.column(table.name(), column)).stream()
                        .anyMatch(d -> d.dependent().equals(ObjectRef.of(ObjectRef.Kind.INDEX, index.name())));
    }

    /** All foreign keys that point at this table, its own ones included. */
    public List<IncomingForeignKey> foreignKeysTo(QualifiedName target) {
        List<IncomingForeignKey> incoming = new ArrayList<>();
        for (Table table : tables.values()) {
            for (Constraint key : table.constraints()) {
                if (key.foreignKey().filter(fk -> fk.table().equals(target)).isPresent()) {
                    incoming.add(new IncomingForeignKey(table, key));
                }
            }
        }
        return List.copyOf(incoming);
    }

    /** What depends directly on this thing, see {@link Dependencies#dependentsOf}. */
    public List<Dependency> dependentsOf(ObjectRef referenced) {
        return dependencies.dependentsOf(referenced);
    }

    /** The publications that publish this table. */
    public List<Publication> publicationsOf(QualifiedName table) {
        return publications.stream().filter(p -> p.publishes(table)).toList();
    }

    /**
     * A hash of everything a plan may rely on: the whole catalog except object ids, sizes and counters, column order, and what is
     * Sluice's own. Equal catalogs have equal fingerprints in every process and version of Java.
     */
    public String fingerprint() {
        return CatalogFacts.of(this).hash();
    }

    /** The table, its partitions and the tables that inherit from it, at all levels. */
    public List<Table> withDescendants(Table table) {
        List<Table> found = new ArrayList<>(List.of(table));
        for (int i = 0; i < found.size(); i++) {
            Table one = found.get(i);
            Stream.concat(one.partitioning().children().stream(), one.inheritedBy().stream())
                    .flatMap(child -> table(child).stream())
                    .filter(child -> !found.contains(child))
                    .forEach(found::add);
        }
        return List.copyOf(found);
    }

    /** Whether an UPDATE of rows of the table, of a partition or of a table that inherits fires triggers, or is rewritten by rules. */
    public boolean actsOnUpdate(Table table) {
        return withDescendants(table).stream().anyMatch(Table::actsOnUpdate);
    }

    /** The same catalog, in which names without a schema are looked for in these. */
    public Catalog withSearchPath(List<String> schemasInOrder) {
        return with(schemasInOrder, tables);
    }

    /** The same catalog with this table added or replaced. */
    public Catalog withTable(Table table) {
        Map<QualifiedName, Table> changed = new TreeMap<>(tables);
        changed.put(table.name(), table);
        return with(searchPath, changed);
    }

    /** The same catalog without the table of this name; what depends on it stays. */
    public Catalog withoutTable(QualifiedName name) {
        Map<QualifiedName, Table> changed = new TreeMap<>(tables);
        changed.remove(name);
        return with(searchPath, changed);
    }

    private Catalog with(List<String> path, Map<QualifiedName, Table> changed) {
        return new Catalog(
                serverVersion,
                database,
                currentUser,
                path,
                changed,
                views,
                sequences,
                types,
                functions,
                schemas,
                extensions,
                publications,
                statistics,
                eventTriggers,
                defaultPrivileges,
                others,
                dependencies);
    }

    private Stream<Index> indexes() {
        return Stream.concat(
                tables.values().stream().flatMap(t -> t.indexes().stream()),
                views.values().stream().flatMap(v -> v.indexes().stream()));
    }

    private <T> Optional<T> resolve(Optional<String> schema, String name, Map<QualifiedName, T> objects) {
        for (String candidate : schema.map(List::of).orElse(searchPath)) {
            T found = objects.get(QualifiedName.of(candidate, name));
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    private static <T> Map<QualifiedName, T> sorted(Map<QualifiedName, T> objects) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(objects));
    }

    private static <T> SortedMap<QualifiedName, T> byName(Collection<T> objects, Function<T, QualifiedName> name) {
        SortedMap<QualifiedName, T> byName = new TreeMap<>();
        objects.forEach(object -> byName.put(name.apply(object), object));
        return byName;
    }
}
