package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.Node;

/** BEGIN in a transaction, COMMIT without one. */
final class NestedTransaction implements Rule {

    @Override
    public String id() {
        return "nested-transaction";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About("BEGIN and COMMIT that do not belong", """
            PostgreSQL has no transactions within transactions. A second BEGIN does nothing but warn; COMMIT
            ends the transaction that the migration tool began, so that what follows runs without one and what
            was done stays, even if the rest fails.\
            """, """
                Leave BEGIN and COMMIT out, or say that the file runs without the tool's transaction: `--
                sluice:transaction off`.\
                """);
    }

    @Override
    public void check(Scene scene, Report report) {
        Node node = scene.node();
        if (!node.is("TransactionStmt")) {
            return;
        }
        boolean block = Surroundings.isInBlock(scene);
        if (Surroundings.opens(node) && scene.transactional()) {
            report.found(node, "BEGIN does nothing: a transaction is open already");
        } else if (Surroundings.ends(node) && !block && scene.transactional()) {
            report.found(Severity.ERROR, node, "it ends the transaction that the migration tool began");
        } else if (Surroundings.ends(node) && !block) {
            report.found(node, "it does nothing: no transaction is open");
        }
    }
}
