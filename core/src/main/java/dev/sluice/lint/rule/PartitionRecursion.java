package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.plan.LockMode;
import java.util.Set;

/** ALTER TABLE that locks all partitions. */
final class PartitionRecursion implements Rule {

    @Override
    public String id() {
        return "partition-recursion";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About("ALTER TABLE of a partitioned table locks every partition", """
            The statement reaches all partitions, and takes its lock on one after the other. It has to wait for
            the queries of each, and holds those that it has meanwhile.\
            """, """
                Where it can be done piece by piece: ALTER TABLE ONLY t for the partitioned table, and each
                partition in its own transaction; else a short lock_timeout.\
                """);
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts().stream()
                .filter(part -> !part.is("AT_AttachPartition") && !part.is("AT_DetachPartition"))
                .limit(1)
                .forEach(part -> {
                    long members = scene.schema().family(part.table()).stream()
                            .skip(1)
                            .filter(scene::isOld)
                            .filter(t -> scene.effect().lock(t.name()).compareTo(LockMode.SHARE) >= 0)
                            .count();
                    if (members > 0) {
                        report.found(
                                scene.node().get("relation"),
                                "it locks " + part.table().name() + " and " + members
                                        + " tables under it, one after the other",
                                part.table().name());
                    }
                });
    }
}
