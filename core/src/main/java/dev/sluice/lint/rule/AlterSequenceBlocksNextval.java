package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.QualifiedName;
import java.util.Set;

/** ALTER SEQUENCE. */
final class AlterSequenceBlocksNextval implements Rule {

    @Override
    public String id() {
        return "alter-sequence-blocks-nextval";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About("ALTER SEQUENCE stops nextval", """
            It holds SHARE ROW EXCLUSIVE on the sequence to COMMIT, and waits for every transaction that took a
            number from it: inserts that need a number wait.\
            """, """
                A transaction of its own with a short lock_timeout. To move it only: SELECT setval('s', n), which
                waits for nobody.\
                """);
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterSeqStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (!scene.is("AlterSeqStmt")) {
            return;
        }
        QualifiedName sequence = scene.schema()
                .sequence(scene.node().get("sequence"))
                .orElseGet(() -> scene.schema().made(scene.node().get("sequence")));
        boolean made = Surroundings.earlier(scene, "CreateSeqStmt")
                .anyMatch(node -> scene.schema().made(node.get("sequence")).equals(sequence));
        boolean ofNew =
                scene.schema().ownerOf(sequence).filter(t -> !scene.isOld(t)).isPresent();
        if (!made && !ofNew) {
            report.found(
                    scene.node().get("sequence"), "inserts that need a number of " + sequence + " wait until COMMIT");
        }
    }
}
