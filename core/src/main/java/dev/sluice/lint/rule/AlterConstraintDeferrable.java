package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** ALTER CONSTRAINT … [NOT] DEFERRABLE. */
final class AlterConstraintDeferrable implements Rule {

    @Override
    public String id() {
        return "alter-constraint-deferrable";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public About about() {
        return new About("a constraint that is checked at another time", """
                It only changes the catalog, under ACCESS EXCLUSIVE for a moment. But running code then learns of
                violations at COMMIT instead of at its statement, or the other way round.""", """
                A short lock_timeout, and another try when it runs out. See to it that code handles errors at COMMIT.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts("AT_AlterConstraint")
                .filter(part -> part.definition().flag("alterDeferrability"))
                .forEach(part -> report.found(
                        part.command(),
                        "running code learns of violations of "
                                + part.definition().text("conname") + " at another time",
                        part.table().name()));
    }
}
