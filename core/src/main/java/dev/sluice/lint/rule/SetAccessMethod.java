package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** SET ACCESS METHOD. */
final class SetAccessMethod implements Rule {

    @Override
    public String id() {
        return "set-access-method";
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
        return new About(
                "SET ACCESS METHOD rewrites the table",
                """
                PostgreSQL copies every row into the other storage and builds all indexes anew under ACCESS
                EXCLUSIVE.\
                """,
                "A new table with USING, filled in batches, and a change of names.");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts("AT_SetAccessMethod")
                .filter(part -> !part.effect().rewritten().isEmpty())
                .forEach(part -> report.found(
                        scene.node(),
                        "nothing can read or write " + part.table().name() + " until it is rewritten",
                        part.table().name()));
    }
}
