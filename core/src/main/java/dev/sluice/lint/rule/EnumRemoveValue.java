package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.Node;
import java.util.List;
import java.util.Set;

/** A label taken out of an enum type, which PostgreSQL has no statement for. */
final class EnumRemoveValue implements Rule {

    @Override
    public String id() {
        return "enum-remove-value";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public About about() {
        return new About("an enum label is removed", """
            There is no DROP VALUE. Deleting the row of pg_enum leaves rows and index entries that point at
            nothing. A new type in place of the old one means to rewrite each table that uses it, under ACCESS
            EXCLUSIVE.\
            """, """
                Leave the label, and forbid it: CHECK (mood <> 'sad') NOT VALID. Or a text column, or a lookup
                table, filled in batches.\
                """);
    }

    @Override
    public Set<String> types() {
        return Set.of("DeleteStmt", "UpdateStmt", "RenameStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        Node node = scene.node();
        boolean catalog = List.of("DeleteStmt", "UpdateStmt").contains(node.type())
                && node.get("relation").text("relname").equals("pg_enum");
        if (catalog) {
            report.found(node, "rows that hold the label cannot be read any more");
        } else if (scene.is("RenameStmt") && node.text("renameType").equals("OBJECT_TYPE")) {
            List<String> name = node.get("object").strings("items");
            Surroundings.after(scene, "CreateEnumStmt")
                    .filter(made -> made.strings("typeName").equals(name))
                    .findFirst()
                    .ifPresent(made -> report.found(
                            Severity.WARNING,
                            node,
                            "each table with a column of " + String.join(".", name)
                                    + " has to be rewritten for the new type"));
        }
    }
}
