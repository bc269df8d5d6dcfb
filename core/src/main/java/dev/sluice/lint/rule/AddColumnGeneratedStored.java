package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** ADD COLUMN … GENERATED ALWAYS AS (…) STORED. */
final class AddColumnGeneratedStored implements Rule {

    @Override
    public String id() {
        return "add-column-generated-stored";
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
        return new About("a stored generated column on a table with rows", """
                The value is computed and stored for each row that is there: PostgreSQL writes the whole table and all
                its indexes anew, under ACCESS EXCLUSIVE.""", """
                From PostgreSQL 18 on, a VIRTUAL column if it is not to be indexed. Otherwise a plain column that a
                trigger keeps, filled in batches; or a view, or an index on the expression.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.newColumns()
                .filter(part -> !part.effect().rewritten().isEmpty())
                .filter(part -> part.inline("CONSTR_GENERATED").isPresent())
                .filter(part -> !AddColumnConstrainedDomain.hasOne(scene, part))
                .forEach(part -> report.found(
                        part.definition(),
                        "computing " + part.column()
                                + " for each row rewrites the table while nothing can read or write it",
                        part.table().name()));
    }
}
