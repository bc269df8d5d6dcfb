package dev.sluice.planner;

import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.Tokens;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Turns the UPDATE of a script into expressions that give one row its values. In the result every column of the row is
 * written as {@code sluice_row.column}, whatever the script called the table.
 */
public final class FillExpressions {

    /** Stands for the row in a fill's expression. */
    public static final String ROW = "sluice_row";

    private final Draft draft;
    private final Change change;
    private final UpdateParts update;
    private final Function<String, Optional<String>> types;

    /** @param types the type of a column that the UPDATE sets, as SQL */
    public FillExpressions(Draft draft, Change change, UpdateParts update, Function<String, Optional<String>> types) {
        this.draft = draft;
        this.change = change;
        this.update = update;
        this.types = types;
    }

    /**
     * The expressions by column.
     *
     * @param column what a column of the row is made of: the SQL to stand in its place
     * @param otherwise what a row gets that the condition does not hold for; empty for NULL
     */
    public Map<String, AddedColumn.Fill> all(
            Function<String, String> column, Function<String, Optional<String>> otherwise) {
        Map<String, AddedColumn.Fill> fills = new LinkedHashMap<>();
        update.assignments().forEach((target, sql) -> fills.put(target, fill(target, sql, column, otherwise)));
        return fills;
    }

    private AddedColumn.Fill fill(
            String target, String sql, Function<String, String> column, Function<String, Optional<String>> otherwise) {
        Optional<Looked> looked = update.from().map(from -> looked());
        Set<String> others = looked.map(Looked::columns).orElse(Set.of());
        String value = assigned(draft, rewrite(sql, column, others), types.apply(target));
        Optional<String> where = update.where().map(w -> rewrite(w, column, others));
        if (looked.isPresent()) {
            requireOneMatch(update.where().orElse(""), looked.get());
            if (otherwise.apply(target).isPresent()) {
                throw draft.refuse(
                        change,
                        "update-from-with-default",
                        "rows without a match would keep the default of " + Identifier.quote(target)
                                + ", which a lookup for each row cannot tell from a match",
                        "Add the column without a default, and set the default in a later migration.");
            }
            String lookup = "(SELECT " + value + " FROM " + update.from().orElseThrow()
                    + where.map(w -> " WHERE " + w).orElse("") + ")";
            return new AddedColumn.Fill(draft.expression(lookup), change, true);
        }
        Expression expression = draft.expression(where.map(w -> "CASE WHEN " + w + " THEN " + value
                        + otherwise.apply(target).map(o -> " ELSE " + o).orElse("") + " END")
                .orElse(value));
        if (expression.hasSubquery()) {
            return new AddedColumn.Fill(expression, change, true);
        }
        return new AddedColumn.Fill(expression, change, false);
    }

    /**
     * A literal (or NULL) takes the type of the column that it is assigned to; within CASE or a subquery it would be a text first
     * (section "UNION, CASE, and Related Constructs" of PostgreSQL's documentation).
     */
    static String assigned(Draft draft, String sql, Optional<String> type) {
        Node tree = draft.expression(sql).tree();
        boolean untyped = tree.is("A_Const") && (tree.has("sval") || tree.flag("isnull"));
        return untyped ? type.map(t -> Derived.assigned(sql, t)).orElse(sql) : sql;
    }

    private String rewrite(String sql, Function<String, String> column, Set<String> others) {
        Expression expression = draft.expression(sql);
        for (Expression.Reference reference : expression.references()) {
            if (reference.column().isEmpty() || update.names().contains(reference.column())) {
                throw draft.refuse(
                        change,
                        "whole-row-reference",
                        "the expression uses the whole row, whose shape differs between the two versions",
                        "Name the columns that it needs.");
            }
        }
        SubqueryNames inner = SubqueryNames.of(draft, change, expression);
        return expression.rewrite(reference -> {
            boolean unqualified = reference.qualifier().isEmpty();
            if (inner.isUnknown(reference)) {
                throw draft.refuse(
                        change,
                        "unqualified-in-subquery",
                        Identifier.quote(reference.column())
                                + " may be a column of the row or of what the subquery reads,"
                                + " whose columns this script does not tell",
                        "Write the table before it: "
                                + update.names().iterator().next() + "." + Identifier.quote(reference.column()) + ".");
            }
            boolean own = !inner.has(reference)
                    && (unqualified
                            ? !others.contains(reference.column())
                            : update.names().contains(reference.qualifier()));
            return own ? Optional.of(column.apply(reference.column())) : Optional.empty();
        });
    }

