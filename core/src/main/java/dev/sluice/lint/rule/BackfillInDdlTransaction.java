package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Set;

/** Many rows changed by a transaction that holds a table locked. */
final class BackfillInDdlTransaction implements Rule {

    @Override
    public String id() {
        return "backfill-in-ddl-transaction";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public About about() {
        return new About("rows are changed while a table is locked", """
            The transaction holds ACCESS EXCLUSIVE from an earlier ALTER TABLE. Until the last row is written
            and COMMIT is through, nothing reads or writes that table.\
            """, """
                Commit the ALTER TABLE first. Then change the rows in batches of some thousand by key, each in its
                own transaction.\
                """);
    }

    @Override
    public Set<String> types() {
        return Set.of("UpdateStmt", "DeleteStmt", "InsertStmt", "MergeStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (!DataChanges.isLarge(scene)) {
            return;
        }
        List<QualifiedName> held = Locks.heldBefore(scene, LockMode.ACCESS_EXCLUSIVE);
        if (!held.isEmpty()) {
            report.found(
                    scene.node().get("relation"),
                    "nothing can read " + held.get(0) + ", locked by a statement above, until all rows are changed",
                    held.get(0));
        }
    }
}
