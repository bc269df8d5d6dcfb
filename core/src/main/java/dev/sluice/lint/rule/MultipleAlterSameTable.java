package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.lint.effect.Effect;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.QualifiedName;

/** ALTER TABLE that reads or writes all rows once more. */
final class MultipleAlterSameTable implements Rule {

    @Override
    public String id() {
        return "multiple-alter-same-table";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About(
                "two ALTER TABLE that each go through the whole table", """
                    Each ALTER TABLE goes through the rows for itself. Parts of one statement share the way: a table is
                    rewritten once, and new checks are looked at on it.\
                    """, "ALTER TABLE t first part, second part;");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (!scene.is("AlterTableStmt")) {
            return;
        }
        scene.oldTable()
                .filter(table -> goesThrough(scene.effect(), table.name()))
                .filter(table -> scene.earlier().stream()
                        .filter(done -> done.statement().node().is("AlterTableStmt"))
                        .anyMatch(done -> goesThrough(done.effect(), table.name())
                                && done.effect().lock(table.name())
                                        == scene.effect().lock(table.name())))
                .ifPresent(table -> report.found(
                        scene.node(),
                        "all rows of " + table.name() + " are gone through once more, as by a statement above",
                        table.name()));
    }

    private static boolean goesThrough(Effect effect, QualifiedName table) {
        return (effect.scanned().contains(table) || effect.rewritten().contains(table))
                && effect.lock(table).compareTo(LockMode.SHARE) >= 0;
    }
}
