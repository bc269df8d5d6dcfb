package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** INHERIT and NO INHERIT. */
final class AlterInheritance implements Rule {

    @Override
    public String id() {
        return "alter-inheritance";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About(
                "INHERIT and NO INHERIT lock the inheriting table",
                """
                Both need ACCESS EXCLUSIVE on the inheriting table, for a moment; queries of the parent read its
                rows too, and wait with it. From COMMIT on they see the rows, or do not.\
                """,
                "A transaction of its own with a short lock_timeout, and try again.");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts().stream()
                .filter(part -> part.is("AT_AddInherit") || part.is("AT_DropInherit"))
                .forEach(part -> report.found(
                        scene.node(),
                        "all queries of " + part.table().name() + " wait, and queries of "
                                + scene.schema().name(part.definition()) + " see other rows from then on",
                        part.table().name()));
    }
}
