package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.plan.LockMode;
import java.util.Set;

/** ATTACH PARTITION to a table with a foreign key. */
final class AttachPartitionFk implements Rule {

    @Override
    public String id() {
        return "attach-partition-fk";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public boolean isAboutWork() {
        return true;
    }

    @Override
    public About about() {
        return new About(
                "ATTACH PARTITION locks what the foreign keys point at",
                """
                The partition gets the foreign keys of the partitioned table. Without the same key, valid, its rows
                are looked up and the referenced table is closed to writes until that is done; with it, the
                referenced table is locked against everyone, for a moment.\
                """,
                "Add the key to the partition NOT VALID, VALIDATE it, and ATTACH with a short lock_timeout.");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts("AT_AttachPartition")
                .forEach(part -> part.table().foreignKeys().stream()
                        .flatMap(key -> key.referenced().stream())
                        .distinct()
                        .filter(scene::isOld)
                        .forEach(referenced -> {
                            boolean reads = part.effect().lock(referenced) != LockMode.ACCESS_EXCLUSIVE
                                    && part.effect()
                                            .scanned()
                                            .contains(scene.schema()
                                                    .name(part.definition().get("name")));
                            report.found(
                                    reads ? Severity.ERROR : Severity.WARNING,
                                    part.definition().get("name"),
                                    reads
                                            ? "writes to " + referenced + " wait while the foreign key is checked"
                                            : "it locks " + referenced + ", too, which a foreign key points at",
                                    referenced);
                        }));
    }
}
