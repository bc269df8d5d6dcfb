package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** ADD COLUMN … NOT NULL without a value for the rows. */
final class AddColumnNotNullNoDefault implements Rule {

    @Override
    public String id() {
        return "add-column-not-null-no-default";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public About about() {
        return new About("NOT NULL without a default", """
                The rows that are there would have NULL in the new column: the statement fails if there is one. And
                where there is none, the running code, which does not know the column, cannot insert any more.""", """
                ADD COLUMN c … NOT NULL DEFAULT a constant, which is quick; or a nullable column that becomes NOT NULL
                when it is filled.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.newColumns()
                .filter(part -> part.inline("CONSTR_NOTNULL").isPresent())
                .filter(part -> part.effect().failure().isPresent())
                .forEach(part -> report.found(
                        part.definition(),
                        "the statement fails if there are rows, for which " + part.column() + " has no value",
                        part.table().name()));
    }
}
