package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** ADD PRIMARY KEY without USING INDEX. */
final class AddPrimaryKey implements Rule {

    @Override
    public String id() {
        return "add-primary-key";
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
        return new About("a primary key that builds its index", """
                The index is built under ACCESS EXCLUSIVE, and before that each row read again if a column of the key
                can be NULL.""", """
                CREATE UNIQUE INDEX CONCURRENTLY i ON t (c), outside of a transaction; SET NOT NULL with the help of a
                validated check; then ALTER TABLE t ADD CONSTRAINT k PRIMARY KEY USING INDEX i.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.added("CONSTR_PRIMARY")
                .filter(part -> !part.effect().indexed().isEmpty())
                .forEach(part -> report.found(
                        part.definition(),
                        "the index of the primary key is built while nothing can read or write "
                                + part.table().name(),
                        part.table().name()));
    }
}
