package dev.sluice.postgres.op;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Routine;
import dev.sluice.catalog.View;
import dev.sluice.planner.Draft;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * A thing that was there before the migration, as ALTER names it.
 *
 * @param word its kind in SQL
 * @param arguments of a function, with brackets; otherwise empty
 */
record NamedObject(String word, QualifiedName name, String arguments, String owner) {

    /** {@code VIEW public.v}: what comes after ALTER, under another name. */
    String as(QualifiedName other) {
        return word + " " + other.quoted() + arguments;
    }

    String sql() {
        return as(name);
    }

    /** The thing of that kind; empty when the migration makes it, when it does not exist, or for kinds not known here. */
    static Optional<NamedObject> find(Draft draft, String type, Node relation, Node object) {
        return switch (type) {
            case "OBJECT_TABLE" -> table(draft, relation).or(() -> relation(draft, relation));
            case "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_SEQUENCE" -> relation(draft, relation);
            case "OBJECT_TYPE", "OBJECT_DOMAIN" ->
                type(draft.catalog(), type.equals("OBJECT_DOMAIN") ? "DOMAIN" : "TYPE", parts(object));
            case "OBJECT_FUNCTION", "OBJECT_PROCEDURE", "OBJECT_ROUTINE" ->
                routine(draft.catalog(), object)
                        .map(r -> new NamedObject(
                                r.kind() == Routine.Kind.PROCEDURE ? "PROCEDURE" : "FUNCTION",
                                r.name(),
                                "(" + r.arguments() + ")",
                                r.owner()));
            default -> Optional.empty();
        };
    }

    private static List<String> parts(Node object) {
        return object.has("names") ? object.strings("names") : object.strings("items");
    }

    private static Optional<NamedObject> table(Draft draft, Node relation) {
        return draft.findTable(relation)
                .filter(t -> !draft.isNew(relation))
                .map(t -> new NamedObject("TABLE", t.name(), "", t.table().owner()));
    }

    private static Optional<NamedObject> relation(Draft draft, Node relation) {
        if (draft.isNew(relation)) {
            return Optional.empty();
        }
        Catalog catalog = draft.catalog();
        Optional<String> schema = Optional.of(relation.text("schemaname")).filter(s -> !s.isEmpty());
        String name = relation.text("relname");
        return catalog.resolveView(schema, name)
                .map(v -> new NamedObject(
                        v.kind() == View.Kind.VIEW ? "VIEW" : "MATERIALIZED VIEW", v.name(), "", v.owner()))
                .or(() -> catalog.resolveSequence(schema, name)
                        .map(s -> new NamedObject("SEQUENCE", s.name(), "", s.owner())));
    }

    private static Optional<NamedObject> type(Catalog catalog, String word, List<String> parts) {
        return catalog.resolveType(ObjectNames.schema(parts), ObjectNames.last(parts))
                .map(t -> new NamedObject(word, t.name(), "", t.owner()));
    }

    /** The function an ObjectWithArgs means, unless several would do. */
    static Optional<Routine> routine(Catalog catalog, Node object) {
        List<String> parts = object.strings("objname");
        for (String schema : ObjectNames.schema(parts).map(List::of).orElse(catalog.searchPath())) {
            List<Routine> overloads = catalog.functions(QualifiedName.of(schema, ObjectNames.last(parts)));
            Optional<Routine> found = !object.flag("args_unspecified")
                    ? Functions.find(overloads, Functions.signature(object.list("objargs")))
                    : Optional.of(overloads).filter(o -> o.size() == 1).map(o -> o.get(0));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
