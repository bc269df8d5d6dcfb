package dev.sluice.planner;

import dev.sluice.catalog.Catalog;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which relations a statement names. Pure. */
public final class Mentions {

    /** Object types of DROP and COMMENT whose names are relations; COLUMN and CONSTRAINT names start with one. */
    private static final Set<String> RELATIONS = Set.of(
            "OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_SEQUENCE", "OBJECT_INDEX", "OBJECT_FOREIGN_TABLE");

    private static final Set<String> PARTS_OF_RELATIONS =
            Set.of("OBJECT_COLUMN", "OBJECT_TABCONSTRAINT", "OBJECT_TRIGGER", "OBJECT_RULE", "OBJECT_POLICY");

    private Mentions() {}

    /** A relation's name as written; the schema is empty when the statement does not say. */
    public record Name(String schema, String name) {

        /** The relation meant: the schema it names, else the first of the search path where {@code exists}. */
        public Optional<QualifiedName> resolve(Catalog catalog, java.util.function.Predicate<QualifiedName> exists) {
            List<String> schemas = schema.isEmpty() ? catalog.searchPath() : List.of(schema);
            return schemas.stream()
                    .map(s -> QualifiedName.of(s, name))
                    .filter(exists)
                    .findFirst();
        }
    }

    /** Every relation named in the statement, subqueries and foreign keys included. */
    public static List<Name> of(Statement statement) {
        Node node = statement.node();
        List<Name> names = new ArrayList<>();
        node.all("RangeVar").forEach(v -> names.add(new Name(v.text("schemaname"), v.text("relname"))));
        String dropped = node.text("removeType");
        for (Node object : node.list("objects")) {
            if (RELATIONS.contains(dropped) || PARTS_OF_RELATIONS.contains(dropped)) {
                names.add(name(object.strings("items"), PARTS_OF_RELATIONS.contains(dropped)));
            }
        }
        String commented = node.text("objtype");
        if (node.is("CommentStmt") && (RELATIONS.contains(commented) || PARTS_OF_RELATIONS.contains(commented))) {
            names.add(name(node.get("object").strings("items"), PARTS_OF_RELATIONS.contains(commented)));
        }
        return names;
    }

    /** What a CREATE of a relation or function makes: its name without the schema. */
    public static Optional<String> made(Statement statement) {
        Node node = statement.node();
        String name = switch (statement.type()) {
            case "CreateStmt" -> node.get("relation").text("relname");
            case "CreateForeignTableStmt" -> node.get("base").get("relation").text("relname");
            case "CreateTableAsStmt" -> node.get("into").get("rel").text("relname");
            case "ViewStmt" -> node.get("view").text("relname");
            case "CreateSeqStmt" -> node.get("sequence").text("relname");
            case "CreateFunctionStmt" -> {
                List<String> parts = node.strings("funcname");
                yield parts.get(parts.size() - 1);
            }
            default -> "";
        };
        return Optional.of(name).filter(n -> !n.isEmpty());
    }

    private static Name name(List<String> parts, boolean partOfRelation) {
        List<String> relation = partOfRelation ? parts.subList(0, parts.size() - 1) : parts;
        int size = relation.size();
        return new Name(size > 1 ? relation.get(size - 2) : "", relation.get(size - 1));
    }
}
