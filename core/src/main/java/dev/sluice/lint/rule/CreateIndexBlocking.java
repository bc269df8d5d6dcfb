package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.Node;

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
    public void check(Scene scene, Report report) {
        Node node = scene.node();
        if (!scene.is("IndexStmt")
                || node.flag("concurrent")
                || scene.effect().indexed().isEmpty()) {
            return;
        }
        scene.oldTable().filter(table -> !table.isPartitioned()).ifPresent(table -> {
            String message = "writes to " + table.name() + " wait until the index is built";
            if (scene.transactional()) { // CONCURRENTLY does not run in one
                report.found(node.get("relation"), message, table.name());
            } else {
                String text = scene.statement().sql().replaceFirst("(?i)\\bINDEX\\b", "INDEX CONCURRENTLY");
                report.fixable(node.get("relation"), message, text, table.name());
            }
        });
    }
}
