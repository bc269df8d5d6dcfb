package dev.sluice.lint.rule;

import dev.sluice.lint.Scene;
import dev.sluice.sql.Node;
import java.util.List;
import java.util.stream.Stream;

/** Columns as statements define them. Pure. */
final class Columns {

    private Columns() {}

    /** The columns that CREATE TABLE or ADD COLUMN defines, except those of temporary tables. */
    static Stream<Node> defined(Scene scene) {
        Node node = scene.node();
        Stream<Node> all = switch (node.type()) {
            case "CreateStmt" -> node.list("tableElts").stream();
            case "AlterTableStmt" ->
                node.list("cmds").stream()
                        .filter(c -> c.text("subtype").equals("AT_AddColumn"))
                        .map(c -> c.get("def"));
            default -> Stream.empty();
        };
        boolean temporary = node.get("relation").text("relpersistence").equals("t")
                || scene.schema()
                        .table(node.get("relation"))
                        .filter(table -> table.isTemporary())
                        .isPresent();
        return temporary ? Stream.empty() : all.filter(element -> element.is("ColumnDef"));
    }

    /** The last name of its type, as PostgreSQL's parser has it; {@code char} in quotes is a type of its own. */
    static String type(Node column) {
        List<String> names = column.get("typeName").strings("names");
        return names.isEmpty() ? "" : names.get(names.size() - 1);
    }

    static boolean has(Node column, String constraint) {
        return column.list("constraints").stream()
                .anyMatch(c -> c.text("contype").equals(constraint));
    }
}
