package dev.sluice.lint.schema;

import dev.sluice.sql.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The relations of whose columns a query reads all, as it says {@code *} or {@code t.*}.
 *
 * @param relations as nodes with {@code schemaname} and {@code relname}
 * @param ofAnything whether there is one for which that cannot be told
 */
record Stars(List<Node> relations, boolean ofAnything) {

    /** A star in a list of columns stands for what the FROM beside it has; one elsewhere, as in {@code to_json(t.*)}, is not told. */
    static Stars of(Node query) {
        List<Node> relations = new ArrayList<>();
        long told = 0;
        boolean missing = false;
        List<Node> selects = query.walk()
                .filter(node -> node.has("targetList") && node.has("fromClause"))
                .toList();
        for (Node select : selects) {
            List<Node> from =
                    select.list("fromClause").stream().flatMap(Stars::items).toList();
            for (Node target : select.list("targetList")) {
                List<Node> fields = target.get("val").list("fields");
                if (fields.isEmpty() || !fields.get(fields.size() - 1).is("A_Star")) {
                    continue;
                }
                told++;
                List<Node> meant = fields.size() == 1
                        ? from
                        : from.stream()
                                .filter(item -> name(item)
                                        .equals(fields.get(fields.size() - 2).string()))
                                .toList();
                missing |= meant.isEmpty();
                meant.stream().filter(item -> item.is("RangeVar")).forEach(relations::add);
            }
        }
        return new Stars(relations, missing || told < query.all("A_Star").size());
    }

    /** What a FROM has: joins stand for what they join, and a query in it is looked at by itself. */
    private static Stream<Node> items(Node item) {
        return item.is("JoinExpr") ? Stream.of("larg", "rarg").map(item::get).flatMap(Stars::items) : Stream.of(item);
    }

    private static String name(Node item) {
        String alias = item.get("alias").text("aliasname");
        return alias.isEmpty() ? item.text("relname") : alias;
    }
}
