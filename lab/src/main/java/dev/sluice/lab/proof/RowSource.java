package dev.sluice.lab.proof;

import dev.sluice.catalog.Catalog;
import dev.sluice.db.Session;
import dev.sluice.sql.QualifiedName;
import java.util.Set;

/** Where the rows that migrations are proven on come from. */
public interface RowSource {

    /**
     * Fills tables that have no rows.
     *
     * @param catalog of the session's database
     * @param tables those to fill: all of them are empty
     */
    void fill(Session session, Catalog catalog, Set<QualifiedName> tables);
}
