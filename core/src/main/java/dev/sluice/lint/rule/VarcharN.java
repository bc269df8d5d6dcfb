package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** varchar(n). */
final class VarcharN implements Rule {

    @Override
    public String id() {
        return "varchar-n";
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
        return new About(
                "a text with a limit in its type",
                """
                varchar(n) stores and sorts no faster than text. A smaller limit later rewrites the table; a larger
                one is quick, but needs ACCESS EXCLUSIVE and fails where a view uses the column.\
                """,
                "text, and a CHECK (length(c) <= n) where there has to be a limit.");
    }

    @Override
    public Set<String> types() {
        return Set.of("CreateStmt", "AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        Columns.defined(scene)
                .filter(column -> Columns.type(column).equals("varchar"))
                .filter(column -> !column.get("typeName").list("typmods").isEmpty())
                .forEach(column -> report.found(
                        column,
                        column.text("colname") + " has its limit in its type",
                        Columns.limitedText(scene, column)));
    }
}
