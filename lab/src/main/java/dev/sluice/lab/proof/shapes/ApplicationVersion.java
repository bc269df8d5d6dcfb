package dev.sluice.lab.proof.shapes;

import dev.sluice.catalog.Catalog;
import dev.sluice.db.Session;
import dev.sluice.sql.QualifiedName;
import java.util.List;

/** An application version: where the statements come from. */
interface ApplicationVersion {

    /**
     * Begins to work with a database.
     *
     * @param reference plainly has this version's schema
     * @param targets tables of that schema that the migration concerns
     */
    Statements on(Session reference, Catalog catalog, List<QualifiedName> targets, long seed);

    /** The same, but no row gets another key. */
    default ApplicationVersion keepingKeys() {
        return this;
    }
}
