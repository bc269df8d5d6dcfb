package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.sql.Node;
import dev.sluice.sql.Statement;
import dev.sluice.sql.Tokens;
import dev.sluice.sql.Tokens.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The clauses of {@code UPDATE t [AS a] SET c = expr, … [FROM …] [WHERE …]}, as text. Pure.
 *
 * @param assignments expression by column, in the order written
 * @param from the FROM clause without the keyword
 * @param where the condition without the keyword
 * @param names what the target table is called in the statement: its name, or the alias that hides it
 */
public record UpdateParts(
        Map<String, String> assignments, Optional<String> from, Optional<String> where, Set<String> names) {

    public UpdateParts {
        assignments = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(assignments));
        requireNonNull(from);
        requireNonNull(where);
        names = Set.copyOf(names);
    }

    /** Empty for forms that are not taken apart: WITH, RETURNING, {@code (a, b) = (SELECT …)}, subscripts. */
    public static Optional<UpdateParts> of(Statement statement) {
        Node update = statement.node();
        if (!update.is("UpdateStmt")
                || update.has("withClause")
                || !update.list("returningList").isEmpty()
                || update.has("returningClause")
                || update.list("targetList").stream()
                        .anyMatch(t -> t.get("val").is("MultiAssignRef")
                                        && !t.get("val").get("source").is("RowExpr")
                                || !t.list("indirection").isEmpty())) {
            return Optional.empty();
        }
        String sql = statement.sql();
        List<Token> top =
                Tokens.of(sql).stream().filter(token -> token.depth() == 0).toList();
        int set = find(top, 0, "set");
        int from = findFrom(top, set);
        int where = find(top, set, "where");
        int end = top.size();
        int assignmentsEnd = Math.min(from < 0 ? end : from, where < 0 ? end : where);
        Map<String, String> assignments = assignments(sql, top.subList(set + 1, assignmentsEnd));
        if (assignments.size() != update.list("targetList").size()) {
            return Optional.empty();
        }
        Set<String> names = new TreeSet<>();
        Node relation = update.get("relation");
        names.add(relation.has("alias") ? relation.get("alias").text("aliasname") : relation.text("relname"));
        return Optional.of(new UpdateParts(
                assignments,
                from < 0 ? Optional.empty() : Optional.of(text(sql, top, from + 1, where < 0 ? end : where)),
                where < 0 ? Optional.empty() : Optional.of(text(sql, top, where + 1, end)),
                names));
    }

    private static Map<String, String> assignments(String sql, List<Token> tokens) {
        Map<String, String> assignments = new LinkedHashMap<>();
        int from = 0;
        for (int i = 0; i <= tokens.size(); i++) {
            if (i == tokens.size() || tokens.get(i).is(",")) {
                if (i - from >= 3 && tokens.get(from + 1).is("=")) {
                    assignments.put(
                            tokens.get(from).identifier(),
                            sql.substring(
                                    tokens.get(from + 2).start(),
                                    tokens.get(i - 1).end()));
                } else if (i - from >= 5
                        && tokens.get(from).is("(")
                        && tokens.get(from + 2).is("=")) {
                    List<String> columns = within(sql, tokens.get(from), tokens.get(from + 1));
                    List<String> values = within(sql, tokens.get(i - 2), tokens.get(i - 1));
                    for (int k = 0; k < Math.min(columns.size(), values.size()); k++) {
                        assignments.put(Tokens.of(columns.get(k)).get(0).identifier(), values.get(k));
                    }
                }
                from = i + 1;
            }
        }
        return assignments;
    }

    /** The members of a list in brackets. */
    private static List<String> within(String sql, Token open, Token close) {
        String list = sql.substring(open.end(), close.start());
        List<String> members = new ArrayList<>();
        int from = 0;
        for (Token token : Tokens.of(list)) {
            if (token.is(",") && token.depth() == 0) {
                members.add(list.substring(from, token.start()).strip());
                from = token.end();
            }
        }
        members.add(list.substring(from).strip());
        return members;
    }

    private static String text(String sql, List<Token> tokens, int from, int to) {
        return sql.substring(tokens.get(from).start(), tokens.get(to - 1).end());
    }

    private static int find(List<Token> tokens, int from, String keyword) {
        for (int i = Math.max(0, from); i < tokens.size(); i++) {
            if (tokens.get(i).isWord(keyword)) {
                return i;
            }
        }
        return -1;
    }

    /** The FROM of the statement, not that of IS [NOT] DISTINCT FROM. */
    private static int findFrom(List<Token> tokens, int start) {
        List<Integer> places = new ArrayList<>();
        for (int i = start + 1; i < tokens.size(); i++) {
            if (tokens.get(i).isWord("from") && !tokens.get(i - 1).isWord("distinct")) {
                places.add(i);
            }
        }
        return places.isEmpty() ? -1 : places.get(0);
    }
}
