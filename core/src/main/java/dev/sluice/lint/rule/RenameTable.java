package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Set;

/** RENAME TO of a table in use. */
final class RenameTable implements Rule {

    @Override
    public String id() {
        return "rename-table";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public About about() {
        return new About("a table gets another name", """
            Code of the version before looks for the old name and fails, until the last instance is replaced;
            code of the new one fails before.\
            """, """
                ALTER TABLE old RENAME TO new; CREATE VIEW old AS SELECT * FROM new; in one transaction: such a view
                takes writes, too. Drop it when nothing uses it.\
                """);
    }

    @Override
    public Set<String> types() {
        return Set.of("RenameStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        boolean renames = scene.is("RenameStmt")
                && List.of("OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_FOREIGN_TABLE")
                        .contains(scene.node().text("renameType"))
                && scene.schema().index(scene.node().get("relation")).isEmpty();
        if (!renames) {
            return;
        }
        QualifiedName name = scene.schema().name(scene.node().get("relation"));
        if (scene.isOld(name) && !Recreation.comesBack(scene, name)) {
            report.found(scene.node().get("relation"), "code that uses " + name + " fails", name);
        }
    }
}
