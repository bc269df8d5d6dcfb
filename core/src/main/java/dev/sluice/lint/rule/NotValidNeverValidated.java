package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Scene.Part;
import dev.sluice.lint.Severity;
import dev.sluice.lint.schema.KnownConstraint;
import dev.sluice.sql.Node;
import java.util.Set;

/** NOT VALID whose second half is missing: known once all scripts are read. */
final class NotValidNeverValidated implements Rule {

    @Override
    public String id() {
        return "not-valid-never-validated";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About("NOT VALID that no later migration validates", """
            A constraint that is NOT VALID holds for rows written from then on. Old rows may break it, the planner
            does not use it, SET NOT NULL does not take it as proof, and an UPDATE of an old row that breaks it
            fails. In the last migration nothing is said: the next one may do it.\
            """, """
                ALTER TABLE … VALIDATE CONSTRAINT in a migration of its own: it reads the table while others read and
                write. If some old rows have to stay as they are, accept it and say why.\
                """);
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        // nothing: what follows decides
    }

    @Override
    public boolean staysOpen(Scene scene) {
        return scene.is("AlterTableStmt")
                && scene.node().list("cmds").stream()
                        .anyMatch(command ->
                                command.text("subtype").equals("AT_AddConstraint") && isNotValid(command.get("def")));
    }

    @Override
    public void atEnd(Scene scene, Report report) {
        scene.parts("AT_AddConstraint")
                .filter(part -> isNotValid(part.definition()))
                .filter(part -> isStillNotValid(scene, part))
                .forEach(part -> report.found(
                        part.definition(),
                        "no later migration validates this constraint",
                        part.table().name()));
    }

    private static boolean isNotValid(Node constraint) {
        return constraint.flag("skip_validation") && !constraint.text("conname").isEmpty();
    }

    /** Its table may have another name by now, or be gone; NOT ENFORCED is never valid. */
    private static boolean isStillNotValid(Scene scene, Part part) {
        return scene.schema()
                .table(part.table().name())
                .flatMap(table -> table.constraint(part.definition().text("conname")))
                .filter(KnownConstraint::enforced)
                .filter(constraint -> !constraint.validated())
                .isPresent();
    }
}
