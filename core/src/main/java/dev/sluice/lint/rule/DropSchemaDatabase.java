package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** DROP SCHEMA … CASCADE and DROP DATABASE. */
final class DropSchemaDatabase implements Rule {

    @Override
    public String id() {
        return "drop-schema-database";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public About about() {
        return new About(
                "a whole schema or database is dropped",
                "All tables in it are gone with their rows, those that no migration knows among them.",
                """
                Drop what is in it by name, then DROP SCHEMA without CASCADE: it fails if something was left.\
                """);
    }

    @Override
    public Set<String> types() {
        return Set.of("DropStmt", "DropdbStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (scene.is("DropdbStmt")) {
            report.found(
                    scene.node(), "all data of the database " + scene.node().text("dbname") + " is lost");
        } else if (scene.node().text("behavior").equals("DROP_CASCADE")) {
            Surroundings.dropped(scene.node(), "OBJECT_SCHEMA").stream()
                    .filter(name -> Surroundings.earlier(scene, "CreateSchemaStmt")
                            .noneMatch(made -> made.text("schemaname").equals(name.get(0))))
                    .forEach(name -> report.found(
                            scene.node(), "all tables of the schema " + name.get(0) + " are lost with their rows"));
        }
    }
}
