package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** ADD FOREIGN KEY … NOT VALID on a partitioned table before PostgreSQL 18. */
final class AddFkNotValidPartitioned implements Rule {

    @Override
    public String id() {
        return "add-fk-not-valid-partitioned";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public About about() {
        return new About(
                "NOT VALID foreign keys of partitioned tables need PostgreSQL 18",
                "Before version 18, PostgreSQL refuses to add a foreign key to a partitioned table as NOT VALID.",
                """
                Add the key NOT VALID to each partition, and validate each. Adding it to the partitioned table then
                still checks all rows: leave that for PostgreSQL 18, or for a quiet hour.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.added("CONSTR_FOREIGN")
                .forEach(part -> part.effect()
                        .failure()
                        .ifPresent(why -> report.found(
                                part.definition(),
                                "it fails: " + why,
                                part.table().name())));
    }
}
