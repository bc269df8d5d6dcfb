package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** CREATE UNIQUE INDEX on rows that may not be unique. */
final class AddUniqueIndexDataDependent implements Rule {

    @Override
    public String id() {
        return "add-unique-index-data-dependent";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About("a unique index fails on duplicates", """
            PostgreSQL finds the first duplicate near the end of the build. The statement fails then; built
            CONCURRENTLY, it leaves an invalid index that refuses some new duplicates and costs every write.\
            """, """
                Look first: SELECT c FROM t GROUP BY c HAVING count(*) > 1; and clean up before the migration.\
                """);
    }

    @Override
    public Set<String> types() {
        return Set.of("IndexStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (!scene.is("IndexStmt")
                || !scene.node().flag("unique")
                || scene.effect().indexed().isEmpty()) {
            return;
        }
        scene.oldTable()
                .ifPresent(table -> report.found(
                        scene.node().get("relation"),
                        "the index fails if rows of " + table.name() + " have the same values",
                        table.name()));
    }
}
