package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.Node;
import java.util.List;

/** A timeout that ends CONCURRENTLY while it waits for others. */
final class ConcurrentIndexWaits implements Rule {

    @Override
    public String id() {
        return "concurrent-index-waits";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About("a timeout can end CONCURRENTLY midway", """
            CONCURRENTLY waits for every transaction that writes to the table, and for every older snapshot in
            the database, at least twice. A lock_timeout or statement_timeout that is good for other DDL ends it
            there, and leaves an invalid index or a partition half detached.\
            """, """
                SET statement_timeout = 0; SET lock_timeout = 0; before it. Its own lock stops neither reads nor
                writes, so waiting is cheap. Look for long transactions first.\
                """);
    }

    @Override
    public void check(Scene scene, Report report) {
        if (scene.effect().transactional() || !isConcurrent(scene.node())) {
            return;
        }
        for (String setting : List.of("statement_timeout", "lock_timeout")) {
            long limit = Settings.milliseconds(scene, setting);
            if (limit > 0) {
                report.found(
                        scene.node(), setting + " of " + limit + " ms can end this midway and leave a broken index");
                return;
            }
        }
    }

    private static boolean isConcurrent(Node node) {
        return node.flag("concurrent")
                || node.is("ReindexStmt")
                        && node.list("params").stream()
                                .anyMatch(option -> option.text("defname").equals("concurrently"));
    }
}
