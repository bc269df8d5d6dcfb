package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.QualifiedName;
import java.util.Set;

/** DROP TABLE of a partition. */
final class DropPartition implements Rule {

    @Override
    public String id() {
        return "drop-partition";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public About about() {
        return new About("dropping a partition locks the partitioned table", """
            The rows are gone for good, and the statement needs ACCESS EXCLUSIVE on the partitioned table and
            its default partition: all queries wait until it has them and COMMIT.\
            """, """
                ALTER TABLE t DETACH PARTITION p CONCURRENTLY; look whether someone misses it; DROP TABLE p.\
                """);
    }

    @Override
    public Set<String> types() {
        return Set.of("DropStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        for (QualifiedName name : Surroundings.droppedInUse(scene, "OBJECT_TABLE")) {
            scene.schema()
                    .table(name)
                    .filter(table -> table.bound().isPresent())
                    .ifPresent(table -> report.found(
                            scene.node(),
                            "the rows of " + name + " are gone, and all queries of "
                                    + table.parents().get(0) + " wait meanwhile",
                            table.parents().get(0),
                            name));
        }
    }
}
