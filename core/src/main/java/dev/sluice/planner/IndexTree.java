package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Index;
import dev.sluice.catalog.Table;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An index of a partitioned table as the catalog has it, with those of its partitions: what makes it again without stopping
 * writers (PostgreSQL documentation, "Table Partitioning", on ALTER INDEX … ATTACH PARTITION).
 */
final class IndexTree {

    private final Catalog catalog;
    private final List<Part> parts = new ArrayList<>();

    /** An index of one table of the tree; {@code parent} is what it is attached to. */
    private record Part(Table table, Index index, Optional<QualifiedName> parent) {
        boolean isLeaf() {
            return table.kind() != Table.Kind.PARTITIONED;
        }
    }

    IndexTree(Catalog catalog, Table top, Index index) {
        this.catalog = requireNonNull(catalog);
        collect(top, index, Optional.empty());
    }

    private void collect(Table table, Index index, Optional<QualifiedName> parent) {
        parts.add(new Part(table, index, parent));
        for (QualifiedName name : table.partitioning().children()) {
            Table child = catalog.table(name).orElseThrow();
            child.indexes().stream()
                    .filter(i -> i.parent().equals(Optional.of(index.name())))
                    .forEach(i -> collect(child, i, Optional.of(index.name())));
        }
    }

    /** What is done with each partition's index. */
    interface Leaf {
        void with(Table table, Index index);
    }

    /** The partitions that are not partitioned themselves; their indexes are built one by one. */
    void leaves(Leaf action) {
        parts.stream().filter(Part::isLeaf).forEach(part -> action.with(part.table, part.index));
    }

    List<QualifiedName> tables() {
        return parts.stream().map(part -> part.table.name()).toList();
    }

    /** When the partitions' indexes are there: those of the parents, which build nothing, and all attached. */
    List<String> joined() {
        List<String> statements = new ArrayList<>();
        for (Part part : parts) {
            Optional<Constraint> key = key(part);
            if (key.isPresent()) {
                statements.add(constraint(part, key.get()));
            } else if (!part.isLeaf()) {
                statements.add(part.index.definition());
            }
        }
        // the lowest first: an index becomes valid with the last of its parts
        for (int i = parts.size() - 1; i >= 0; i--) {
            Part part = parts.get(i);
            part.parent.ifPresent(parent -> statements.add("ALTER INDEX " + parent.quoted() + " ATTACH PARTITION "
                    + part.index.name().quoted()));
        }
        return statements;
    }

    private static Optional<Constraint> key(Part part) {
        return part.index.constraintName().flatMap(part.table::constraint);
    }

    private static String constraint(Part part, Constraint key) {
        String add = part.table.name().quoted() + " ADD CONSTRAINT " + Identifier.quote(key.name()) + " ";
        return part.isLeaf()
                ? "ALTER TABLE " + add + SafeForms.usingIndex(key, part.index)
                : "ALTER TABLE ONLY " + add + key.definition();
    }
}
