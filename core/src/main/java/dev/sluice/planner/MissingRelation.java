package dev.sluice.planner;

import dev.sluice.sql.Node;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Says that a statement is about a relation that is not there, or not yet. */
final class MissingRelation {

    private static final Set<String> PARTS =
            Set.of("OBJECT_COLUMN", "OBJECT_TABCONSTRAINT", "OBJECT_POLICY", "OBJECT_TRIGGER", "OBJECT_RULE");

    private MissingRelation() {}

    static ChangeRefused refusal(Draft draft, Change change, Node rangeVar) {
        String name = rangeVar.text("relname");
        for (Change before : ScriptBefore.of(draft, change).changes()) {
            if (gives(before, name)) {
                return draft.refuse(
                        change,
                        "missing-relation",
                        "line " + before.source().line() + " gives \"" + name + "\" its name, which it has only after"
                                + " contract",
                        "Call it by its old name.");
            }
            if (makes(before, name)) {
                return draft.refuse(
                        change,
                        "missing-relation",
                        "line " + before.source().line() + " makes \"" + name + "\", and this statement changes what"
                                + " is not there before the migration",
                        "Say all of it in line " + before.source().line()
                                + ", or write this statement into a migration of its own.");
            }
        }
        return draft.refuse(
                change,
                "missing-relation",
                "relation \"" + name + "\" does not exist in this database (search_path: "
                        + String.join(", ", draft.catalog().searchPath()) + ")",
                "Check the name, and that the migrations before this one have been applied.");
    }

    private static boolean gives(Change change, String name) {
        return change.kind().equals("RenameStmt")
                && change.command().text("newname").equals(name)
                && !PARTS.contains(change.command().text("renameType"));
    }

    private static boolean makes(Change change, String name) {
        Node node = change.statement().node();
        return Stream.of(
                        Optional.of(node.get("base").get("relation")).filter(n -> node.is("CreateForeignTableStmt")),
                        Optional.of(node.get("relation")).filter(n -> node.is("CreateStmt")),
                        Optional.of(node.get("view")).filter(n -> node.is("ViewStmt")),
                        Optional.of(node.get("sequence")).filter(n -> node.is("CreateSeqStmt")),
                        Optional.of(node.get("into").get("rel")).filter(n -> node.is("CreateTableAsStmt")))
                .flatMap(Optional::stream)
                .anyMatch(target -> target.text("relname").equals(name));
    }
}
