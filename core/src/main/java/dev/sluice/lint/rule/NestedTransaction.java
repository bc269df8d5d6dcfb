package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Edits;
import dev.sluice.lint.Finding.Fix;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.Node;
import dev.sluice.sql.Statement;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
    public Set<String> types() {
        return Set.of("TransactionStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        Node node = scene.node();
        if (!node.is("TransactionStmt")) {
            return;
        }
        boolean block = Surroundings.isInBlock(scene);
        if (Surroundings.opens(node) && scene.transactional()) {
            report.found(node, "BEGIN does nothing: a transaction is open already", beginAndCommit(scene));
        } else if (Surroundings.ends(node) && !block && scene.transactional()) {
            report.found(Severity.ERROR, node, "it ends the transaction that the migration tool began", alone(scene));
        } else if (Surroundings.ends(node) && !block) {
            report.found(node, "it does nothing: no transaction is open", alone(scene));
        }
    }

    private static Optional<Fix> beginAndCommit(Scene scene) {
        if (Surroundings.isInBlock(scene)) {
            return new Edits(scene.statement().source())
                    .delete(scene.statement())
                    .fix();
        }
        Block block = Block.of(scene);
        boolean allThere = Stream.concat(
                        scene.earlier("TransactionStmt").map(Scene.Done::statement), scene.after("TransactionStmt"))
                .map(Statement::start)
                .toList()
                .equals(block.commit().map(Statement::start).stream().toList());
        Edits edits = new Edits(scene.statement().source());
        if (allThere) {
            edits.delete(scene.statement());
            block.commit().ifPresent(edits::delete);
        }
        return edits.fix();
    }

    /** What comes after a COMMIT may need to be without a transaction; ROLLBACK takes back what is above it. */
    private static Optional<Fix> alone(Scene scene) {
        return scene.node().text("kind").equals("TRANS_STMT_COMMIT")
                        && scene.after().isEmpty()
                ? new Edits(scene.statement().source())
                        .delete(scene.statement())
                        .fix()
                : Optional.empty();
    }
}
