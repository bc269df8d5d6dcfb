package dev.sluice.postgres.op;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Grant;
import dev.sluice.catalog.OtherObject;
import dev.sluice.catalog.Routine;
import dev.sluice.catalog.Sequence;
import dev.sluice.catalog.Table;
import dev.sluice.catalog.View;
import dev.sluice.planner.Draft;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A thing that was there before the migration, as ALTER, COMMENT and GRANT name it.
 *
 * @param word its kind in SQL
 * @param arguments of a function, with brackets; otherwise empty
 * @param comment the one it had
 * @param grants empty as well for kinds whose privileges only a comparison reads
 */
record NamedObject(
        String word, QualifiedName name, String arguments, String owner, Optional<String> comment, List<Grant> grants) {

    /** Kinds that only a comparison reads in detail: what SQL calls them, by what the grammar does. */
    private static final Map<String, String> OTHERS = Map.of(
            "OBJECT_COLLATION", "COLLATION",
            "OBJECT_CONVERSION", "CONVERSION",
            "OBJECT_TSCONFIGURATION", "TEXT SEARCH CONFIGURATION",
            "OBJECT_TSDICTIONARY", "TEXT SEARCH DICTIONARY",
            "OBJECT_FOREIGN_SERVER", "SERVER",
            "OBJECT_FDW", "FOREIGN DATA WRAPPER",
            "OBJECT_LANGUAGE", "LANGUAGE");

    NamedObject {
        grants = List.copyOf(grants);
    }

    /** {@code VIEW public.v}: what comes after ALTER, under another name. */
    String as(QualifiedName other) {
        return word + " " + other.quoted() + arguments;
    }

    String sql() {
        return as(name);
    }

    /** Whether privileges on this kind of thing are read from the catalog. */
    boolean knowsGrants() {
        return !OTHERS.containsValue(word);
    }

    /** The thing of that kind; empty when the migration makes it, when it does not exist, or for kinds not known here. */
    static Optional<NamedObject> find(Draft draft, String type, Node relation, Node object) {
        Catalog catalog = draft.catalog();
        return switch (type) {
            case "OBJECT_TABLE", "OBJECT_FOREIGN_TABLE" ->
                table(draft, relation).or(() -> relation(draft, relation));
            case "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_SEQUENCE" -> relation(draft, relation);
            case "OBJECT_TYPE", "OBJECT_DOMAIN" ->
                type(catalog, type.equals("OBJECT_DOMAIN") ? "DOMAIN" : "TYPE", parts(object));
            case "OBJECT_FUNCTION", "OBJECT_PROCEDURE", "OBJECT_ROUTINE", "OBJECT_AGGREGATE" ->
                routine(catalog, object).map(NamedObject::of);
            case "OBJECT_SCHEMA" -> schema(catalog, object.string());
            case "OBJECT_EXTENSION" ->
                catalog.extensions().stream()
                        .filter(e -> e.name().equals(object.string()))
                        .findFirst()
                        .map(e -> bare("EXTENSION", e.name(), e.owner(), e.comment()));
            case "OBJECT_PUBLICATION" ->
                catalog.publications().stream()
                        .filter(p -> p.name().equals(object.string()))
                        .findFirst()
                        .map(p -> bare("PUBLICATION", p.name(), p.owner(), p.comment()));
            case "OBJECT_EVENT_TRIGGER" ->
                catalog.eventTriggers().stream()
                        .filter(t -> t.name().equals(object.string()))
                        .findFirst()
                        .map(t -> bare("EVENT TRIGGER", t.name(), t.owner(), t.comment()));
            case "OBJECT_STATISTIC_EXT" ->
                catalog.statistics().stream()
                        .filter(s -> isMeant(catalog, parts(object), s.name()))
                        .findFirst()
                        .map(s -> new NamedObject("STATISTICS", s.name(), "", s.owner(), s.comment(), List.of()));
            default -> Optional.ofNullable(OTHERS.get(type)).flatMap(word -> other(catalog, word, object));
        };
    }

    static Optional<NamedObject> schema(Catalog catalog, String name) {
        return catalog.schemas().stream()
                .filter(s -> s.name().equals(name))
                .findFirst()
                .map(s ->
                        new NamedObject("SCHEMA", QualifiedName.of("", name), "", s.owner(), s.comment(), s.grants()));
    }

    private static NamedObject bare(String word, String name, String owner, Optional<String> comment) {
        return new NamedObject(word, QualifiedName.of("", name), "", owner, comment, List.of());
    }

    /** The name that a statement gives, whatever node the grammar puts it in. */
    static List<String> parts(Node object) {
        for (String field : List.of("names", "items", "objname")) {
            if (object.has(field)) {
                return object.strings(field);
            }
        }
        return List.of(object.string());
    }

    private static boolean isMeant(Catalog catalog, List<String> parts, QualifiedName name) {
        return name.name().equals(ObjectNames.last(parts))
                && ObjectNames.schema(parts)
                        .map(List::of)
                        .orElse(catalog.searchPath())
                        .contains(name.schema());
    }

    private static Optional<NamedObject> other(Catalog catalog, String word, Node object) {
        List<String> parts = parts(object);
        String kind = word.equals("SERVER") ? "foreign server" : word.toLowerCase(java.util.Locale.ROOT);
        boolean inSchema =
                !List.of("SERVER", "FOREIGN DATA WRAPPER", "LANGUAGE").contains(word);
        List<String> schemas = !inSchema
                ? List.of("")
                : ObjectNames.schema(parts).map(List::of).orElse(catalog.searchPath());
        return schemas.stream()
                .map(schema -> QualifiedName.of(schema, ObjectNames.last(parts)))
                .flatMap(name -> catalog.others().stream()
                        .filter(o -> o.kind().equals(kind))
                        // the query prints names without a schema unquoted
                        .filter(o -> o.identity().equals(inSchema ? name.quoted() : name.name()))
                        .map(o -> new NamedObject(word, name, "", owner(o), comment(o), List.of())))
                .findFirst();
    }

    private static String owner(OtherObject other) {
        return other.attributes().getOrDefault("owner", "");
    }

    private static Optional<String> comment(OtherObject other) {
        return Optional.ofNullable(other.attributes().get("comment"));
    }

    private static Optional<NamedObject> table(Draft draft, Node relation) {
        return draft.findTable(relation)
                .filter(t -> !draft.isNew(relation))
                .map(TableDraft::table)
                .map(NamedObject::of);
    }

    static NamedObject of(Table table) {
        String word = table.kind() == Table.Kind.FOREIGN ? "FOREIGN TABLE" : "TABLE";
        return new NamedObject(word, table.name(), "", table.owner(), table.comment(), table.grants());
    }

    static NamedObject of(View view) {
        String word = view.kind() == View.Kind.VIEW ? "VIEW" : "MATERIALIZED VIEW";
        return new NamedObject(word, view.name(), "", view.owner(), view.comment(), view.grants());
    }

    static NamedObject of(Sequence sequence) {
        return new NamedObject(
                "SEQUENCE", sequence.name(), "", sequence.owner(), sequence.comment(), sequence.grants());
    }

    static NamedObject of(Routine routine) {
        String word = switch (routine.kind()) {
            case PROCEDURE -> "PROCEDURE";
            case AGGREGATE -> "AGGREGATE";
            default -> "FUNCTION";
        };
        boolean ofAnything =
                routine.kind() == Routine.Kind.AGGREGATE && routine.arguments().isEmpty();
        return new NamedObject(
                word,
                routine.name(),
                ofAnything ? "(*)" : "(" + routine.arguments() + ")",
                routine.owner(),
                routine.comment(),
                routine.grants());
    }

    private static Optional<NamedObject> relation(Draft draft, Node relation) {
        if (draft.isNew(relation)) {
            return Optional.empty();
        }
        Catalog catalog = draft.catalog();
        Optional<String> schema = Optional.of(relation.text("schemaname")).filter(s -> !s.isEmpty());
        String name = relation.text("relname");
        return catalog.resolveView(schema, name)
                .map(NamedObject::of)
                .or(() -> catalog.resolveSequence(schema, name).map(NamedObject::of));
    }

    private static Optional<NamedObject> type(Catalog catalog, String word, List<String> parts) {
        return catalog.resolveType(ObjectNames.schema(parts), ObjectNames.last(parts))
                .map(t -> new NamedObject(word, t.name(), "", t.owner(), t.comment(), t.grants()));
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
