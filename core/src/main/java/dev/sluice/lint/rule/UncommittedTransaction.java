package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Edits;
import dev.sluice.lint.Finding.Fix;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Optional;
import java.util.Set;

/** BEGIN without an end. */
final class UncommittedTransaction implements Rule {

    @Override
    public String id() {
        return "uncommitted-transaction";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public About about() {
        return new About("BEGIN without COMMIT", """
            When the file ends, the tool closes the connection or goes on in the same transaction. In the one
            case all of it is rolled back, though every statement succeeded; in the other its locks stay.\
            """, "COMMIT;" + " at the" + " end.");
    }

    @Override
    public Set<String> types() {
        return Set.of("TransactionStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (Surroundings.opens(scene.node())
                && !Surroundings.isInBlock(scene)
                && scene.after("TransactionStmt").noneMatch(s -> Surroundings.ends(s.node()))) {
            report.found(scene.node(), "no COMMIT follows: the changes may be rolled back", fix(scene));
        }
    }

    private static Optional<Fix> fix(Scene scene) {
        return scene.wrapped() || scene.after().isEmpty()
                ? Optional.empty()
                : new Edits(scene.statement().source())
                        .after(scene.after().get(scene.after().size() - 1), "COMMIT")
                        .fix();
    }
}
