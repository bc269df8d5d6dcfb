package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** ADD UNIQUE without USING INDEX. */
final class AddUniqueConstraint implements Rule {

    @Override
    public String id() {
        return "add-unique-constraint";
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
        return new About("a unique constraint that builds its index", """
                The index behind the constraint is built under ACCESS EXCLUSIVE. A unique constraint cannot be NOT
                VALID.""", """
                CREATE UNIQUE INDEX CONCURRENTLY i ON t (c), outside of a transaction; then ALTER TABLE t ADD
                CONSTRAINT u UNIQUE USING INDEX i, which is quick.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.added("CONSTR_UNIQUE")
                .filter(part -> !part.effect().indexed().isEmpty())
                .forEach(part -> report.found(
                        part.definition(),
                        "the unique index is built while nothing can read or write "
                                + part.table().name(),
                        part.table().name()));
    }
}
