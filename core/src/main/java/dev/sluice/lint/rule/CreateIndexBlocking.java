package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Finding.Fix;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.Node;
import java.util.Optional;
import java.util.Set;

/** CREATE INDEX without CONCURRENTLY on a table in use. */
final class CreateIndexBlocking implements Rule {

    @Override
    public String id() {
        return "create-index-blocking";
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
                "CREATE INDEX blocks writes while it builds",
                """
                It holds SHARE on the table from its start to COMMIT: reads go on, every INSERT, UPDATE and DELETE
                waits.""",
                "CREATE INDEX CONCURRENTLY, outside of a transaction.");
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
        scene.oldTable().filter(table -> !table.isPartitioned()).ifPresent(table -> {
            String message = "writes to " + table.name() + " wait until the index is built";
            Optional<Fix> fix = scene.standsAlone() ? Words.of(scene).concurrently("INDEX") : Optional.empty();
            report.found(node.get("relation"), message, fix, table.name());
        });
    }
}
