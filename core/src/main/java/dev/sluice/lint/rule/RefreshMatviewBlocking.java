package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Finding.Fix;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.Optional;
import java.util.Set;

/** REFRESH MATERIALIZED VIEW without CONCURRENTLY. */
final class RefreshMatviewBlocking implements Rule {

    @Override
    public String id() {
        return "refresh-matview-blocking";
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
                "REFRESH stops readers of the view",
                """
                It runs the view's query and builds its indexes under ACCESS EXCLUSIVE on the view. CONCURRENTLY
                lets readers go on; it needs a unique index on columns, over all rows.\
                """,
                "CREATE UNIQUE INDEX on the view once; then REFRESH MATERIALIZED VIEW CONCURRENTLY v.");
    }

    @Override
    public Set<String> types() {
        return Set.of("RefreshMatViewStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        Node node = scene.node();
        if (!scene.is("RefreshMatViewStmt") || node.flag("concurrent")) {
            return;
        }
        QualifiedName view = scene.schema().name(node.get("relation"));
        if (!scene.isOld(view)) {
            return;
        }
        String message = "nothing can read " + view + " until its query has run";
        boolean unique = scene.schema().indexesOf(view).stream()
                .anyMatch(
                        i -> i.unique() && !i.hasExpressions() && i.predicate().isEmpty());
        Optional<Fix> fix = unique && !node.flag("skipData") ? Words.of(scene).concurrently("VIEW") : Optional.empty();
        report.found(node.get("relation"), message, fix, view);
    }
}
