package dev.sluice.planner;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Table;
import dev.sluice.sql.QualifiedName;
import java.util.Collection;
import java.util.Set;

/**
 * Which tables have anything to protect. A table that this run created, or that is empty and never was written to, has
 * no rows to lose and no application that could notice: it gets the plain statement.
 *
 * @param createdInThisRun relations made by earlier migrations of the same run
 */
public record Protection(Catalog catalog, Set<QualifiedName> createdInThisRun) {

    public Protection {
        createdInThisRun = Set.copyOf(createdInThisRun);
    }

    /** Whether no table of the database has anything to protect: then every script runs as it is written. */
    public boolean nothingToProtect() {
        return catalog.tables().keySet().stream().noneMatch(this::protects);
    }

    /** Whether statements on this table must keep both versions of the application working. */
    public boolean protects(QualifiedName name) {
        return !createdInThisRun.contains(name)
                && catalog.table(name).map(this::holdsData).orElse(false);
    }

    /** Whether this is a view, sequence or index: things whose use cannot be seen from a count of rows. */
    public boolean createdElsewhere(QualifiedName name) {
        if (createdInThisRun.contains(name)) {
            return false;
        }
        return catalog.view(name).isPresent()
                || catalog.sequence(name)
                        .map(s -> s.ownedBy().map(o -> protects(o.name())).orElse(true))
                        .orElse(false)
                || catalog.index(name).map(i -> protects(i.table())).orElse(false);
    }

    private boolean holdsData(Table table) {
        if (table.kind() == Table.Kind.FOREIGN) {
            return true;
        }
        return table.stats().everWritten()
                || table.stats().estimatedRows() > 0
                || any(table.partitioning().children())
                || any(table.inheritedBy());
    }

    private boolean any(Collection<QualifiedName> tables) {
        return tables.stream().anyMatch(this::protects);
    }
}
