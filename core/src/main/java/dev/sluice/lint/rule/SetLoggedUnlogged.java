package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** SET LOGGED and SET UNLOGGED. */
final class SetLoggedUnlogged implements Rule {

    @Override
    public String id() {
        return "set-logged-unlogged";
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
                "SET LOGGED and UNLOGGED rewrite the table",
                """
                PostgreSQL copies the rows and builds all indexes anew under ACCESS EXCLUSIVE. An unlogged table is
                empty after a crash, and on replicas.\
                """,
                "A new table, filled in batches, and a change of names.");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts().stream()
                .filter(part -> part.is("AT_SetLogged") || part.is("AT_SetUnLogged"))
                .filter(part -> !part.effect().rewritten().isEmpty())
                .forEach(part -> report.found(
                        scene.node(),
                        "nothing can read or write " + part.table().name() + " until it is rewritten",
                        part.table().name()));
    }
}
