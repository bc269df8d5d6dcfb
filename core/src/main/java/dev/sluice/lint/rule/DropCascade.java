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

/** CASCADE, which drops what nobody wrote down. */
final class DropCascade implements Rule {

    @Override
    public String id() {
        return "drop-cascade";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About("CASCADE drops more than it says", """
            Views, foreign keys, defaults, columns that depend on the object go too, whatever they are on this
            database; PostgreSQL names them in a notice at most. Each table concerned is locked against
            everyone.\
            """, """
                Leave CASCADE out: PostgreSQL says what depends on the object. Drop that in statements of its own.\
                """);
    }

    @Override
    public void check(Scene scene, Report report) {
        Node node = scene.node();
        boolean schema = node.text("removeType").equals("OBJECT_SCHEMA");
        if (scene.is("DropStmt") && node.text("behavior").equals("DROP_CASCADE") && !schema && isOld(scene)) {
            List<QualifiedName> others = scene.locked(LockMode.ACCESS_EXCLUSIVE).stream()
                    .filter(name -> !named(node).contains(name.name()))
                    .toList();
            report.found(
                    node,
                    others.isEmpty()
                            ? "whatever depends on it goes with it, unseen"
                            : "what depends on it goes with it, unseen: " + others.get(0) + " is concerned",
                    others.toArray(QualifiedName[]::new));
        }
        scene.parts().stream()
                .filter(part -> part.is("AT_DropColumn") || part.is("AT_DropConstraint"))
                .filter(part -> part.command().text("behavior").equals("DROP_CASCADE"))
                .forEach(part -> report.found(
                        node,
                        "whatever depends on " + part.name() + " of "
                                + part.table().name() + " goes with it, unseen",
                        part.table().name()));
    }

    private static List<String> named(Node node) {
        return Surroundings.dropped(node, node.text("removeType")).stream()
                .map(name -> name.get(name.size() - 1))
                .toList();
    }

    /** Things other than tables have no age here. */
    private static boolean isOld(Scene scene) {
        return !scene.node().text("removeType").equals("OBJECT_TABLE")
                || !Surroundings.droppedInUse(scene, "OBJECT_TABLE").isEmpty();
    }
}
