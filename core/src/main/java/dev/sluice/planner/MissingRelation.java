package dev.sluice.planner;

import dev.sluice.sql.Node;
import java.util.Set;

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
            if (Mentions.made(before.statement()).filter(name::equals).isPresent()) {
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
}
