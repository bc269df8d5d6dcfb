package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** ALTER COLUMN … SET EXPRESSION of a stored generated column (PostgreSQL 17). */
final class SetGeneratedExpression implements Rule {

    @Override
    public String id() {
        return "set-generated-expression";
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
        return new About("another expression for a stored generated column", """
                PostgreSQL computes the column anew for each row: the whole table is written anew with all its
                indexes, under ACCESS EXCLUSIVE. Versions before 17 do not have the statement.""", """
                A second column with the new expression, kept by a trigger and filled in batches, then a swap of the
                names.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts("AT_SetExpression").forEach(part -> {
            boolean unknown =
                    part.table().column(part.name()).isEmpty() && !part.table().columnsAreKnown();
            if (scene.version() < 17) {
                report.found(
                        part.command(),
                        "PostgreSQL " + scene.version() + " cannot change the expression of " + part.column(),
                        part.table().name());
            } else if (!part.effect().rewritten().isEmpty()) {
                report.found(
                        part.command(),
                        "computing " + part.column() + " anew rewrites the table while nothing can read or write it",
                        part.table().name());
            } else if (unknown) {
                report.found(
                        Severity.WARNING,
                        part.command(),
                        "if " + part.column() + " is stored, the table is rewritten while nothing can read or write it",
                        part.table().name());
            }
        });
    }
}
