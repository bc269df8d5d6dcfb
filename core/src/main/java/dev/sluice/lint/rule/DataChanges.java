package dev.sluice.lint.rule;

import dev.sluice.lint.Scene;
import dev.sluice.lint.schema.Expressions;
import dev.sluice.lint.schema.KnownTable;
import dev.sluice.sql.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Statements that change rows, and how many. Pure. */
final class DataChanges {

    private static final Set<String> TYPES = Set.of("UpdateStmt", "DeleteStmt", "InsertStmt", "MergeStmt");

    private DataChanges() {}

    static boolean isOne(Node node) {
        return TYPES.contains(node.type());
    }

    /** UPDATE and DELETE of all rows. */
    static boolean isWhole(Node node) {
        Node where = node.get("whereClause");
        return (node.is("UpdateStmt") || node.is("DeleteStmt")) && (!node.has("whereClause") || where.is("A_Const"));
    }

    /** Whether it may change many rows of a table in use, or read many. */
    static boolean isLarge(Scene scene) {
        Node node = scene.node();
        boolean old = scene.oldTable().isPresent();
        return switch (node.type()) {
            case "UpdateStmt", "DeleteStmt" -> old && !isOneRow(scene, node.get("whereClause"));
            case "InsertStmt" ->
                node.get("selectStmt").has("fromClause")
                        && Expressions.relations(node.get("selectStmt"))
                                .anyMatch(r -> scene.isOld(scene.schema().name(r)));
            case "MergeStmt" -> old;
            default -> false;
        };
    }

    /** Whether a condition compares all columns of a key with values. */
    private static boolean isOneRow(Scene scene, Node where) {
        List<Node> parts = where.text("boolop").equals("AND_EXPR") ? where.list("args") : List.of(where);
        List<String> compared = parts.stream()
                .filter(part -> part.is("A_Expr")
                        && part.text("kind").equals("AEXPR_OP")
                        && part.strings("name").equals(List.of("=")))
                .flatMap(part -> Expressions.column(part.get("lexpr")).stream())
                .toList();
        Optional<KnownTable> table = scene.oldTable();
        return table.stream()
                .flatMap(t -> scene.schema().indexesOf(t.name()).stream())
                .anyMatch(index -> index.unique() && compared.containsAll(index.columns()));
    }
}