    /**
     * The one table that the row is joined to.
     *
     * @param unique sets of columns whose values are of one row at most
     */
    private record Looked(String name, Set<String> columns, List<Set<String>> unique) {}

    private Looked looked() {
        List<Node> from = change.statement().node().list("fromClause");
        if (from.size() != 1 || !from.get(0).is("RangeVar")) {
            throw draft.refuse(
                    change,
                    "update-from-join",
                    "UPDATE … FROM more than one table cannot be followed row by row while both versions write",
                    "Look the value up in one table, or write it as a subquery: SET c = (SELECT … WHERE key = c2).");
        }
        Node relation = from.get(0);
        if (draft.isNew(relation)) {
            NewTable made = NewTable.of(draft, change, relation)
                    .orElseThrow(() -> draft.refuse(
                            change,
                            "update-from-ambiguous",
                            "the script does not tell the columns of " + relation.text("relname") + ", nor which are"
                                    + " unique there",
                            "Write its columns and its key in CREATE TABLE, or a subquery: SET c = (SELECT max(x) FROM "
                                    + relation.text("relname") + " WHERE …)."));
            return new Looked(relation.text("relname"), made.columns(), made.unique());
        }
        TableDraft table = draft.table(change, relation);
        List<Set<String>> unique = table.table().indexes().stream()
                .filter(i -> i.unique() && i.valid() && i.predicate().isEmpty() && !i.hasExpressionKeys())
                .map(index -> index.keyColumns().stream()
                        .map(column -> table.renamed().stream()
                                .filter(rename -> rename.before().equals(column))
                                .map(TableDraft.Renamed::after)
                                .findFirst()
                                .orElse(column))
                        .collect(Collectors.toSet()))
                .toList();
        return new Looked(table.name().toString(), SubqueryNames.columnsOf(table), unique);
    }

    /** A row may match at most one row of the other table, or the plain run's choice would be arbitrary. */
    private void requireOneMatch(String where, Looked lookup) {
        Node from = change.statement().node().list("fromClause").get(0);
        String alias = from.has("alias") ? from.get("alias").text("aliasname") : from.text("relname");
        Set<String> equal = new HashSet<>();
        List<Tokens.Token> tokens = Tokens.of(where);
        for (Node operator :
                draft.expression(where.isEmpty() ? "true" : where).tree().all("A_Expr")) {
            if (operator.text("kind").equals("AEXPR_OP")
                    && operator.strings("name").contains("=")) {
                for (String side : List.of("lexpr", "rexpr")) {
                    List<String> fields = operator.get(side).strings("fields");
                    boolean theirs = fields.size() == 2 && fields.get(0).equals(alias)
                            || fields.size() == 1 && lookup.columns().contains(fields.get(0));
                    if (theirs) {
                        equal.add(fields.get(fields.size() - 1));
                    }
                }
            }
        }
        boolean disjunction = tokens.stream().anyMatch(t -> t.depth() == 0 && t.isWord("or"));
        boolean unique = lookup.unique().stream().anyMatch(equal::containsAll);
        if (disjunction || !unique) {
            throw draft.refuse(
                    change,
                    "update-from-ambiguous",
                    "a row may match several rows of " + lookup.name() + ": nothing makes "
                            + (equal.isEmpty() ? "the joined columns" : String.join(", ", equal)) + " unique there",
                    "Join on a unique key of " + lookup.name() + ", or aggregate: SET c = (SELECT max(…) FROM …).");
        }
    }
}
