package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** DETACH PARTITION of a table that others refer to. */
final class DetachPartitionIncomingFk implements Rule {

    @Override
    public String id() {
        return "detach-partition-incoming-fk";
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
        return new About("DETACH PARTITION reads the tables that refer to it", """
            A foreign key that points at the partitioned table must not lose the rows it points at. PostgreSQL
            locks each referring table against everyone and looks all its rows up.\
            """, """
                Drop the foreign key first and add it again NOT VALID afterwards; or detach at a time when the wait
                does not matter.\
                """);
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts("AT_DetachPartition")
                .forEach(part -> scene.schema().keysTo(part.table().name()).stream()
                        .map(key -> key.table().name())
                        .distinct()
                        .filter(scene::isOld)
                        .filter(part.effect().scanned()::contains)
                        .forEach(table -> report.found(
                                part.definition().get("name"),
                                "nothing can read or write " + table + ", which refers to "
                                        + part.table().name() + ", until all its rows were looked up",
                                table)));
    }
}
