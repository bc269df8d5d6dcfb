package dev.sluice.lint.rule;

import dev.sluice.lint.Scene;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.Optional;

/** Names that are free for a moment, and taken again. Pure. */
final class Recreation {

    private Recreation() {}

    /** Whether the file makes a table of this name after the statement. */
    static boolean follows(Scene scene, QualifiedName name) {
        return Surroundings.after(scene, "CreateStmt").anyMatch(node -> takes(scene, node, name));
    }

    /** Whether something has this name when the transaction commits. */
    static boolean comesBack(Scene scene, QualifiedName name) {
        return Surroundings.restOfTransaction(scene).anyMatch(node -> takes(scene, node, name));
    }

    private static boolean takes(Scene scene, Node node, QualifiedName name) {
        Optional<QualifiedName> made = switch (node.type()) {
            case "CreateStmt" -> Optional.of(scene.schema().made(node.get("relation")));
            case "CreateTableAsStmt" ->
                Optional.of(scene.schema().made(node.get("into").get("rel")));
            case "ViewStmt" -> Optional.of(scene.schema().made(node.get("view")));
            case "RenameStmt" ->
                node.has("relation") && !node.has("subname")
                        ? Optional.of(scene.schema().name(node.get("relation")).withName(node.text("newname")))
                        : Optional.empty();
            default -> Optional.empty();
        };
        return made.equals(Optional.of(name));
    }
}
