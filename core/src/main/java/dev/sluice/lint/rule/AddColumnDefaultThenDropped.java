package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Scene.Part;
import dev.sluice.lint.Severity;
import dev.sluice.sql.Statement;

/** A NOT NULL column whose default goes in the migration that brought it. */
final class AddColumnDefaultThenDropped implements Rule {

    @Override
    public String id() {
        return "add-column-default-then-dropped";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About("a default that is dropped at once", """
                The running code does not know the new column. Its INSERTs leave it out and rely on the default;
                without it they fail with a violation of NOT NULL until the new code is everywhere.""", """
                Keep the default until the code that leaves the column out is gone, and drop it in a later migration.""");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.newColumns()
                .filter(part -> part.inline("CONSTR_NOTNULL").isPresent()
                        && part.inline("CONSTR_DEFAULT").isPresent())
                .filter(part -> dropsDefault(scene, part))
                .forEach(part -> report.found(
                        part.definition(),
                        "code that does not know " + part.column()
                                + " cannot insert once its default is dropped, later in this" + " migration",
                        part.table().name()));
    }

    private static boolean dropsDefault(Scene scene, Part part) {
        return scene.after().stream()
                .map(Statement::node)
                .filter(node -> node.is("AlterTableStmt")
                        && scene.schema()
                                .name(node.get("relation"))
                                .equals(part.table().name()))
                .flatMap(node -> node.list("cmds").stream())
                .anyMatch(c -> c.text("subtype").equals("AT_ColumnDefault")
                        && !c.has("def")
                        && c.text("name").equals(part.definition().text("colname")));
    }
}
