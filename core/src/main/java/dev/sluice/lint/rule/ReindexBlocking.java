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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** REINDEX without CONCURRENTLY. */
final class ReindexBlocking implements Rule {

    private static final Pattern PLAIN = Pattern.compile("(?i)REINDEX\\s+(INDEX|TABLE)\\b");

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
        Matcher plain = PLAIN.matcher(scene.statement().sql());
        if (plain.lookingAt() && !scene.transactional()) {
            report.fixable(
                    scene.node(),
                    message,
                    plain.group() + " CONCURRENTLY" + scene.statement().sql().substring(plain.end()),
                    about);
        } else {
            report.found(scene.node(), message, about);
        }
    }

    private static boolean isConcurrent(Node node) {
        return node.list("params").stream()
                .anyMatch(option -> option.text("defname").equals("concurrently")
                        && !List.of("false", "off", "0")
                                .contains(option.get("arg").string()));
    }
}
