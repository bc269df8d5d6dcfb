package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.lint.schema.KnownTable;
import java.util.Set;

/** ATTACH PARTITION beside a default partition. */
final class AttachPartitionDefaultScan implements Rule {

    @Override
    public String id() {
        return "attach-partition-default-scan";
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
        return new About("ATTACH PARTITION reads the default partition", """
            Rows that belong to the new partition may lie in the default one. PostgreSQL reads all of it under
            ACCESS EXCLUSIVE, unless a valid CHECK there says that it has none.\
            """, """
                ALTER TABLE d ADD CONSTRAINT c CHECK (NOT (at IS NOT NULL AND at >= … AND at < …)) NOT VALID on the
                default partition; VALIDATE it in another transaction; then ATTACH.\
                """);
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts("AT_AttachPartition")
                .forEach(part -> scene.schema().childrenOf(part.table().name()).stream()
                        .filter(child -> child.bound()
                                .filter(KnownTable.PartitionBound::isDefault)
                                .isPresent())
                        .filter(scene::isOld)
                        .filter(child -> scene.schema().family(child).stream()
                                .anyMatch(member -> part.effect().scanned().contains(member.name())))
                        .forEach(child -> report.found(
                                part.definition().get("name"),
                                "nothing can read or write " + child.name()
                                        + ", the default partition, until all its rows were looked at",
                                child.name())));
    }
}
