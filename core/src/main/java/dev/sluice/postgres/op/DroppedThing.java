package dev.sluice.postgres.op;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Index;
import dev.sluice.catalog.ObjectRef;
import dev.sluice.catalog.Routine;
import dev.sluice.plan.Note;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A view, function, type or sequence that a DROP means.
 *
 * @param word its kind, as in the statement
 * @param arguments of a function, with brackets
 */
record DroppedThing(String word, QualifiedName name, String arguments, ObjectRef ref) {

    private static final Map<String, String> WORDS = Map.of(
            "OBJECT_VIEW", "VIEW",
            "OBJECT_MATVIEW", "MATERIALIZED VIEW",
            "OBJECT_SEQUENCE", "SEQUENCE",
            "OBJECT_TYPE", "TYPE",
            "OBJECT_DOMAIN", "DOMAIN",
            "OBJECT_FUNCTION", "FUNCTION",
            "OBJECT_PROCEDURE", "PROCEDURE",
            "OBJECT_ROUTINE", "ROUTINE",
            "OBJECT_AGGREGATE", "AGGREGATE");

    private static final Set<String> ROUTINES =
            Set.of("OBJECT_FUNCTION", "OBJECT_PROCEDURE", "OBJECT_ROUTINE", "OBJECT_AGGREGATE");

    private static final Set<String> MAKES = Set.of(
            "ViewStmt",
            "CreateTableAsStmt",
            "CreateSeqStmt",
            "CreateFunctionStmt",
            "CreateEnumStmt",
            "CreateDomainStmt",
            "CreateRangeStmt",
            "CompositeTypeStmt",
            "DefineStmt");

    DroppedThing {
        requireNonNull(word);
        requireNonNull(name);
        requireNonNull(arguments);
        requireNonNull(ref);
    }

    /** Whether the statement drops things of these kinds. */
    static boolean isDrop(Change change) {
        return change.kind().equals("DropStmt")
                && WORDS.containsKey(change.command().text("removeType"));
    }

    /** What the statement drops, what uses others of it first: one DROP may name things in any order, and purge drops them one by one. */
    static List<DroppedThing> of(Change change, Draft draft) {
        return dependentsFirst(draft, named(change, draft));
    }

    private static List<DroppedThing> named(Change change, Draft draft) {
        String type = change.command().text("removeType");
        List<DroppedThing> things = new ArrayList<>();
        for (Node object : change.command().list("objects")) {
            Optional<DroppedThing> thing = ROUTINES.contains(type)
                    ? routine(change, draft, WORDS.getOrDefault(type, ""), object)
                    : byName(draft, WORDS.getOrDefault(type, ""), names(object));
            if (thing.isEmpty()) {
                RecreateEnum.incomplete(change, draft)
                        .filter(r -> type.equals("OBJECT_TYPE"))
                        .ifPresent(refused -> {
                            throw refused;
                        });
                requireNotMade(change, draft, object);
            }
            if (thing.isPresent()) {
                things.add(thing.get());
            } else if (change.command().flag("missing_ok")) {
                Placement.names(change.text()).forEach(name -> MadeAndGone.requireOldName(change, draft, name));
                draft.note(Note.Level.INFO, change.source(), "nothing to drop: " + Placement.words(change));
            } else {
                throw draft.refuse(
                        change,
                        "missing-relation",
                        "what it drops does not exist before this migration",
                        "Check the name, or write IF EXISTS.");
            }
        }
        return things;
    }

    private static void requireNotMade(Change change, Draft draft, Node object) {
        List<String> parts = object.has("objname") ? object.strings("objname") : names(object);
        ScriptBefore.of(draft, change).changes().stream()
                .filter(c ->
                        MAKES.contains(c.kind()) && Placement.names(c.text()).contains(ObjectNames.last(parts)))
                .findFirst()
                .ifPresent(made -> {
                    throw draft.refuse(
                            change,
                            "missing-relation",
                            "line " + made.source().line() + " makes " + ObjectNames.last(parts)
                                    + ", or something of it, in a step that comes later than this one",
                            "Leave out both statements.");
                });
    }

