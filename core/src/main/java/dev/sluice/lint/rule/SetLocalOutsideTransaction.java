package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.Node;
import java.util.Set;

/** SET LOCAL where there is no transaction. */
final class SetLocalOutsideTransaction implements Rule {

    @Override
    public String id() {
        return "set-local-outside-transaction";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About(
                "SET LOCAL without a transaction does nothing",
                """
                Outside of a transaction block each statement is a transaction of its own, and SET LOCAL ends with
                it. PostgreSQL says so in a warning that few tools show; a timeout that was meant to protect is not
                there.\
                """,
                "SET, and RESET after the statements it is for; or BEGIN before it.");
    }

    @Override
    public Set<String> types() {
        return Set.of("VariableSetStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        Node node = scene.node();
        if (!node.is("VariableSetStmt") || scene.transactional()) {
            return;
        }
        if (node.flag("is_local")) {
            Words words = Words.of(scene);
            report.found(
                    node,
                    "SET LOCAL of " + node.text("name") + " ends at once: no transaction is open",
                    words.edits()
                            .replace(
                                    scene.statement().start(),
                                    words.end(words.tokens().get(1)),
                                    "SET")
                            .fix());
        } else if (node.text("kind").equals("VAR_SET_MULTI")
                && node.text("name").equals("TRANSACTION")) {
            report.found(node, "SET TRANSACTION ends at once: no transaction is open");
        }
    }
}
