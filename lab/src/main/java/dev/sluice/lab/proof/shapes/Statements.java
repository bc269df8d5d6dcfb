package dev.sluice.lab.proof.shapes;

import dev.sluice.sql.QualifiedName;
import java.util.Optional;
import java.util.Set;

/** Statements of one application version, made up for the rows that its reference database has. For one thread. */
interface Statements {

    /** How many to run in one state. */
    int count();

    /** Whether a user wrote them: then one that its own schema does not know is a mistake to be told. */
    default boolean isSupplied() {
        return false;
    }

    /**
     * The next one.
     *
     * @param untouchable tables that it must not concern
     * @return empty when there is none just now
     */
    Optional<VersionStatement> next(Set<QualifiedName> untouchable);
}
