package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** ATTACH PARTITION of a table that lacks an index. */
final class AttachPartitionIndexBuild implements Rule {

    @Override
    public String id() {
        return "attach-partition-index-build";
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
                "ATTACH PARTITION builds the missing indexes",
                """
                Each index of the partitioned table needs its like on the partition. What is not there is built by
                ATTACH, while ACCESS EXCLUSIVE keeps everyone off the partition.\
                """,
                "CREATE INDEX CONCURRENTLY the same ones on the partition first; ATTACH takes them over.");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts("AT_AttachPartition")
                .forEach(part -> scene.schema()
                        .table(part.definition().get("name"))
                        .filter(scene::isOld)
                        .filter(partition -> part.effect().indexed().contains(partition.name()))
                        .ifPresent(partition -> report.found(
                                part.definition().get("name"),
                                "nothing can read or write " + partition.name() + " while indexes are built that "
                                        + part.table().name() + " has and it lacks",
                                partition.name())));
    }
}
