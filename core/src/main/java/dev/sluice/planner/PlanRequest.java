package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Catalog;
import dev.sluice.plan.Plan.MigrationRef;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Script;
import java.util.Optional;
import java.util.Set;

/**
 * What a plan is made from.
 *
 * @param up the script to take through
 * @param down its inverse, which also says how old values are made of new ones
 * @param directives those of the up script
 * @param catalog the target before the migration
 * @param createdInThisRun relations that earlier migrations of the same run created
 */
public record PlanRequest(
        MigrationRef migration,
        Script up,
        Optional<Script> down,
        Directives directives,
        Catalog catalog,
        Set<QualifiedName> createdInThisRun) {

    public PlanRequest {
        requireNonNull(migration);
        requireNonNull(up);
        requireNonNull(down);
        requireNonNull(directives);
        requireNonNull(catalog);
        createdInThisRun = Set.copyOf(createdInThisRun);
    }

    PlanRequest withCatalog(Catalog other) {
        return new PlanRequest(migration, up, down, directives, other, createdInThisRun);
    }
}
