package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** SET TABLESPACE. */
final class SetTablespace implements Rule {

    @Override
    public String id() {
        return "set-tablespace";
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
        return new About("SET TABLESPACE copies the table", """
            The files are copied under ACCESS EXCLUSIVE: nothing reads or writes the table until all of it is in
            the other place.\
            """, """
                A new table there, filled in batches, and a change of names; pg_repack can do that. An index moves
                by REINDEX (CONCURRENTLY, TABLESPACE s) INDEX i.\
                """);
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt", "AlterTableMoveAllStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts("AT_SetTableSpace")
                .filter(part -> !part.effect().rewritten().isEmpty())
                .forEach(part -> report.found(
                        scene.node(),
                        "nothing can read or write " + part.table().name() + " until it is copied",
                        part.table().name()));
        if (scene.is("AlterTableMoveAllStmt")) {
            report.found(
                    scene.node(),
                    "nothing can read or write the tables of " + scene.node().text("orig_tablespacename")
                            + " until they are copied");
        }
    }
}
