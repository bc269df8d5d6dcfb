package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** SET NOT NULL on a partitioned table. */
final class SetNotNullPartitioned implements Rule {

    @Override
    public String id() {
        return "set-not-null-partitioned";
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
        return new About("SET NOT NULL on a partitioned table reads all partitions", """
                It locks the table and all its partitions ACCESS EXCLUSIVE, and reads each partition whose own valid
                checks do not show that there is no NULL.""", """
                ADD CONSTRAINT … CHECK (c IS NOT NULL) NOT VALID on the partitioned table, VALIDATE CONSTRAINT on each
                partition and then on the parent, each in its own transaction; then SET NOT NULL.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts("AT_SetNotNull")
                .filter(part ->
                        part.table().isPartitioned() && !part.effect().scanned().isEmpty())
                .forEach(part -> report.found(
                        part.command(),
                        "SET NOT NULL on " + part.column()
                                + " reads all partitions while nothing can read or write them",
                        part.table().name()));
    }
}
