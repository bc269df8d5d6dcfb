package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.QualifiedName;
import java.util.Set;

/** VALIDATE CONSTRAINT in a transaction that holds a strong lock. */
final class ValidateWhileLocked implements Rule {

    @Override
    public String id() {
        return "validate-while-locked";
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
        return new About(
                "VALIDATE CONSTRAINT under the lock of an earlier statement",
                """
                By itself it lets reads and writes go on. But locks are kept until COMMIT: after a statement that
                locked the table against writes, or against everything, all rows are read under that lock.""",
                "VALIDATE CONSTRAINT in its own transaction, after the COMMIT of the one that added the constraint.");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts("AT_ValidateConstraint")
                .filter(part -> scene.effect().lock(part.table().name()).compareTo(LockMode.SHARE) < 0)
                .filter(part -> !part.effect().scanned().isEmpty()
                        || part.table().constraint(part.name()).isEmpty())
                .forEach(part -> part.effect().locks().keySet().stream()
                        .filter(scene::isOld)
                        .filter(name -> held(scene, name).compareTo(LockMode.SHARE) >= 0)
                        .findFirst()
                        .ifPresent(name -> report.found(
                                part.command(),
                                "all of " + part.table().name()
                                        + " is read while an earlier statement of the transaction locks " + name,
                                name,
                                part.table().name())));
    }

    private static LockMode held(Scene scene, QualifiedName table) {
        return scene.held().strongest(table);
    }
}
