package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.Set;

/** LOCK TABLE. */
final class ExplicitLockTable implements Rule {

    @Override
    public String id() {
        return "explicit-lock-table";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About("LOCK TABLE", """
            Without a mode it is ACCESS EXCLUSIVE. It waits for every transaction that uses the table, those
            that come later wait behind it, and it is held to the end of the transaction.\
            """, """
                The weakest mode that does, with NOWAIT or a short lock_timeout, right before the statements that
                need it.\
                """);
    }

    @Override
    public Set<String> types() {
        return Set.of("LockStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (!scene.is("LockStmt") || scene.node().flag("nowait")) {
            return;
        }
        for (Node relation : scene.node().list("relations")) {
            QualifiedName name = scene.schema().name(relation);
            LockMode mode = scene.effect().lock(name);
            if (scene.isOld(name) && mode.compareTo(LockMode.SHARE) >= 0) {
                report.found(
                        mode == LockMode.ACCESS_EXCLUSIVE ? Severity.ERROR : Severity.WARNING,
                        relation,
                        (mode.conflictsWith(LockMode.ACCESS_SHARE) ? "all queries of " : "writes to ") + name
                                + " wait until the transaction ends",
                        name);
            }
        }
    }
}
