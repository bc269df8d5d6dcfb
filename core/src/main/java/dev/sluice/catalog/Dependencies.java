package dev.sluice.catalog;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** All dependencies of a catalog, looked up from either end in constant time. Immutable. */
public final class Dependencies {

    public static final Dependencies NONE = new Dependencies(List.of());

    private final List<Dependency> all;
    private final Map<ObjectRef, List<Dependency>> byReferenced;
    private final Map<ObjectRef, List<Dependency>> byDependent;

    private Dependencies(List<Dependency> all) {
        this.all = List.copyOf(all);
        this.byReferenced = this.all.stream().collect(Collectors.groupingBy(Dependency::referenced));
        this.byDependent = this.all.stream().collect(Collectors.groupingBy(Dependency::dependent));
    }

    public static Dependencies of(List<Dependency> all) {
        return new Dependencies(all);
    }

    public List<Dependency> all() {
        return all;
    }

    /** What uses this thing directly. For a table: what uses the table as a whole, not its columns. */
    public List<Dependency> dependentsOf(ObjectRef referenced) {
        return List.copyOf(byReferenced.getOrDefault(referenced, List.of()));
    }

    /** What this thing uses directly. */
    public List<Dependency> referencesOf(ObjectRef dependent) {
        return List.copyOf(byDependent.getOrDefault(dependent, List.of()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Dependencies that && Set.copyOf(all).equals(Set.copyOf(that.all));
    }

    @Override
    public int hashCode() {
        return Set.copyOf(all).hashCode();
    }

    @Override
    public String toString() {
        return all.toString();
    }
}
