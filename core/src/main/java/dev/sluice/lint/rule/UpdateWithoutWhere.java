package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.plan.LockMode;
import java.util.Set;

/** UPDATE or DELETE of all rows. */
final class UpdateWithoutWhere implements Rule {

    @Override
    public String id() {
        return "update-without-where";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About(
                "all rows of a table change in one transaction",
                """
                Each row stays locked against other writers until COMMIT. UPDATE writes a second version of each
                row, which vacuum cannot clear before, and replicas fall behind by as much.\
                """,
                "In batches of some thousand rows by key, each in its own transaction.");
    }

    @Override
    public Set<String> types() {
        return Set.of("UpdateStmt", "DeleteStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (!DataChanges.isWhole(scene.node())
                || !Locks.heldBefore(scene, LockMode.ACCESS_EXCLUSIVE).isEmpty()) {
            return; // backfill-in-ddl-transaction says worse
        }
        scene.oldTable()
                .ifPresent(table -> report.found(
                        scene.node().get("relation"),
                        "every row of " + table.name() + " stays locked against other writers until COMMIT",
                        table.name()));
    }
}
