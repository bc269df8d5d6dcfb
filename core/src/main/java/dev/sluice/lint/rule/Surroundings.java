package dev.sluice.lint.rule;

import com.google.gson.JsonObject;
import dev.sluice.lint.Scene;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What stands around a statement in its file, and the names in it. Pure. */
final class Surroundings {

    private static final Set<String> OPENS = Set.of("TRANS_STMT_BEGIN", "TRANS_STMT_START");
    private static final Set<String> ENDS = Set.of("TRANS_STMT_COMMIT", "TRANS_STMT_ROLLBACK", "TRANS_STMT_PREPARE");

    private Surroundings() {}

    static boolean opens(Node node) {
        return node.is("TransactionStmt") && OPENS.contains(node.text("kind"));
    }

    static boolean ends(Node node) {
        return node.is("TransactionStmt") && ENDS.contains(node.text("kind"));
    }

    /** Whether the file itself began the transaction that the statement runs in. */
    static boolean isInBlock(Scene scene) {
        return scene.backwards("TransactionStmt")
                .map(done -> done.statement().node())
                .filter(node -> opens(node) || ends(node))
                .findFirst()
                .filter(Surroundings::opens)
                .isPresent();
    }

    /** The statements of the file before this one, the last first. */
    static Stream<Scene.Done> backwards(Scene scene) {
        int size = scene.earlier().size();
        return IntStream.rangeClosed(1, size).mapToObj(i -> scene.earlier().get(size - i));
    }

    static Stream<Node> earlier(Scene scene, String type) {
        return scene.earlier(type).map(done -> done.statement().node());
    }

    static Stream<Node> after(Scene scene, String type) {
        return scene.after(type).map(Statement::node);
    }

    /** The statements that commit together with this one, after it. */
    static Stream<Node> restOfTransaction(Scene scene) {
        return scene.transactional()
                ? scene.after().stream().map(Statement::node).takeWhile(node -> !ends(node))
                : Stream.empty();
    }

    /** What a DROP of this kind names, each as its parts. */
    static List<List<String>> dropped(Node node, String kind) {
        if (!node.is("DropStmt") || !node.text("removeType").equals(kind)) {
            return List.of();
        }
        return node.list("objects").stream().map(Surroundings::parts).toList();
    }

    private static List<String> parts(Node object) {
        return switch (object.type()) {
            case "List" -> object.strings("items");
            case "ObjectWithArgs" -> object.strings("objname");
            case "TypeName" -> object.strings("names");
            default -> List.of(object.string());
        };
    }

    /** A name as a node of a parse tree, as the schema wants it. */
    static Node relation(List<String> name) {
        JsonObject fields = new JsonObject();
        fields.addProperty("relname", name.get(name.size() - 1));
        if (name.size() > 1) {
            fields.addProperty("schemaname", name.get(name.size() - 2));
        }
        return new Node("RangeVar", fields);
    }

    /** The relations of this kind that a DROP takes from under the traffic. */
    static List<QualifiedName> droppedInUse(Scene scene, String kind) {
        return dropped(scene.node(), kind).stream()
                .map(name -> scene.schema().name(relation(name)))
                .filter(scene::isOld)
                .toList();
    }

    /** The table that a CREATE TABLE makes, unless it is temporary. */
    static Optional<QualifiedName> made(Scene scene) {
        Node relation = scene.node().get("relation");
        boolean temporary = relation.text("relpersistence").equals("t");
        return scene.is("CreateStmt") && !temporary ? Optional.of(scene.schema().made(relation)) : Optional.empty();
    }
}
