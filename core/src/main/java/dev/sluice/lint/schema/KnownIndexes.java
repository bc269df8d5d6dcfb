package dev.sluice.lint.schema;

import dev.sluice.sql.QualifiedName;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Indexes by their names, in the order in which they were made, and by their tables. Not thread-safe. */
final class KnownIndexes extends AbstractMap<QualifiedName, KnownIndex> {

    private final Map<QualifiedName, KnownIndex> byName = new LinkedHashMap<>();
    private final Map<QualifiedName, Map<QualifiedName, KnownIndex>> byTable = new HashMap<>();

    List<KnownIndex> of(QualifiedName table) {
        return List.copyOf(
                Objects.requireNonNull(byTable.getOrDefault(table, Map.of())).values());
    }

    @Override
    public @Nullable KnownIndex put(QualifiedName name, KnownIndex index) {
        KnownIndex before = byName.put(name, index);
        Optional.ofNullable(before)
                .filter(other -> !other.table().equals(index.table()))
                .ifPresent(other -> forget(other.table(), name));
        byTable.computeIfAbsent(index.table(), table -> new LinkedHashMap<>()).put(name, index);
        return before;
    }

    @Override
    public @Nullable KnownIndex remove(@Nullable Object name) {
        KnownIndex index = byName.remove(name);
        if (index != null) {
            forget(index.table(), name);
        }
        return index;
    }

    private void forget(QualifiedName table, @Nullable Object name) {
        Map<QualifiedName, KnownIndex> indexes = byTable.getOrDefault(table, Map.of());
        if (indexes.containsKey(name)) {
            indexes.remove(name);
        }
    }

    @Override
    public @Nullable KnownIndex get(@Nullable Object name) {
        return byName.get(name);
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return byName.containsKey(name);
    }

    /** Not to be changed: the tables would not hear of it. */
    @Override
    public Set<Map.Entry<QualifiedName, KnownIndex>> entrySet() {
        return Collections.unmodifiableSet(byName.entrySet());
    }
}
