package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Finding.Fix;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** SET NOT NULL in the statement that drops the check that proves it. */
final class SetNotNullDropCheckSameStatement implements Rule {

    @Override
    public String id() {
        return "set-not-null-drop-check-same-statement";
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
                "SET NOT NULL beside the DROP CONSTRAINT of its proof",
                """
                Within one ALTER TABLE, constraints are dropped first, wherever they stand. The check that would have
                spared SET NOT NULL the scan is gone, and every row is read under ACCESS EXCLUSIVE.""",
                "Two statements: SET NOT NULL, then DROP CONSTRAINT. They may share a transaction.");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts("AT_SetNotNull")
                .filter(part -> part.effect().scanned().isEmpty()
                        && scene.effect().scanned().contains(part.table().name()))
                .filter(part -> scene.parts("AT_DropConstraint").findAny().isPresent())
                .forEach(part -> report.found(
                        part.command(),
                        "the check that proves " + part.column()
                                + " is dropped first, and the whole table read while nothing can read or write it",
                        fix(scene),
                        part.table().name()));
    }

    private static Optional<Fix> fix(Scene scene) {
        List<String> kinds =
                scene.node().list("cmds").stream().map(c -> c.text("subtype")).toList();
        return Set.of("AT_SetNotNull", "AT_DropConstraint").containsAll(kinds)
                ? AlterText.of(scene.statement())
                        .flatMap(text -> text.moved(IntStream.range(0, kinds.size())
                                        .filter(i -> kinds.get(i).equals("AT_DropConstraint"))
                                        .boxed()
                                        .toList())
                                .fix())
                : Optional.empty();
    }
}
