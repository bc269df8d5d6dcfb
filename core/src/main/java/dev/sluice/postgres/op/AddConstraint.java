package dev.sluice.postgres.op;

import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Operation;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Node;
import dev.sluice.sql.Tokens;
import java.util.List;

/** ALTER TABLE … ADD [CONSTRAINT name] CHECK, FOREIGN KEY, UNIQUE, PRIMARY KEY, EXCLUDE: see {@link Constraints}. */
final class AddConstraint implements Operation {

    @Override
    public String id() {
        return "add-constraint";
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        if (!change.kind().equals("AT_AddConstraint")) {
            return false;
        }
        TableDraft table = draft.table(change);
        Node constraint = change.command().get("def");
        String name = constraint.text("conname");
        boolean exists = table.table().constraint(name).isPresent()
                && !ScriptBefore.of(draft, change).drops(name);
        if (exists) {
            throw draft.refuse(
                    change,
                    "duplicate-constraint",
                    "constraint \"" + name + "\" of table " + table.name() + " exists already",
                    "Give it another name, or drop the old one first.");
        }
        Constraints.addTo(change, draft, table, constraint, definition(change.text()), List.of());
        return true;
    }

    /** What follows ADD [CONSTRAINT name]. */
    private static String definition(String action) {
        List<Tokens.Token> tokens = Tokens.of(action);
        int at = tokens.get(1).isWord("constraint") ? 3 : 1;
        return action.substring(tokens.get(at).start());
    }
}
