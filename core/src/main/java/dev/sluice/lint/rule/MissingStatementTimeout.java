package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Edits;
import dev.sluice.lint.Finding.Fix;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Work under a strong lock without bound. */
final class MissingStatementTimeout implements Rule {

    private static final Set<String> ROWS = Set.of(
            "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt", "SelectStmt", "CopyStmt", "DoStmt", "CallStmt");

    @Override
    public String id() {
        return "missing-statement-timeout";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public boolean isHabit() {
        return true;
    }

    @Override
    public About about() {
        return new About("long DDL without statement_timeout", """
            The statement reads or writes the whole table while others wait. lock_timeout bounds the wait for
            the lock, not the time it is held. statement_timeout is 0, which is no limit, unless the tool or the
            role sets it.\
            """, """
                SET LOCAL statement_timeout = '30s'; before it, long enough for the table and short enough for its
                users. Not for CONCURRENTLY and VALIDATE CONSTRAINT, which may take their time.\
                """);
    }

    @Override
    public void check(Scene scene, Report report) {
        List<QualifiedName> tables = Locks.worked(scene);
        if (tables.isEmpty()
                || !scene.effect().transactional()
                || Settings.isSet(scene, "statement_timeout")
                || scene.earlier().stream().anyMatch(Locks::works)) {
            return;
        }
        report.found(
                scene.node(),
                "it works on all of " + tables.get(0) + " under its lock as long as it takes",
                fix(scene),
                tables.get(0));
    }

    /** Only where the transaction undoes it all when the time is over, and no change of rows follows that may take longer. */
    private static Optional<Fix> fix(Scene scene) {
        boolean rows = Surroundings.restOfTransaction(scene).anyMatch(node -> ROWS.contains(node.type()));
        return !scene.transactional() || rows
                ? Optional.empty()
                : new Edits(scene.statement().source())
                        .before(scene.statement(), "SET LOCAL statement_timeout = '30s'")
                        .fix();
    }
}
