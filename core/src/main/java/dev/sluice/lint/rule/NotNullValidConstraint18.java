package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Edits;
import dev.sluice.lint.Finding.Fix;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Scene.Part;
import dev.sluice.lint.Severity;
import dev.sluice.sql.Identifier;
import java.util.Optional;
import java.util.Set;

/** ADD CONSTRAINT … NOT NULL without NOT VALID (PostgreSQL 18). */
final class NotNullValidConstraint18 implements Rule {

    @Override
    public String id() {
        return "not-null-valid-constraint-18";
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
        return new About("a NOT NULL constraint that is checked at once", """
                From PostgreSQL 18 on, NOT NULL can be added as a constraint with a name. Without NOT VALID, every row
                is read under ACCESS EXCLUSIVE, as by SET NOT NULL.""", """
                ADD CONSTRAINT n NOT NULL c NOT VALID; then, in its own transaction, VALIDATE CONSTRAINT n, which lets
                reads and writes go on.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.added("CONSTR_NOTNULL").forEach(part -> {
            String column = part.table().name().name() + "."
                    + part.definition().strings("keys").get(0);
            String message = "NOT NULL on " + column + " reads the whole table while nothing can read or write it";
            if (scene.version() < 18) {
                report.found(
                        part.definition(),
                        "PostgreSQL " + scene.version() + " has NOT NULL on " + column + " by SET NOT NULL only",
                        part.table().name());
            } else if (part.effect().scanned().isEmpty()) {
                return;
            } else {
                report.found(
                        part.definition(),
                        message,
                        fix(scene, part),
                        part.table().name());
            }
        });
    }

    /** In a transaction a later migration has to validate it: here it would be under the same lock. */
    private static Optional<Fix> fix(Scene scene, Part part) {
        String name = part.definition().text("conname");
        if (scene.node().list("cmds").size() > 1 || name.isEmpty()) {
            return Optional.empty();
        }
        Edits edits =
                new Edits(scene.statement().source()).put(scene.statement().end(), " NOT VALID");
        return scene.transactional()
                ? edits.fix()
                : edits.after(
                                scene.statement(),
                                "ALTER TABLE " + Words.sql(scene.node().get("relation")) + " VALIDATE CONSTRAINT "
                                        + Identifier.quote(name))
                        .fix();
    }
}
