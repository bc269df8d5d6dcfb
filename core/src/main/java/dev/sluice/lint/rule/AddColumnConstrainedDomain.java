package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Scene.Part;
import dev.sluice.lint.Severity;
import dev.sluice.lint.schema.ColumnType;
import dev.sluice.lint.schema.KnownType;
import java.util.Set;

/** ADD COLUMN whose type is a domain with a check or NOT NULL. */
final class AddColumnConstrainedDomain implements Rule {

    @Override
    public String id() {
        return "add-column-constrained-domain";
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
        return new About("a column of a domain with constraints", """
                PostgreSQL has each row go through the checks of the domain, even where the column has no default, and
                does so by writing the whole table and all its indexes anew, under ACCESS EXCLUSIVE.""", """
                A column of the domain's base type, with the domain's condition as a table CHECK … NOT VALID that is
                validated in its own transaction.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.newColumns()
                .filter(part -> !part.effect().rewritten().isEmpty() && hasOne(scene, part))
                .forEach(part -> report.found(
                        part.definition(),
                        "checking the domain of " + part.column()
                                + " rewrites the table while nothing can read or write it",
                        part.table().name()));
    }

    /** Whether the new column's type is such a domain. */
    static boolean hasOne(Scene scene, Part part) {
        return scene.schema()
                .type(ColumnType.of(part.definition().get("typeName")))
                .filter(KnownType::constrained)
                .isPresent();
    }
}
