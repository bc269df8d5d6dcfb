package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.QualifiedName;
import java.util.List;

/** A transaction that locks one table after the other. */
final class MultiTableLockOrder implements Rule {

    @Override
    public String id() {
        return "multi-table-lock-order";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About("a transaction that locks several tables", """
            It holds the first table while it waits for the second. A transaction of the application that uses
            them in the other order waits for the first: a deadlock, and PostgreSQL ends one of the two. Without
            one, queries of both tables wait for the slower.\
            """, """
                One table per migration; or lock them all at the start, in the order in which the application uses
                them, with a short lock_timeout.\
                """);
    }

    @Override
    public void check(Scene scene, Report report) {
        List<QualifiedName> locked = scene.locked(LockMode.SHARE_ROW_EXCLUSIVE);
        if (locked.isEmpty()) {
            return;
        }
        List<QualifiedName> held = Locks.heldBefore(scene, LockMode.SHARE_ROW_EXCLUSIVE);
        List<QualifiedName> more =
                locked.stream().filter(table -> !held.contains(table)).toList();
        if (held.size() == 1 && !more.isEmpty()) {
            report.found(
                    scene.node(),
                    "it waits for " + more.get(0) + " while a statement above holds " + held.get(0),
                    more.get(0));
        }
    }
}
