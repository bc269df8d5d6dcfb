package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** ADD EXCLUDE. */
final class AddExclusionConstraint implements Rule {

    @Override
    public String id() {
        return "add-exclusion-constraint";
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
        return new About("an exclusion constraint builds its index", """
                The index is built and every row compared with the others under ACCESS EXCLUSIVE. Neither NOT VALID
                nor USING INDEX is possible here.""", """
                A new table that has the constraint from the start, filled in batches and swapped in; or a quiet hour,
                with a statement_timeout.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.added("CONSTR_EXCLUSION")
                .filter(part -> !part.effect().indexed().isEmpty())
                .forEach(part -> report.found(
                        part.definition(),
                        "the index is built while nothing can read or write "
                                + part.table().name(),
                        part.table().name()));
    }
}
