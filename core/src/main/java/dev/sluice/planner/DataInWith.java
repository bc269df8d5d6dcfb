package dev.sluice.planner;

import dev.sluice.sql.Node;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code WITH gone AS (DELETE … RETURNING *) INSERT …}: one statement that changes rows of several tables. The way back of a
 * statement knows the rows of its own table.
 */
public final class DataInWith {

    private static final Set<String> CHANGING = Set.of("InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt");

    private DataInWith() {}

    /** Names of the tables whose rows the WITH clause changes. */
    static List<String> tables(Node statement) {
        return statement.get("withClause").list("ctes").stream()
                .map(cte -> cte.get("ctequery"))
                .filter(query -> CHANGING.stream().anyMatch(query::is))
                .map(query -> query.get("relation").text("relname"))
                .toList();
    }

    /** @throws ChangeRefused when there are such tables */
    public static void requireNone(Change change, Draft draft) {
        List<String> tables = tables(change.command());
        if (!tables.isEmpty()) {
            throw draft.refuse(
                    change,
                    "data-in-with",
                    "this statement changes rows of "
                            + tables.stream().distinct().collect(Collectors.joining(", "))
                            + " in its WITH, too, which could neither go in batches nor be put back",
                    "Write statements of their own: INSERT INTO … SELECT …, then DELETE.");
        }
    }
}
