package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import java.util.Set;

/** RENAME COLUMN. */
final class RenameColumn implements Rule {

    @Override
    public String id() {
        return "rename-column";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public About about() {
        return new About("a new name for a column in use", """
                The running code asks for the old name, and every statement of it that does fails from COMMIT on,
                until the new code is everywhere.""", """
                A second column kept in step by a trigger until no code uses the old one; or rename the table and give
                its name to a view with both columns. `sluice plan` makes that of this statement.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("RenameStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        Node node = scene.node();
        QualifiedName table = scene.schema().name(node.get("relation"));
        if (!scene.is("RenameStmt")
                || !node.text("renameType").equals("OBJECT_COLUMN")
                || !node.text("relationType").equals("OBJECT_TABLE")
                || !scene.isOld(table)
                || scene.schema()
                        .table(table)
                        .filter(t -> scene.addedBefore(t, node.text("subname")))
                        .isPresent()
                || comesBack(scene, table)) {
            return;
        }
        report.found(
                node,
                "code that uses " + table.name() + "." + node.text("subname") + " fails once it is called "
                        + node.text("newname"),
                table);
    }

    /** Whether the migration gives the old name to another column, or hides the table behind a view of its name. */
    private static boolean comesBack(Scene scene, QualifiedName table) {
        return scene.afterAbout(table.name(), "AlterTableStmt", "ViewStmt")
                .map(Statement::node)
                .anyMatch(later -> {
                    boolean column = later.is("AlterTableStmt")
                            && scene.schema().name(later.get("relation")).equals(table)
                            && later.list("cmds").stream()
                                    .anyMatch(c -> c.text("subtype").equals("AT_AddColumn")
                                            && c.get("def")
                                                    .text("colname")
                                                    .equals(scene.node().text("subname")));
                    return column
                            || later.is("ViewStmt")
                                    && scene.schema().name(later.get("view")).equals(table);
                });
    }
}
