package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** ALTER COLUMN … TYPE that leaves the rows but not their indexes. */
final class ChangeTypeIndexRebuild implements Rule {

    @Override
    public String id() {
        return "change-type-index-rebuild";
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
        return new About("a type change that builds indexes anew", """
                The rows keep their bytes, but an index's order or its expression depends on the type or the
                collation: PostgreSQL builds it anew under ACCESS EXCLUSIVE.""", """
                DROP INDEX CONCURRENTLY, change the type, CREATE INDEX CONCURRENTLY. Or make a second column with its
                own index, and swap.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts("AT_AlterColumnType")
                .filter(part -> part.effect().rewritten().isEmpty()
                        && !part.effect().indexed().isEmpty())
                .forEach(part -> report.found(
                        part.definition(),
                        "the indexes on " + part.column() + " are built anew while nothing can read or write the table",
                        part.table().name()));
    }
}
