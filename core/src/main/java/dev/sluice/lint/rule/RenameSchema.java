package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.QualifiedName;
import java.util.Set;

/** ALTER SCHEMA RENAME and SET SCHEMA. */
final class RenameSchema implements Rule {

    @Override
    public String id() {
        return "rename-schema";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public About about() {
        return new About("a table moves to another schema", """
            Code that names the old schema fails, as does code that finds the table by search_path, unless that
            has the new schema, too.\
            """, """
                CREATE VIEW old.t AS SELECT * FROM new.t; in the same transaction; or both schemas in search_path
                before.\
                """);
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterObjectSchemaStmt", "RenameStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (scene.is("RenameStmt") && scene.node().text("renameType").equals("OBJECT_SCHEMA")) {
            String schema = scene.node().text("subname");
            boolean made = Surroundings.earlier(scene, "CreateSchemaStmt")
                    .anyMatch(node -> node.text("schemaname").equals(schema));
            if (!made) {
                report.found(scene.node(), "code that names the schema " + schema + " fails");
            }
        } else if (scene.is("AlterObjectSchemaStmt")
                && scene.node().text("objectType").equals("OBJECT_TABLE")) {
            QualifiedName name = scene.schema().name(scene.node().get("relation"));
            if (scene.isOld(name) && !Recreation.comesBack(scene, name)) {
                report.found(scene.node().get("relation"), "code that looks for " + name + " fails", name);
            }
        }
    }
}