    private static List<DroppedThing> dependentsFirst(Draft draft, List<DroppedThing> things) {
        List<DroppedThing> rest = new ArrayList<>(things);
        List<DroppedThing> ordered = new ArrayList<>();
        while (!rest.isEmpty()) {
            DroppedThing next = rest.stream()
                    .filter(thing ->
                            rest.stream().noneMatch(other -> !other.equals(thing) && uses(draft, other, thing)))
                    .findFirst()
                    .orElse(rest.get(0));
            rest.remove(next);
            ordered.add(next);
        }
        return ordered;
    }

    private static boolean uses(Draft draft, DroppedThing user, DroppedThing used) {
        return draft.catalog().dependencies().all().stream()
                .anyMatch(d -> d.dependent().name().equals(user.name)
                        && d.referenced().name().equals(used.name));
    }

    private static List<String> names(Node object) {
        return object.is("TypeName") || object.has("names") ? object.strings("names") : object.strings("items");
    }

    private static Optional<DroppedThing> byName(Draft draft, String word, List<String> parts) {
        Optional<String> schema = ObjectNames.schema(parts);
        String name = ObjectNames.last(parts);
        return switch (word) {
            case "VIEW" ->
                draft.catalog()
                        .resolveView(schema, name)
                        .map(v -> new DroppedThing(word, v.name(), "", ObjectRef.of(ObjectRef.Kind.VIEW, v.name())));
            case "MATERIALIZED VIEW" ->
                draft.catalog()
                        .resolveView(schema, name)
                        .map(v -> new DroppedThing(
                                word, v.name(), "", ObjectRef.of(ObjectRef.Kind.MATERIALIZED_VIEW, v.name())));
            case "SEQUENCE" ->
                draft.catalog()
                        .resolveSequence(schema, name)
                        .map(s ->
                                new DroppedThing(word, s.name(), "", ObjectRef.of(ObjectRef.Kind.SEQUENCE, s.name())));
            default ->
                draft.catalog()
                        .resolveType(schema, name)
                        .map(t -> new DroppedThing(word, t.name(), "", ObjectRef.of(ObjectRef.Kind.TYPE, t.name())));
        };
    }

    private static Optional<DroppedThing> routine(Change change, Draft draft, String word, Node object) {
        List<String> parts = object.strings("objname");
        List<String> schemas =
                ObjectNames.schema(parts).map(List::of).orElse(draft.catalog().searchPath());
        for (String schema : schemas) {
            List<Routine> overloads = draft.catalog().functions(QualifiedName.of(schema, ObjectNames.last(parts)));
            Optional<Routine> found = object.flag("args_unspecified")
                    ? overloads.stream().findFirst()
                    : Functions.find(overloads, Functions.signature(object.list("objargs")));
            if (object.flag("args_unspecified") && overloads.size() > 1) {
                throw draft.refuse(
                        change,
                        "missing-relation",
                        "several functions have this name",
                        "Write the types of its arguments.");
            }
            if (found.isPresent()) {
                Routine routine = found.get();
                return Optional.of(new DroppedThing(
                        word,
                        routine.name(),
                        "(" + routine.arguments() + ")",
                        ObjectRef.of(ObjectRef.Kind.FUNCTION, routine.name(), routine.arguments())));
            }
        }
        return Optional.empty();
    }

    List<String> toArchive(Draft draft) {
        List<String> statements = new ArrayList<>();
        List<String> move = Archive.move(draft, word, name, arguments);
        statements.add(move.get(0));
        indexes(draft)
                .forEach(index -> statements.add(renameIndex(index, draft.ownName(index.schema(), index.name()))));
        statements.addAll(move.subList(1, move.size()));
        return statements;
    }

    List<String> fromArchive(Draft draft) {
        List<String> statements = new ArrayList<>(Archive.back(draft, word, name, arguments));
        indexes(draft)
                .forEach(index -> statements.add(
                        renameIndex(index.withName(draft.ownName(index.schema(), index.name())), index.name())));
        return statements;
    }

    /** Those of a materialized view go with it, and could meet others of their names in the archive. */
    List<QualifiedName> indexes(Draft draft) {
        return word.equals("MATERIALIZED VIEW")
                ? draft.catalog().indexesOf(name).stream().map(Index::name).toList()
                : List.of();
    }

    /** Not there when the script drops it before. */
    private static String renameIndex(QualifiedName index, String to) {
        return "ALTER INDEX IF EXISTS " + index.quoted() + " RENAME TO " + Identifier.quote(to);
    }

    /** For titles. */
    String called() {
        return word.toLowerCase(Locale.ROOT) + " " + name.name();
    }
}
