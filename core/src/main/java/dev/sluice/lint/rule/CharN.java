package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** char(n). */
final class CharN implements Rule {

    @Override
    public String id() {
        return "char-n";
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
                "a text that is padded with blanks",
                """
                char(n) fills each value up with blanks, which takes room, and ignores them when it compares, but
                not with LIKE or after a cast. Nothing is faster for it.\
                """,
                "text, and a CHECK (length(c) = n) where the length is fixed.");
    }

    @Override
    public Set<String> types() {
        return Set.of("CreateStmt", "AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        Columns.defined(scene)
                .filter(column -> Columns.type(column).equals("bpchar"))
                .forEach(column -> report.found(
                        column, column.text("colname") + " is padded with blanks", Columns.limitedText(scene, column)));
    }
}
