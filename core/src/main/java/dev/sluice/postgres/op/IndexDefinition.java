package dev.sluice.postgres.op;

import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import dev.sluice.sql.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a CREATE INDEX says.
 *
 * @param tail what follows the table's name: method, keys, INCLUDE, NULLS NOT DISTINCT, WITH, TABLESPACE, WHERE
 * @param keys text of each key without operator class and order; plain columns quoted
 * @param expressions those keys that are no plain columns
 * @param columns every column it names
 * @param names what the keys and included columns are called in a generated name
 */
record IndexDefinition(
        boolean unique,
        boolean nullsNotDistinct,
        String tail,
        List<String> keys,
        List<String> expressions,
        Optional<String> predicate,
        Set<String> columns,
        List<String> names) {

    IndexDefinition {
        keys = List.copyOf(keys);
        expressions = List.copyOf(expressions);
        columns = Set.copyOf(columns);
        names = List.copyOf(names);
    }

    static IndexDefinition of(Statement statement) {
        Node node = statement.node();
        String tail = statement
                .sql()
                .substring(new Rewrite(statement).endOf(node.get("relation")))
                .strip();
        List<Tokens.Token> tokens = Tokens.of(tail);
        List<String> texts = elements(tail, tokens);
        List<String> keys = new ArrayList<>();
        List<String> expressions = new ArrayList<>();
        Set<String> columns = new TreeSet<>();
        List<Node> elements = node.list("indexParams");
        for (int i = 0; i < elements.size(); i++) {
            Node element = elements.get(i);
            String column = element.text("name");
            if (column.isEmpty()) {
                String expression = expression(texts.get(i));
                keys.add(expression);
                expressions.add(expression);
                columns.addAll(columnsOf(element.get("expr")));
            } else {
                keys.add(Identifier.quote(column));
                columns.add(column);
            }
        }
        node.list("indexIncludingParams").forEach(p -> columns.add(p.text("name")));
        columns.addAll(columnsOf(node.get("whereClause")));
        Optional<String> predicate = tokens.stream()
                .filter(t -> t.depth() == 0 && t.isWord("where"))
                .findFirst()
                .map(t -> tail.substring(t.end()).strip());
        return new IndexDefinition(
                node.flag("unique"),
                node.flag("nulls_not_distinct"),
                tail,
                keys,
                expressions,
                predicate,
                columns,
                Stream.concat(elements.stream(), node.list("indexIncludingParams").stream())
                        .map(GeneratedNames::keyName)
                        .toList());
    }

    /** Whether both are written alike: then the one can be a part of the other. */
    boolean isLike(IndexDefinition other) {
        return unique == other.unique && words(tail).equals(words(other.tail));
    }

    private static List<String> words(String tail) {
        List<String> words = Tokens.of(tail).stream()
                .map(token -> token.kind() == Tokens.Kind.WORD ? token.identifier() : token.text())
                .toList();
        boolean method = words.size() > 2 && words.subList(0, 2).equals(List.of("using", "btree"));
        return method ? words.subList(2, words.size()) : words;
    }

    /** CREATE [UNIQUE] INDEX name ON table …, without CONCURRENTLY. */
    String create(QualifiedName index, QualifiedName table, boolean only) {
        return "CREATE " + (unique ? "UNIQUE " : "") + "INDEX " + Identifier.quote(index.name()) + " ON "
                + (only ? "ONLY " : "") + table.quoted() + " " + tail;
    }

    /** Finds groups of rows that the unique index would not allow. */
    String duplicates(QualifiedName table) {
        List<String> where = new ArrayList<>();
        predicate.ifPresent(p -> where.add("(" + p + ")"));
        if (!nullsNotDistinct) {
            keys.forEach(key -> where.add(key + " IS NOT NULL"));
        }
        String list = String.join(", ", keys);
        return "SELECT " + list + ", count(*) AS rows FROM " + table.quoted()
                + (where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where)) + " GROUP BY " + list
                + " HAVING count(*) > 1 LIMIT 10";
    }

    static Set<String> columnsOf(Node expression) {
        Set<String> columns = new TreeSet<>();
        expression.all("ColumnRef").forEach(c -> {
            List<String> fields = c.strings("fields");
            columns.add(fields.get(fields.size() - 1));
        });
        columns.remove("");
        return columns;
    }

    /** The texts between the commas of the first bracket. */
    private static List<String> elements(String tail, List<Tokens.Token> tokens) {
        List<String> elements = new ArrayList<>();
        int open = -1;
        for (Tokens.Token token : tokens) {
            if (open < 0 && token.is("(") && token.depth() == 0) {
                open = token.end();
            } else if (open >= 0 && token.is(",") && token.depth() == 1) {
                elements.add(tail.substring(open, token.start()).strip());
                open = token.end();
            } else if (open >= 0 && token.is(")") && token.depth() == 0) {
                elements.add(tail.substring(open, token.start()).strip());
                return elements;
            }
        }
        return elements;
    }

    /** {@code (expression)} or {@code f(…)} at the start of a key, before COLLATE, operator class and order. */
    private static String expression(String element) {
        for (Tokens.Token token : Tokens.of(element)) {
            if (token.is(")") && token.depth() == 0) {
                return element.substring(0, token.end());
            }
        }
        return element;
    }
}
