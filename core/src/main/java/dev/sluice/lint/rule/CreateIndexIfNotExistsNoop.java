package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** IF NOT EXISTS for what is there: nothing to do, and still a lock. */
final class CreateIndexIfNotExistsNoop implements Rule {

    @Override
    public String id() {
        return "create-index-if-not-exists-noop";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public About about() {
        return new About(
                "IF NOT EXISTS locks before it looks",
                """
                PostgreSQL takes the lock of the statement first and looks for the index or column then. CREATE
                INDEX waits for the writers, ADD COLUMN for everyone, to find that there is nothing to do.\
                """,
                "Leave the statement out where the index or the column is known to be there.");
    }

    @Override
    public Set<String> types() {
        return Set.of("IndexStmt", "AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (scene.is("IndexStmt") && scene.node().flag("if_not_exists")) {
            scene.oldTable()
                    .filter(table -> scene.schema()
                            .index(table.name().withName(scene.node().text("idxname")))
                            .isPresent())
                    .ifPresent(table -> report.found(
                            scene.node().get("relation"),
                            "the index " + scene.node().text("idxname") + " of " + table.name()
                                    + " is there already: the statement only waits for a lock",
                            table.name()));
        }
        scene.parts("AT_AddColumn")
                .filter(part -> part.command().flag("missing_ok"))
                .filter(part ->
                        part.table().column(part.definition().text("colname")).isPresent())
                .forEach(part -> report.found(
                        part.definition(),
                        part.column() + " is there already: the statement only waits for ACCESS EXCLUSIVE",
                        part.table().name()));
    }
}
