package dev.sluice.planner;

import dev.sluice.catalog.View;
import dev.sluice.sql.Node;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the names in the subqueries of an expression mean, where they could mean a column of the row too: as PostgreSQL
 * resolves them, a subquery's own relations come first. The subqueries within a subquery count as one with it. Pure.
 */
final class SubqueryNames {

    /** Functions in FROM whose column is called as they are, or by their alias; that of others may have a name of its own. */
    private static final Set<String> NAMED_LIKE_THEIR_COLUMN =
            Set.of("generate_series", "generate_subscripts", "unnest", "regexp_split_to_table", "string_to_table");

    private final Set<String> row;
    private final List<Scope> scopes;

    private SubqueryNames(Set<String> row, List<Scope> scopes) {
        this.row = Set.copyOf(row);
        this.scopes = List.copyOf(scopes);
    }

    /**
     * A subquery that stands in no other.
     *
     * @param places the references in it
     * @param columns of what it reads, as far as that is known
     * @param open whether it reads something whose columns are not known
     * @param relations what it calls the relations that it reads
     */
    private record Scope(Set<Expression.Reference> places, Set<String> columns, boolean open, Set<String> relations) {}

    /** @param change the UPDATE that the expression is of: names mean what they mean where it stands in the script */
    static SubqueryNames of(Draft draft, Change change, Expression expression) {
        List<Scope> all = expression.tree().all("SubLink").stream()
                .map(link -> link.get("subselect"))
                .map(query -> scope(draft, change, query, Set.copyOf(expression.references(query))))
                .sorted(Comparator.comparing((Scope scope) -> scope.places().size())
                        .reversed())
                .toList();
        Set<String> row =
                draft.findTable(change.relation()).map(SubqueryNames::columnsOf).orElse(Set.of());
        return new SubqueryNames(row, all);
    }

    /** The outermost one, which has all places of those within it. */
    private Optional<Scope> scope(Expression.Reference reference) {
        return scopes.stream()
                .filter(scope -> scope.places().contains(reference))
                .findFirst();
    }

    /** Whether it names something that the subquery reads; false outside of subqueries. */
    boolean has(Expression.Reference reference) {
        return scope(reference)
                .map(scope -> reference.qualifier().isEmpty()
                        ? scope.columns().contains(reference.column())
                                || scope.open() && !row.contains(reference.column())
                        : scope.relations().contains(reference.qualifier()))
                .orElse(false);
    }

    /** Whether nobody can tell if it names a column of the row or something that the subquery reads. */
    boolean isUnknown(Expression.Reference reference) {
        return reference.qualifier().isEmpty()
                && row.contains(reference.column())
                && scope(reference)
                        .filter(scope -> scope.open() && !scope.columns().contains(reference.column()))
                        .isPresent();
    }

    private static Set<String> relations(Node query) {
        Set<String> names = new HashSet<>();
        for (Node relation : query.all("RangeVar")) {
            names.add(relation.has("alias") ? relation.get("alias").text("aliasname") : relation.text("relname"));
        }
        Stream.of("RangeSubselect", "RangeFunction", "JoinExpr")
                .flatMap(kind -> query.all(kind).stream())
                .filter(item -> item.has("alias"))
                .forEach(item -> names.add(item.get("alias").text("aliasname")));
        return names;
    }

    private static Scope scope(Draft draft, Change change, Node query, Set<Expression.Reference> places) {
        Set<String> names = new HashSet<>();
        Set<String> common = new HashSet<>();
        query.all("CommonTableExpr").forEach(with -> {
            common.add(with.text("ctename"));
            names.addAll(with.strings("aliascolnames"));
            names.addAll(results(with.get("ctequery")));
        });
        query.all("Alias").forEach(alias -> names.addAll(alias.strings("colnames")));
        query.all("RangeSubselect").forEach(part -> names.addAll(results(part.get("subquery"))));
        boolean open = !query.all("RangeTableFunc").isEmpty()
                || !query.all("JsonTable").isEmpty();
        for (Node function : query.all("RangeFunction")) {
            names.add(function.get("alias").text("aliasname"));
            function.all("FuncCall").forEach(call -> names.addAll(call.strings("funcname")));
            function.all("ColumnDef").forEach(column -> names.add(column.text("colname")));
            open |= !tellsItsColumns(function);
        }
        for (Node relation : query.all("RangeVar")) {
            if (!relation.text("schemaname").isEmpty() || !common.contains(relation.text("relname"))) {
                Optional<Set<String>> ofRelation = columnsOf(draft, change, relation);
                names.addAll(ofRelation.orElse(Set.of()));
                open |= ofRelation.isEmpty();
            }
        }
        return new Scope(places, names, open, relations(query));
    }

    private static boolean tellsItsColumns(Node function) {
        return !function.get("alias").strings("colnames").isEmpty()
                || !function.list("coldeflist").isEmpty()
                || function.all("FuncCall").stream()
                        .map(call -> call.strings("funcname"))
                        .allMatch(name -> NAMED_LIKE_THEIR_COLUMN.contains(name.get(name.size() - 1)));
    }

    /** What a query calls its columns. */
    private static Set<String> results(Node query) {
        Set<String> names = new HashSet<>();
        for (Node target : query.list("targetList")) {
            List<String> fields = target.get("val").strings("fields");
            if (target.has("name")) {
                names.add(target.text("name"));
            } else if (!fields.isEmpty()) {
                names.add(fields.get(fields.size() - 1));
            } else {
                names.addAll(target.get("val").strings("funcname"));
            }
        }
        return names;
    }

    /** The columns of a relation that is read; of a table, those before the script and those that it adds. */
    private static Optional<Set<String>> columnsOf(Draft draft, Change change, Node relation) {
        Optional<TableDraft> table = draft.isNew(relation) ? Optional.empty() : draft.findTable(relation);
        if (table.isPresent()) {
            return Optional.of(columnsOf(table.get()));
        }
        if (draft.isNew(relation)) {
            return NewTable.of(draft, change, relation).map(NewTable::columns);
        }
        return draft.findView(relation).map(SubqueryNames::columnsOf);
    }

    private static Set<String> columnsOf(View view) {
        Set<String> names = new HashSet<>();
        view.columns().forEach(column -> names.add(column.name()));
        return names;
    }

    static Set<String> columnsOf(TableDraft table) {
        Set<String> names = new HashSet<>(table.added().keySet());
        table.table().columns().forEach(column -> names.add(column.name()));
        table.renamed().forEach(rename -> names.add(rename.after()));
        return names;
    }
}
