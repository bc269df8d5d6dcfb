package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** ADD COLUMN … CHECK. */
final class AddColumnInlineCheck implements Rule {

    @Override
    public String id() {
        return "add-column-inline-check";
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
        return new About("a check in the definition of a new column", """
                PostgreSQL reads every row under ACCESS EXCLUSIVE to see that it keeps the check, although all have
                the same value. There is no NOT VALID in the definition of a column.""", """
                ADD COLUMN without the check; ADD CONSTRAINT … CHECK (…) NOT VALID; then, in its own transaction,
                VALIDATE CONSTRAINT.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.inline("CONSTR_CHECK")
                .filter(added -> added.getKey().inline("CONSTR_GENERATED").isEmpty())
                .filter(added -> added.getKey().effect().rewritten().isEmpty())
                .filter(added -> !added.getKey().effect().scanned().isEmpty())
                .forEach(added -> report.found(
                        added.getValue(),
                        "the check of " + added.getKey().column()
                                + " has the whole table read while nothing can read or write it",
                        added.getKey().table().name()));
    }
}
