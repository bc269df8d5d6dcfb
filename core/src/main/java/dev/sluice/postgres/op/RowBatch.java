package dev.sluice.postgres.op;

import dev.sluice.catalog.Table;
import dev.sluice.plan.Assignment;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Expression;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.TableDraft;
import dev.sluice.planner.UpdateParts;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.Tokens;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An UPDATE or DELETE that looks at one row at a time, so that it can be cut into batches.
 *
 * @param assignments empty for DELETE
 * @param where the condition, every column qualified with the table
 */
record RowBatch(List<Assignment> assignments, String where) {

    RowBatch {
        assignments = List.copyOf(assignments);
    }

    /** The statement taken apart, when each row can be changed without looking at others. */
    static Optional<RowBatch> of(Change change, Draft draft, TableDraft table) {
        return apart(change, draft, table)
                .filter(batch ->
                        !batch.meetsItself(change, draft, table.table()) && !deletesUnseen(change, draft, table))
                .filter(batch -> RowEvents.rules(change, table.table()).isEmpty());
    }

    /** Whether foreign keys delete other rows of the table, too, which batches would not keep. */
    static boolean deletesUnseen(Change change, Draft draft, TableDraft table) {
        return change.kind().equals("DeleteStmt")
                && KeyActions.deletesUnseen(draft.catalog(), table.table(), ScriptBefore.of(draft, change));
    }

    /** The statement taken apart, whether or not its batches would get into one another's way. */
    static Optional<RowBatch> apart(Change change, Draft draft, TableDraft table) {
        return change.kind().equals("UpdateStmt") ? update(change, draft, table) : delete(change, draft, table);
    }

    private static Optional<RowBatch> update(Change change, Draft draft, TableDraft table) {
        Optional<UpdateParts> parts =
                UpdateParts.of(change.statement()).filter(p -> p.from().isEmpty());
        List<Assignment> assignments = new ArrayList<>();
        for (var entry : parts.map(UpdateParts::assignments).orElse(Map.of()).entrySet()) {
            Optional<String> value =
                    local(draft, table, entry.getValue(), parts.get().names());
            if (value.isEmpty() || entry.getValue().equalsIgnoreCase("default")) {
                return Optional.empty();
            }
            assignments.add(new Assignment(entry.getKey(), value.get()));
        }
        Optional<String> where = local(
                draft,
                table,
                parts.flatMap(UpdateParts::where).orElse("true"),
                parts.map(UpdateParts::names).orElse(Set.of()));
        return assignments.isEmpty() ? Optional.empty() : where.map(w -> new RowBatch(assignments, w));
    }

    private static Optional<RowBatch> delete(Change change, Draft draft, TableDraft table) {
        Node node = change.command();
        if (!change.kind().equals("DeleteStmt")
                || !node.list("usingClause").isEmpty()
                || node.has("withClause")
                || !node.list("returningList").isEmpty()) {
            return Optional.empty();
        }
        Node relation = change.relation();
        String called = relation.has("alias") ? relation.get("alias").text("aliasname") : relation.text("relname");
        return local(draft, table, where(change), Set.of(called)).map(w -> new RowBatch(List.of(), w));
    }

    private static String where(Change change) {
        String sql = change.statement().sql();
        return Tokens.of(sql).stream()
                .filter(t -> t.depth() == 0 && t.isWord("where"))
                .findFirst()
                .map(t -> sql.substring(t.end()).strip())
                .orElse("true");
    }

    /** The expression for one row alone; empty when it looks at other rows or gives another value each time. */
    private static Optional<String> local(Draft draft, TableDraft table, String sql, Set<String> names) {
        Expression expression;
        try {
            expression = draft.expression(sql);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (expression.hasSubquery()
                || expression.namesWholeRow()
                || expression.tree().is("SetToDefault")) {
            return Optional.empty();
        }
        boolean known = expression.references().stream()
                .allMatch(r -> r.qualifier().isEmpty() || names.contains(r.qualifier()));
        if (!known) {
            return Optional.empty();
        }
        return Optional.of(expression.rewrite(r -> r.qualifier().isEmpty()
                ? Optional.empty()
                : Optional.of(Identifier.quote(table.name().name()) + "." + Identifier.quote(r.column()))));
    }

    /**
     * Whether one batch would change what a later one looks at, through the table's foreign keys, or break a rule that
     * holds again only after the last one.
     */
    private boolean meetsItself(Change change, Draft draft, Table table) {
        Set<String> assigned = assignments.stream().map(Assignment::column).collect(Collectors.toSet());
        Set<String> seen = new HashSet<>(assigned);
        seen.addAll(draft.expression(where).columns());
        assignments.forEach(a -> seen.addAll(draft.expression(a.expression()).columns()));
        Set<String> changed = assigned.isEmpty()
                ? KeyActions.ofDelete(draft.catalog(), table, table)
                : KeyActions.ofUpdate(draft.catalog(), table, assigned, table);
        boolean refersToIt = table.foreignKeys().stream()
                .map(key -> key.foreignKey().orElseThrow())
                .anyMatch(key -> key.table().equals(table.name()) && !Collections.disjoint(key.columns(), assigned));
        Set<String> written = new HashSet<>(assigned);
        written.addAll(RowEvents.assignedByTriggers(change, draft, table));
        return !Collections.disjoint(changed, seen)
                || refersToIt
                || !RowEvents.deferred(table, written).isEmpty();
    }
}
