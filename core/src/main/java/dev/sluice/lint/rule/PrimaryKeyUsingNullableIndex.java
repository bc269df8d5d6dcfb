package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Scene.Part;
import dev.sluice.lint.Severity;
import java.util.Set;

/** ADD PRIMARY KEY USING INDEX over columns that can be NULL. */
final class PrimaryKeyUsingNullableIndex implements Rule {

    @Override
    public String id() {
        return "primary-key-using-nullable-index";
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
        return new About("a primary key whose columns are not yet NOT NULL", """
                The index is there, but PostgreSQL has to make its columns NOT NULL, and reads every row for that
                under ACCESS EXCLUSIVE unless a valid check shows that there is no NULL.""", """
                ADD CONSTRAINT … CHECK (c IS NOT NULL) NOT VALID; VALIDATE CONSTRAINT in its own transaction; then the
                primary key; then drop the check.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.added("CONSTR_PRIMARY")
                .filter(part -> part.effect().indexed().isEmpty())
                .filter(part -> !part.effect().scanned().isEmpty() || dropsProof(scene, part))
                .forEach(part -> report.found(
                        part.definition(),
                        "making the key's columns NOT NULL reads all of "
                                + part.table().name() + " while nothing can read or" + " write it",
                        part.table().name()));
    }

    /** In one statement, constraints are dropped first: alone, the part would not read the table. */
    private static boolean dropsProof(Scene scene, Part part) {
        return scene.effect().scanned().contains(part.table().name())
                && scene.parts().stream().allMatch(p -> p.effect().scanned().isEmpty())
                && scene.parts("AT_DropConstraint").findAny().isPresent();
    }
}
