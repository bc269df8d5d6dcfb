package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** ADD COLUMN … UNIQUE. */
final class AddColumnInlineUnique implements Rule {

    @Override
    public String id() {
        return "add-column-inline-unique";
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
        return new About("UNIQUE in the definition of a new column", """
                PostgreSQL builds the index behind it under ACCESS EXCLUSIVE, which takes as long as reading the table
                does.""", """
                ADD COLUMN; CREATE UNIQUE INDEX CONCURRENTLY i ON t (c), outside of a transaction; ALTER TABLE t ADD
                CONSTRAINT u UNIQUE USING INDEX i.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.inline("CONSTR_UNIQUE")
                .filter(added -> !added.getKey().effect().indexed().isEmpty())
                .forEach(added -> report.found(
                        added.getValue(),
                        "the unique index of " + added.getKey().column()
                                + " is built while nothing can read or write the table",
                        added.getKey().table().name()));
    }
}
