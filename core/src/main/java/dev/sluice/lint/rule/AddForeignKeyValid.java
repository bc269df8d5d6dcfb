package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.QualifiedName;
import java.util.Set;

/** ADD FOREIGN KEY without NOT VALID. */
final class AddForeignKeyValid implements Rule {

    @Override
    public String id() {
        return "add-foreign-key-valid";
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
        return new About("a foreign key that is checked for every row at once", """
                PostgreSQL looks up every row of the table in the referenced one. Both are held under SHARE ROW
                EXCLUSIVE from the start of that to COMMIT: reads go on, every INSERT, UPDATE and DELETE waits.""", """
                ADD CONSTRAINT … FOREIGN KEY … NOT VALID, then, in its own transaction, VALIDATE CONSTRAINT, which
                lets writes go on. For a partitioned table that takes PostgreSQL 18; before, one key for each
                partition.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.added("CONSTR_FOREIGN")
                .filter(part -> !part.effect().scanned().isEmpty())
                .forEach(part -> {
                    QualifiedName referenced =
                            scene.schema().name(part.definition().get("pktable"));
                    report.found(
                            part.definition(),
                            "writes to " + part.table().name() + " and " + referenced
                                    + " wait while every row is looked up",
                            part.table().name(),
                            referenced);
                });
    }
}
