package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** ADD COLUMN … PRIMARY KEY. */
final class AddColumnInlinePrimaryKey implements Rule {

    @Override
    public String id() {
        return "add-column-inline-primary-key";
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
        return new About("a primary key in the definition of a new column", """
                Every row needs another value, which takes a rewrite of the table, and the index is built, all under
                ACCESS EXCLUSIVE. Without such a value the statement fails if there are rows.""", """
                ADD COLUMN; fill it in batches; CREATE UNIQUE INDEX CONCURRENTLY; SET NOT NULL with the help of a
                validated check; ADD PRIMARY KEY USING INDEX.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.inline("CONSTR_PRIMARY")
                .filter(added -> !added.getKey().effect().indexed().isEmpty())
                .forEach(added -> report.found(
                        added.getValue(),
                        "the primary key " + added.getKey().column()
                                + " is built while nothing can read or write the table",
                        added.getKey().table().name()));
    }
}
