package dev.sluice.postgres.op;

import dev.sluice.planner.Change;
import dev.sluice.planner.ColumnDefinition;
import dev.sluice.planner.Draft;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Tokens;
import java.util.List;

/** A constraint written in a column definition, planned as if it were added by a statement of its own. */
final class InlineConstraint {

    private InlineConstraint() {}

    /** @param attributes DEFERRABLE and the like, which the parse tree has apart; empty for none */
    static void plan(
            Change change,
            Draft draft,
            TableDraft table,
            String column,
            ColumnDefinition.Part part,
            String attributes) {
        String text = withoutName(part.text());
        String list = " (" + Identifier.quote(column) + ")";
        String definition = switch (part.kind()) {
            case "CONSTR_FOREIGN" -> "FOREIGN KEY" + list + " " + text;
            case "CONSTR_UNIQUE" -> "UNIQUE" + list + after(text, 1);
            case "CONSTR_PRIMARY" -> "PRIMARY KEY" + list + after(text, 2);
            default -> text;
        };
        Constraints.addTo(change, draft, table, part.node(), definition + attributes, List.of(column));
    }

    private static String withoutName(String text) {
        List<Tokens.Token> tokens = Tokens.of(text);
        return tokens.get(0).isWord("constraint") ? text.substring(tokens.get(2).start()) : text;
    }

    private static String after(String text, int words) {
        return text.substring(Tokens.of(text).get(words - 1).end());
    }
}
