package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** ADD COLUMN of a virtual generated column with a check or NOT NULL. */
final class AddColumnVirtualChecked implements Rule {

    @Override
    public String id() {
        return "add-column-virtual-checked";
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
        return new About("a virtual column with a constraint", """
                A virtual column stores nothing, and adding it is quick. With CHECK or NOT NULL, PostgreSQL computes
                it for each row to see that the rows keep the constraint, under ACCESS EXCLUSIVE.""", """
                Add the column alone; then ADD CONSTRAINT … CHECK (…) NOT VALID, and VALIDATE CONSTRAINT in its own
                transaction.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.newColumns()
                .filter(part -> part.effect().rewritten().isEmpty()
                        && !part.effect().scanned().isEmpty())
                .filter(part -> part.inline("CONSTR_GENERATED").isPresent())
                .forEach(part -> report.found(
                        part.definition(),
                        "checking " + part.column() + " reads the whole table while nothing can read or write it",
                        part.table().name()));
    }
}
