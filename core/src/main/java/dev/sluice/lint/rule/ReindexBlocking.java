package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** REINDEX without CONCURRENTLY. */
final class ReindexBlocking implements Rule {

    @Override
    public String id() {
        return "reindex-blocking";
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
                "REINDEX stops writes, and reads that use the index",
                """
                It holds SHARE on the table and ACCESS EXCLUSIVE on the index until it is built: writes wait, and so
                does every query whose planning looks at the index, which is every query of the table.\
                """,
                "REINDEX INDEX CONCURRENTLY i (or TABLE, or SCHEMA), outside of a transaction.");
    }

    @Override
    public Set<String> types() {
        return Set.of("ReindexStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (!scene.is("ReindexStmt") || isConcurrent(scene.node())) {
            return;
        }
        List<QualifiedName> tables = scene.locked(LockMode.SHARE);
        if (tables.isEmpty() && !scene.effect().locks().isEmpty()) {
            return;
        }
        String message = tables.isEmpty()
                ? "queries of the table wait until the index is built"
                : "queries of " + tables.get(0) + " wait until the index is built";
        QualifiedName[] about = tables.toArray(QualifiedName[]::new);
        Words words = Words.of(scene);
        boolean plain = words.isOneOf(1, "INDEX", "TABLE") && scene.standsAlone();
        report.found(
                scene.node(),
                message,
                plain ? words.concurrently(words.tokens().get(1).text()) : Optional.empty(),
                about);
    }

    private static boolean isConcurrent(Node node) {
        return node.list("params").stream()
                .anyMatch(option -> option.text("defname").equals("concurrently")
                        && !List.of("false", "off", "0")
                                .contains(option.get("arg").string()));
    }
}
