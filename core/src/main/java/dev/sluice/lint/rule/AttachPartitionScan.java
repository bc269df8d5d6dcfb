package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.lint.effect.Effects;
import java.util.Set;

/** ATTACH PARTITION of a table whose rows nothing vouches for. */
final class AttachPartitionScan implements Rule {

    @Override
    public String id() {
        return "attach-partition-scan";
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
        return new About("ATTACH PARTITION reads the new partition", """
            PostgreSQL reads every row to see that it lies within the bound, and holds ACCESS EXCLUSIVE on the
            partition meanwhile. A valid CHECK that says as much spares it: for a range the limits, and NOT NULL
            of the column; for a list the values, and NOT NULL. NOT VALID does not count.\
            """, """
                ALTER TABLE p ADD CONSTRAINT c CHECK (at IS NOT NULL AND at >= … AND at < …) NOT VALID; VALIDATE it
                in another transaction; ATTACH; drop the check.\
                """);
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
                        .filter(partition -> scene.schema().family(partition).stream()
                                .anyMatch(member -> part.effect().scanned().contains(member.name())))
                        .filter(partition -> part.definition().get("bound").flag("is_default")
                                ? !scene.schema()
                                        .childrenOf(part.table().name())
                                        .isEmpty()
                                : !Effects.liesWithin(
                                        partition,
                                        part.table(),
                                        part.definition().get("bound")))
                        .ifPresent(partition -> report.found(
                                part.definition().get("name"),
                                "nothing can read or write " + partition.name() + " until all its rows were looked at",
                                partition.name())));
    }
}
