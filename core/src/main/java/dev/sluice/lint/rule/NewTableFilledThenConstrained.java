package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.lint.schema.KnownTable;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.QualifiedName;
import java.util.Optional;
import java.util.Set;

/** A foreign key of a new table that was filled before. */
final class NewTableFilledThenConstrained implements Rule {

    @Override
    public String id() {
        return "new-table-filled-then-constrained";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About(
                "a foreign key is checked for the rows of a new table",
                """
                On an empty table a foreign key costs nothing. On one that the same migration filled, PostgreSQL
                looks every row up, and holds SHARE ROW EXCLUSIVE on the referenced table for as long: writes to it
                wait.\
                """,
                "Declare the foreign key in CREATE TABLE, or before the rows come.");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (!scene.is("AlterTableStmt")) {
            return;
        }
        Optional<KnownTable> table = scene.schema().table(scene.node().get("relation"));
        boolean key = scene.node().list("cmds").stream()
                .anyMatch(c -> c.get("def").text("contype").equals("CONSTR_FOREIGN"));
        if (!key || table.filter(t -> !scene.isOld(t)).isEmpty()) {
            return;
        }
        QualifiedName name = table.get().name();
        if (scene.effect().scanned().contains(name)) {
            scene.locked(LockMode.SHARE_ROW_EXCLUSIVE)
                    .forEach(referenced -> report.found(
                            scene.node(),
                            "writes to " + referenced + " wait while the rows of " + name + " are checked",
                            referenced));
        }
    }
}
