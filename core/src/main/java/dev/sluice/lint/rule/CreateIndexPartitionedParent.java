package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.lint.schema.KnownTable;
import dev.sluice.sql.Node;
import java.util.Set;

/** CREATE INDEX on a partitioned table builds on all partitions under one lock. */
final class CreateIndexPartitionedParent implements Rule {

    @Override
    public String id() {
        return "create-index-partitioned-parent";
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
        return new About("CREATE INDEX on a partitioned table builds on each partition", """
            The statement takes SHARE on the partitioned table and on every partition, builds one index after
            the other and lets go of them at COMMIT only. Until then nothing writes to any of them. CONCURRENTLY
            does not work here.\
            """, """
                CREATE INDEX i ON ONLY t (c); for each partition CREATE INDEX CONCURRENTLY i_p ON p (c), then ALTER
                INDEX i ATTACH PARTITION i_p.\
                """);
    }

    @Override
    public Set<String> types() {
        return Set.of("IndexStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        Node node = scene.node();
        if (!scene.is("IndexStmt")
                || node.flag("concurrent")
                || scene.effect().indexed().isEmpty()) {
            return;
        }
        scene.oldTable()
                .filter(KnownTable::isPartitioned)
                .ifPresent(table -> report.found(
                        node.get("relation"),
                        "writes to " + table.name() + " wait until the index is built on each partition",
                        table.name()));
    }
}
