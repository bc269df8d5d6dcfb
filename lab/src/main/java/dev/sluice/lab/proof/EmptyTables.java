package dev.sluice.lab.proof;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Table;
import dev.sluice.db.Session;
import dev.sluice.postgres.CatalogReader;
import dev.sluice.sql.QualifiedName;
import java.util.Set;
import java.util.TreeSet;

/** The tables of a database that have no rows. */
public final class EmptyTables {

    private EmptyTables() {}

    /**
     * Fills them, and lets the planner of PostgreSQL (and ours) know how many rows there are.
     *
     * @return those that are still empty
     */
    public static Set<QualifiedName> fill(Session session, RowSource rows) {
        Catalog catalog = CatalogReader.read(session);
        Set<QualifiedName> empty = new TreeSet<>();
        for (Table table : catalog.tables().values()) {
            if (table.kind() == Table.Kind.ORDINARY && isEmpty(session, table.name())) {
                empty.add(table.name());
            }
        }
        if (!empty.isEmpty()) {
            rows.fill(session, catalog, empty);
            for (QualifiedName table : empty) {
                session.execute("ANALYZE " + table.quoted());
            }
            empty.removeIf(table -> !isEmpty(session, table));
        }
        return empty;
    }

    private static boolean isEmpty(Session session, QualifiedName table) {
        return session.isTrue("SELECT NOT EXISTS (SELECT FROM ONLY " + table.quoted() + ")");
    }
}
