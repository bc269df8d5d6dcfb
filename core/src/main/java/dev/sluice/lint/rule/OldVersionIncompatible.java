package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.List;
import java.util.Set;

/** What the code that runs now may break. */
final class OldVersionIncompatible implements Rule {

    @Override
    public String id() {
        return "old-version-incompatible";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public About about() {
        return new About(
                "the running code has to satisfy the new constraint",
                """
                A constraint holds for new rows from the moment it is there, NOT VALID or not. Code of the version
                before, which runs until the last instance is replaced, may still write what it forbids, and fails.\
                """,
                "Deploy code that satisfies it first, then add it; or give the column a default that does.");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts().stream()
                .filter(part ->
                        part.is("AT_SetNotNull") && !part.effect().scanned().isEmpty() && !hasDefault(part)
                                || part.is("AT_AddConstraint")
                                        && List.of("CONSTR_CHECK", "CONSTR_NOTNULL", "CONSTR_FOREIGN")
                                                .contains(part.definition().text("contype"))
                                        && !ConstraintColumns.areNew(scene, part))
                .limit(1)
                .forEach(part -> report.found(
                        scene.node(),
                        "code that still writes to " + part.table().name() + " what this forbids fails",
                        part.table().name()));
    }

    private static boolean hasDefault(Scene.Part part) {
        return part.table()
                .column(part.name())
                .filter(c -> c.defaultValue().isPresent())
                .isPresent();
    }
}
