package dev.sluice.planner;

import dev.sluice.sql.Node;
import java.util.HashSet;
import java.util.Set;

/**
 * Statements that mean all columns of a table without naming them ({@code *}, {@code LIKE}, a whole row), behind others of the
 * script that drop one or give it another type: what is archived is one of its columns until purge, and the new one comes last.
 */
final class AllColumns {

    private AllColumns() {}

    /** @throws ChangeRefused when the statement would find more columns than in a plain run, or others */
    static void requireAsInPlainRun(Change change, Draft draft) {
        Node node = change.statement().node();
        for (Node relation : node.all("RangeVar")) {
            draft.findTable(relation)
                    .filter(table ->
                            !table.dropped().isEmpty() || !table.retyped().isEmpty())
                    .filter(table ->
                            !node.all("A_Star").isEmpty() || isLike(node, draft, table) || isWhole(node, relation))
                    .ifPresent(table -> {
                        throw draft.refuse(
                                change,
                                "all-columns-after-change",
                                "this statement means all columns of " + table.name()
                                        + ", of which the script drops some"
                                        + " before, or changes their types: until purge the old ones are there as well",
                                "Name the columns that you mean.");
                    });
        }
    }

    private static boolean isLike(Node node, Draft draft, TableDraft table) {
        return node.all("TableLikeClause").stream()
                .anyMatch(like -> draft.findTable(like.get("relation"))
                        .filter(t -> t == table)
                        .isPresent());
    }

    /** Whether an expression is the relation's whole row: a name alone that is its own. */
    private static boolean isWhole(Node node, Node relation) {
        Set<String> names = new HashSet<>(Set.of(relation.text("relname")));
        relation.find("alias").ifPresent(alias -> names.add(alias.text("aliasname")));
        return node.all("ColumnRef").stream()
                .map(column -> column.strings("fields"))
                .anyMatch(fields -> fields.size() == 1 && names.contains(fields.get(0)));
    }
}
