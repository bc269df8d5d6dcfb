package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.lint.schema.KnownConstraint;
import java.util.Set;

/** ALTER COLUMN … TYPE of a column with a check. */
final class ChangeTypeCheckRecheck implements Rule {

    @Override
    public String id() {
        return "change-type-check-recheck";
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
        return new About("a type change that runs checks again", """
                A valid CHECK on the column is run again for every row, under ACCESS EXCLUSIVE, even where the rows
                keep their bytes. One that is NOT VALID is left alone.""", """
                DROP CONSTRAINT, change the type, ADD CONSTRAINT … NOT VALID in one transaction; then VALIDATE
                CONSTRAINT in its own.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts("AT_AlterColumnType")
                .filter(part -> part.effect().rewritten().isEmpty()
                        && !part.effect().scanned().isEmpty())
                .filter(part -> part.table().constraints().stream()
                        .anyMatch(c -> c.kind() == KnownConstraint.Kind.CHECK
                                && c.validated()
                                && c.columns().contains(part.name())))
                .forEach(part -> report.found(
                        part.definition(),
                        "the checks on " + part.column()
                                + " are run for every row while nothing can read or write the table",
                        part.table().name()));
    }
}
