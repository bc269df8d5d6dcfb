package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** ALTER CONSTRAINT … ENFORCED (PostgreSQL 18). */
final class AlterFkEnforced18 implements Rule {

    @Override
    public String id() {
        return "alter-fk-enforced-18";
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
        return new About("a foreign key that is enforced, and checked, again", """
                PostgreSQL looks up every row in the referenced table, under ACCESS EXCLUSIVE on the one and SHARE ROW
                EXCLUSIVE on the other. Versions before 18 do not have the statement.""", """
                DROP CONSTRAINT and ADD CONSTRAINT … NOT VALID in one transaction; then VALIDATE CONSTRAINT in its
                own.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts("AT_AlterConstraint")
                .filter(part -> part.definition().flag("alterEnforceability")
                        && part.definition().flag("is_enforced"))
                .forEach(part -> {
                    String name = part.definition().text("conname");
                    if (scene.version() < 18) {
                        report.found(
                                part.command(),
                                "PostgreSQL " + scene.version() + " cannot change whether " + name + " is enforced",
                                part.table().name());
                    } else if (!part.effect().scanned().isEmpty()
                            || part.table().constraint(name).isEmpty()) {
                        report.found(
                                part.command(),
                                "every row of " + part.table().name()
                                        + " is looked up while nothing can read or write it",
                                part.table().name());
                    }
                });
    }
}
