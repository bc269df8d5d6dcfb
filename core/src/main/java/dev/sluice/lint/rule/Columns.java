package dev.sluice.lint.rule;

import dev.sluice.lint.Finding.Fix;
import dev.sluice.lint.Scene;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import java.util.List;
import java.util.Optional;
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

    /** Another type in place of a column's; empty for an array. */
    static Optional<Fix> retyped(Scene scene, Node column, String type) {
        Words words = Words.of(scene);
        return column.get("typeName").list("arrayBounds").isEmpty()
                ? words.type(column.get("typeName"))
                        .flatMap(span -> words.edits()
                                .replace(span.start(), span.end(), type)
                                .fix())
                : Optional.empty();
    }

    /** A text with a limit, in a new table: nothing may stand between type and constraints, and nothing refer to its type. */
    static Optional<Fix> limitedText(Scene scene, Node column) {
        List<Node> limit = column.get("typeName").list("typmods");
        boolean plain = scene.is("CreateStmt")
                && !column.has("storage_name")
                && !column.has("compression")
                && column.list("fdwoptions").isEmpty()
                && limit.size() == 1
                && !has(column, "CONSTR_FOREIGN")
                && scene.node().list("tableElts").stream()
                        .noneMatch(e -> e.strings("fk_attrs").contains(column.text("colname")));
        int most = plain ? limit.get(0).get("ival").number("ival") : 0;
        return most > 0
                ? retyped(
                        scene,
                        column,
                        "text CHECK (length(" + Identifier.quote(column.text("colname")) + ") <= " + most + ")")
                : Optional.empty();
    }

    static boolean has(Node column, String constraint) {
        return column.list("constraints").stream()
                .anyMatch(c -> c.text("contype").equals(constraint));
    }
}
