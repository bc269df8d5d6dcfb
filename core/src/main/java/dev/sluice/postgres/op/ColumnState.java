package dev.sluice.postgres.op;

import dev.sluice.planner.AddedColumn;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the migration does to the columns a constraint or index is about. Pure. */
final class ColumnState {

    private ColumnState() {}

    /** Whether the migration adds the column and gives existing rows no values of their own. */
    static boolean isUnfilled(TableDraft table, String column) {
        return table.added(column)
                .filter(c -> c.fill().isEmpty() && c.rowByRow().isEmpty())
                .isPresent();
    }

    /** Refuses a name that a plain run would not know either; otherwise it would come up only in contract. */
    static void require(Draft draft, Change change, TableDraft table, Collection<String> columns) {
        if (draft.isNew(table.name())) {
            return;
        }
        for (String column : columns) {
            if (!table.isAdded(column)
                    && !table.isComputed(column)
                    && table.before(column).isEmpty()) {
                throw draft.refuse(
                        change,
                        "missing-column",
                        "column \"" + column + "\" does not exist in table " + table.name(),
                        "Check the name.");
            }
        }
    }

    /** Whether what the old version writes is NULL in the column. */
    static boolean isNullForOld(TableDraft table, String column) {
        return isUnfilled(table, column)
                && table.added(column).flatMap(AddedColumn::defaultExpression).isEmpty();
    }

    /** Whether nothing the old version writes can break a unique key over these columns. */
    static boolean ofKey(TableDraft table, Collection<String> columns, boolean nullsNotDistinct) {
        return !nullsNotDistinct && columns.stream().anyMatch(c -> isNullForOld(table, c));
    }

    /** The expression over the columns as they are called until the swap. */
    static String beforeSwap(Draft draft, TableDraft table, String expression) {
        Map<String, String> before = new HashMap<>();
        table.renamed().forEach(r -> before.put(r.after(), r.before()));
        if (before.isEmpty()) {
            return expression;
        }
        return draft.expression(expression)
                .rewrite(r -> Optional.ofNullable(before.get(r.column())).map(Identifier::quote));
    }
}
