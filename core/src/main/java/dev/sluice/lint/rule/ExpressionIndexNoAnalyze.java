package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Edits;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.Node;
import java.util.Optional;
import java.util.Set;

/** An index on an expression, of which the planner knows nothing yet. */
final class ExpressionIndexNoAnalyze implements Rule {

    @Override
    public String id() {
        return "expression-index-no-analyze";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public About about() {
        return new About("an expression index without ANALYZE", """
            PostgreSQL gathers statistics of an index's expressions when it analyzes the table, not when it
            builds the index. Until autovacuum comes around, the planner guesses, and may leave the index alone.\
            """, "ANALYZE" + " t; after" + " CREATE" + " INDEX.");
    }

    @Override
    public Set<String> types() {
        return Set.of("IndexStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        Node node = scene.node();
        boolean expression = node.list("indexParams").stream().anyMatch(p -> p.has("expr"));
        if (!scene.is("IndexStmt") || !expression || scene.effect().indexed().isEmpty()) {
            return;
        }
        scene.oldTable()
                .filter(table -> Surroundings.after(scene, "VacuumStmt")
                        .noneMatch(analyze -> analyze.list("rels").isEmpty()
                                || analyze.list("rels").stream()
                                        .anyMatch(r -> scene.schema()
                                                .name(r.get("relation"))
                                                .equals(table.name()))))
                .ifPresent(table -> report.found(
                        node.get("relation"),
                        "the planner knows nothing of the expression until " + table.name() + " is analyzed",
                        scene.transactional() // the lock would last until it has run
                                ? Optional.empty()
                                : new Edits(scene.statement().source())
                                        .after(scene.statement(), "ANALYZE " + Words.sql(node.get("relation")))
                                        .fix(),
                        table.name()));
    }
}
