package dev.sluice.lint.schema;

import dev.sluice.sql.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an expression's parse tree mentions. Pure. */
public final class Expressions {

    private Expressions() {}

    /** Columns, by their last name. */
    public static Set<String> columns(Node expression) {
        return expression.all("ColumnRef").stream()
                .flatMap(ref -> column(ref).stream())
                .collect(Collectors.toSet());
    }

    /** The column that this is a reference to, by its last name. */
    public static Optional<String> column(Node reference) {
        List<Node> fields = reference.list("fields");
        return reference.is("ColumnRef")
                        && !fields.isEmpty()
                        && fields.get(fields.size() - 1).is("String")
                ? Optional.of(fields.get(fields.size() - 1).string())
                : Optional.empty();
    }

    /** The names of the columns that a CREATE VIEW makes; empty where it does not write all of them down. */
    public static List<String> viewColumns(Node view) {
        List<String> names = new ArrayList<>(view.strings("aliases"));
        List<Node> targets = view.get("query").list("targetList");
        for (Node target : targets.subList(Math.min(names.size(), targets.size()), targets.size())) {
            names.add(target.text("name").isEmpty() ? column(target.get("val")).orElse("") : target.text("name"));
        }
        return targets.isEmpty() || names.contains("") ? List.of() : names;
    }

    /** Relations of a query, as nodes with {@code schemaname} and {@code relname}. */
    public static Stream<Node> relations(Node query) {
        return query.all("RangeVar").stream();
    }
}
