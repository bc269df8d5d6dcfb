package dev.sluice.catalog;

import java.util.Objects;

/**
 * One edge of {@code pg_depend}, in the user's terms: rewrite rules of views are the view, defaults are their column's default.
 *
 * @param dependent what would break or go
 * @param referenced what it uses
 */
public record Dependency(ObjectRef dependent, ObjectRef referenced, Kind kind) {

    /** {@code pg_depend.deptype}. */
    public enum Kind {
        /** DROP is refused without CASCADE. */
        NORMAL,
        /** Goes with the referenced object: an index with its column. */
        AUTO,
        /** Part of the referenced object's implementation. */
        INTERNAL,
        /** Of a partition's object on the parent's. */
        PARTITION
    }

    public Dependency {
        Objects.requireNonNull(dependent, "dependent");
        Objects.requireNonNull(referenced, "referenced");
        Objects.requireNonNull(kind, "kind");
    }
}
