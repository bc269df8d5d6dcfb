package dev.sluice.planner;

import dev.sluice.sql.Node;
import dev.sluice.sql.Statement;
import dev.sluice.sql.Tokens;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * DROP … CASCADE behind a statement of the same script that makes something which uses the dropped thing: as written it would
 * go, too, but what is archived keeps those that use it. What was there before the script, the operations look up in the
 * catalog.
 */
final class NewDependents {

    private static final Set<String> MAKES = Set.of(
            "ViewStmt",
            "CreateTableAsStmt",
            "CreateStmt",
            "CreateFunctionStmt",
            "CreateTrigStmt",
            "CreatePolicyStmt",
            "CreateDomainStmt",
            "CompositeTypeStmt",
            "RuleStmt",
            "AlterTableStmt");

    private NewDependents() {}

    /** @throws ChangeRefused when the statement would drop, unseen, what the script has made before */
    static void requireNone(Change change, Draft draft) {
        Node drop = change.command();
        if (!change.kind().equals("DropStmt") || !drop.text("behavior").equals("DROP_CASCADE")) {
            return;
        }
        List<String> dropped = drop.list("objects").stream()
                .flatMap(o -> Stream.of(o.strings("items"), o.strings("names"), o.strings("objname")))
                .filter(parts -> !parts.isEmpty())
                .map(parts -> parts.get(parts.size() - 1))
                .toList();
        ScriptBefore.of(draft, change).changes().stream()
                .map(Change::statement)
                .distinct()
                .filter(s -> MAKES.contains(s.type()) && dropped.stream().anyMatch(name -> uses(s, name)))
                .findFirst()
                .ifPresent(user -> {
                    throw draft.refuse(
                            change,
                            "drop-cascade",
                            "CASCADE would drop what line " + user.position().line() + " makes of "
                                    + String.join(", ", dropped),
                            "Drop them first, by statements of their own, or leave that line out.");
                });
    }

    /** Whether it names the thing, other than as the table that it changes. */
    private static boolean uses(Statement statement, String name) {
        return !(statement.node().is("AlterTableStmt")
                        && statement.node().get("relation").text("relname").equals(name))
                && Tokens.of(statement.sql()).stream().anyMatch(token -> switch (token.kind()) {
                    case WORD, QUOTED -> token.identifier().equals(name);
                    case STRING -> token.text().contains(name);
                    default -> false;
                });
    }
}
