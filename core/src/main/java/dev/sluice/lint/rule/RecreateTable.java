package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.QualifiedName;
import java.util.Set;

/** DROP TABLE and CREATE TABLE of the same name. */
final class RecreateTable implements Rule {

    @Override
    public String id() {
        return "recreate-table";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public About about() {
        return new About("a table is made anew, without its rows", """
            DROP TABLE takes the rows along, and with them the grants, indexes, triggers and foreign keys of
            others. The new table of that name is empty.\
            """, "ALTER TABLE for what is to be different.");
    }

    @Override
    public Set<String> types() {
        return Set.of("DropStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        for (QualifiedName name : Surroundings.droppedInUse(scene, "OBJECT_TABLE")) {
            boolean partition = scene.schema()
                    .table(name)
                    .filter(t -> t.bound().isPresent())
                    .isPresent();
            if (!partition && Recreation.follows(scene, name)) {
                report.found(
                        scene.schema().table(name).isPresent() ? Severity.ERROR : Severity.WARNING,
                        scene.node(),
                        name + " comes back empty: its rows are gone",
                        name);
            }
        }
    }
}
