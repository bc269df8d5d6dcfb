package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Edits;
import dev.sluice.lint.Finding.Fix;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.lint.schema.KnownTable;
import dev.sluice.sql.Node;
import java.util.Optional;
import java.util.Set;

/** DETACH PARTITION without CONCURRENTLY. */
final class DetachPartition implements Rule {

    @Override
    public String id() {
        return "detach-partition";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About(
                "DETACH PARTITION locks the partitioned table",
                """
                It needs ACCESS EXCLUSIVE on the partitioned table and on the partition: it waits for all their
                queries, and all that come later wait behind it. CONCURRENTLY needs neither, but does not work while
                there is a default partition.\
                """,
                "ALTER TABLE t DETACH PARTITION p CONCURRENTLY; outside of a transaction.");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts("AT_DetachPartition").forEach(part -> {
            Node partition = part.definition().get("name");
            if (scene.effect().failure().isPresent()) {
                report.found(
                        Severity.ERROR,
                        partition,
                        "the statement fails: " + scene.effect().failure().get());
            } else if (!part.definition().flag("concurrent")
                    && scene.schema().keysTo(part.table().name()).isEmpty()) {
                String message = "all queries of " + part.table().name() + " wait until the partition is detached";
                boolean noDefault = scene.schema().childrenOf(part.table().name()).stream()
                        .noneMatch(child -> child.bound()
                                .filter(KnownTable.PartitionBound::isDefault)
                                .isPresent());
                Optional<Fix> fix = scene.standsAlone() && noDefault
                        ? new Edits(scene.statement().source())
                                .put(scene.statement().end(), " CONCURRENTLY")
                                .fix()
                        : Optional.empty();
                report.found(partition, message, fix, part.table().name());
            }
        });
    }
}
