package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Finding.Fix;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** VALIDATE CONSTRAINT beside other parts of an ALTER TABLE. */
final class ValidateCombinedSubcommands implements Rule {

    @Override
    public String id() {
        return "validate-combined-subcommands";
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
                "VALIDATE CONSTRAINT under the lock of another part",
                """
                An ALTER TABLE takes one lock, the strongest that one of its parts needs. VALIDATE CONSTRAINT beside
                such a part reads all rows while writes, or everything, wait; ADD … NOT VALID beside it gains nothing.""",
                "VALIDATE CONSTRAINT as a statement of its own, in its own transaction.");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts("AT_ValidateConstraint")
                .filter(part -> scene.effect().lock(part.table().name()).compareTo(LockMode.SHARE) >= 0)
                .filter(part -> scene.effect().scanned().contains(part.table().name())
                        || part.table().constraint(part.name()).isEmpty())
                .forEach(part -> report.found(
                        part.command(),
                        "all of " + part.table().name()
                                + " is read under the lock that the rest of the statement takes",
                        fix(scene),
                        part.table().name()));
    }

    /** In a transaction the lock would be there still. */
    private static Optional<Fix> fix(Scene scene) {
        List<Node> commands = scene.node().list("cmds");
        List<Integer> validate = IntStream.range(0, commands.size())
                .filter(i -> commands.get(i).text("subtype").equals("AT_ValidateConstraint"))
                .boxed()
                .toList();
        return scene.transactional() || validate.size() == commands.size()
                ? Optional.empty()
                : AlterText.of(scene.statement())
                        .flatMap(text -> text.moved(validate).fix());
    }
}
