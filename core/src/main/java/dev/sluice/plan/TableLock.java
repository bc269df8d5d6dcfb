package dev.sluice.plan;

import static java.util.Objects.requireNonNull;

import dev.sluice.sql.QualifiedName;

/** The strongest lock that a step takes on a table that exists before it. */
public record TableLock(QualifiedName table, LockMode mode) {

    public TableLock {
        requireNonNull(table);
        requireNonNull(mode);
    }
}
