package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.Node;
import java.util.Set;

/** Functions and extensions that running code may call. */
final class FunctionUntrackable implements Rule {

    private static final Set<String> KINDS =
            Set.of("OBJECT_FUNCTION", "OBJECT_PROCEDURE", "OBJECT_ROUTINE", "OBJECT_AGGREGATE", "OBJECT_EXTENSION");

    @Override
    public String id() {
        return "function-untrackable";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About(
                "a function or an extension that running code may use goes",
                """
                Calls stand in the application, in other functions and in triggers, where PostgreSQL does not look.
                They fail from COMMIT on, or do something else.\
                """,
                "A new function under a new name; drop the old one when nothing calls it any more.");
    }

    @Override
    public Set<String> types() {
        return Set.of("DropStmt", "CreateFunctionStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        Node node = scene.node();
        boolean drops = scene.is("DropStmt") && KINDS.contains(node.text("removeType"));
        if (drops) {
            String name = String.join(
                    ".", Surroundings.dropped(node, node.text("removeType")).get(0));
            boolean again = Surroundings.restOfTransaction(scene)
                    .filter(later -> later.is("CreateFunctionStmt"))
                    .anyMatch(
                            later -> String.join(".", later.strings("funcname")).equals(name));
            if (!madeHere(scene, name)) {
                report.found(
                        again ? Severity.INFO : Severity.WARNING,
                        node,
                        "code that uses " + name + " fails unless it fits what comes");
            }
        } else if (scene.is("CreateFunctionStmt") && node.flag("replace")) {
            String name = String.join(".", node.strings("funcname"));
            if (scene.schema().function(node.strings("funcname")).isPresent() && !madeHere(scene, name)) {
                report.found(Severity.INFO, node, "code that calls " + name + " gets the new one at COMMIT");
            }
        }
    }

    private static boolean madeHere(Scene scene, String name) {
        return Surroundings.earlier(scene, "CreateFunctionStmt")
                .anyMatch(node -> String.join(".", node.strings("funcname")).equals(name));
    }
}
