package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonParser;
import dev.sluice.parser.PgParser;
import dev.sluice.parser.PgSyntaxException;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.Tokens;
import dev.sluice.sql.Utf8Offsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * An SQL expression over the columns of a row. Rewritten by splicing at the places where its parse tree says that a
 * column is named, never by string search. Immutable.
 *
 * @param sql its text
 * @param tree its parse tree
 * @param references every place that names a column, in the order of the text
 */
public record Expression(String sql, Node tree, List<Reference> references) {

    private static final String PREFIX = "SELECT ";

    public Expression {
        requireNonNull(sql);
        requireNonNull(tree);
        references = List.copyOf(references);
    }

    /**
     * A column named in the text.
     *
     * @param qualifier the table or alias before it, empty when there is none
     * @param column the column; empty for {@code t.*} and other forms that name no single column
     */
    public record Reference(int start, int end, String qualifier, String column) {}

    /** @throws IllegalArgumentException when the text is not one expression */
    public static Expression parse(PgParser parser, String sql) {
        String select = PREFIX + sql;
        try {
            Node statement = Node.of(JsonParser.parseString(parser.parse(select))
                    .getAsJsonObject()
                    .getAsJsonArray("stmts")
                    .get(0)
                    .getAsJsonObject()
                    .get("stmt"));
            List<Node> targets = statement.list("targetList");
            if (targets.size() != 1) {
                throw new IllegalArgumentException("not one expression: " + sql);
            }
            Node value = targets.get(0).get("val");
            return new Expression(sql, value, references(value, select));
        } catch (PgSyntaxException e) {
            throw new IllegalArgumentException("not an expression: " + sql + " (" + e.getMessage() + ")", e);
        }
    }

    /** The columns it names, without those qualified by a table other than the given names. */
    public Set<String> columns() {
        Set<String> columns = new TreeSet<>();
        references.forEach(reference -> columns.add(reference.column));
        columns.remove("");
        return columns;
    }

    /** Whether it names a whole row ({@code t.*}). */
    public boolean namesWholeRow() {
        return references.stream().anyMatch(reference -> reference.column.isEmpty());
    }

    public boolean hasSubquery() {
        return !tree.all("SubLink").isEmpty();
    }

    public boolean hasParameters() {
        return !tree.all("ParamRef").isEmpty();
    }

    /** Its text with some references replaced; the replacement must be safe to stand in any operator's argument. */
    public String rewrite(Function<Reference, Optional<String>> replacement) {
        StringBuilder text = new StringBuilder(sql);
        for (int i = references.size() - 1; i >= 0; i--) {
            Reference reference = references.get(i);
            replacement.apply(reference).ifPresent(with -> text.replace(reference.start, reference.end, with));
        }
        return text.toString();
    }

    /**
     * Its text with the names of some types replaced.
     *
     * @param replacement from a type's name as written, schema first, to its name as SQL; array brackets stay
     */
    public String withTypes(Function<List<String>, Optional<String>> replacement) {
        String select = PREFIX + sql;
        List<Tokens.Token> tokens = Tokens.of(select);
        Utf8Offsets offsets = new Utf8Offsets(select);
        StringBuilder text = new StringBuilder(sql);
        List<Node> types = new ArrayList<>(tree.all("TypeName"));
        types.removeIf(type -> type.location() < 0);
        types.sort(Comparator.comparingInt(Node::location).reversed());
        for (Node type : types) {
            List<String> name = type.strings("names");
            replacement.apply(name).ifPresent(with -> {
                int start = offsets.charOffset(type.location());
                int end = endOf(tokens, start, name.size());
                text.replace(start - PREFIX.length(), end - PREFIX.length(), with);
            });
        }
        return text.toString();
    }

    /** Its text with every reference that one of the qualifiers (or none) precedes written as {@code prefix.column}. */
    public String qualified(String prefix, Set<String> qualifiers) {
        return rewrite(reference -> reference.qualifier.isEmpty() || qualifiers.contains(reference.qualifier)
                ? Optional.of(prefix + Identifier.quote(reference.column))
                : Optional.empty());
    }

    /** Those of its references that stand in a part of its tree. */
    List<Reference> references(Node part) {
        return references(part, PREFIX + sql);
    }

    private static List<Reference> references(Node value, String select) {
        List<Tokens.Token> tokens = Tokens.of(select);
        Utf8Offsets offsets = new Utf8Offsets(select);
        List<Reference> found = new ArrayList<>();
        for (Node node : value.all("ColumnRef")) {
            if (node.location() < 0) {
                continue;
            }
            int start = offsets.charOffset(node.location());
            List<Node> fields = node.list("fields");
            int end = endOf(tokens, start, fields.size());
            Node last = fields.get(fields.size() - 1);
            String qualifier = fields.size() > 1 ? fields.get(fields.size() - 2).string() : "";
            found.add(new Reference(start - PREFIX.length(), end - PREFIX.length(), qualifier, last.string()));
        }
        found.sort(Comparator.comparingInt(Reference::start));
        return found;
    }

    /** {@code a.b.c} is one token per field and one per dot. */
    private static int endOf(List<Tokens.Token> tokens, int start, int fields) {
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).start() == start) {
                return tokens.get(i + 2 * (fields - 1)).end();
            }
        }
        throw new IllegalStateException("no token at " + start);
    }
}
