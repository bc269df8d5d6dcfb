package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** SET NOT NULL on a column that nothing shows to have no NULL. */
final class SetNotNullScan implements Rule {

    @Override
    public String id() {
        return "set-not-null-scan";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public boolean isAboutWork() {
        return true;
    }

    @Override
    public About about() {
        return new About("SET NOT NULL reads the whole table", """
                PostgreSQL reads every row under ACCESS EXCLUSIVE to see that none is NULL, unless a valid CHECK says so
                already: (c IS NOT NULL), alone or joined by AND.""", """
                ALTER TABLE t ADD CONSTRAINT c_not_null CHECK (c IS NOT NULL) NOT VALID; then, in its own transaction,
                VALIDATE CONSTRAINT; then SET NOT NULL, and drop the check.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts("AT_SetNotNull")
                .filter(part -> !part.effect().scanned().isEmpty())
                .filter(part -> !part.table().isPartitioned())
                .filter(part -> NotNullPromoteWithSet18.waiting(part).isEmpty())
                .forEach(part -> report.found(
                        part.command(),
                        "SET NOT NULL on " + part.column()
                                + " reads the whole table while nothing can read or write it",
                        part.table().name()));
    }
}
