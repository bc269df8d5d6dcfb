package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.QualifiedName;
import java.util.Set;

/** DROP TABLE of a table in use. */
final class DropTable implements Rule {

    @Override
    public String id() {
        return "drop-table";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public About about() {
        return new About("a table is dropped with its rows", """
            The rows are gone with COMMIT. Code of the version before, which runs until the last instance is
            replaced, fails at every query of the table.\
            """, """
                First a version of the code that does not use it. Then ALTER TABLE t RENAME TO t_unused, which can
                be taken back; DROP TABLE some releases later.\
                """);
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
            if (!partition && !Recreation.follows(scene, name)) { // each has a rule of its own
                report.found(scene.node(), "the rows of " + name + " are gone, and code that uses it fails", name);
            }
        }
    }
}
