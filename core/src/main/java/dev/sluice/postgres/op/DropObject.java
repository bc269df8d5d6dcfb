package dev.sluice.postgres.op;

import dev.sluice.catalog.Dependency;
import dev.sluice.catalog.ObjectRef;
import dev.sluice.catalog.Routine;
import dev.sluice.plan.Note;
import dev.sluice.plan.Step;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Operation;
import dev.sluice.planner.Slot;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * DROP VIEW, MATERIALIZED VIEW, SEQUENCE, TYPE, DOMAIN, FUNCTION, PROCEDURE, AGGREGATE: in contract the thing moves into
 * the archive; purge drops it. A CREATE of the same name later in the script runs in the same transaction.
 */
final class DropObject implements Operation {

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

    @Override
    public String id() {
        return "drop-object";
    }

    /**
     * What is dropped.
     *
     * @param arguments of a function, with brackets
     */
    private record Thing(String word, QualifiedName name, String arguments, ObjectRef ref) {}

    @Override
    public boolean plan(Change change, Draft draft) {
        String type = change.command().text("removeType");
        if (!change.kind().equals("DropStmt") || !WORDS.containsKey(type)) {
            return false;
        }
        for (Node object : change.command().list("objects")) {
            Optional<Thing> thing = ROUTINES.contains(type)
                    ? routine(change, draft, WORDS.get(type), object)
                    : named(draft, WORDS.get(type), names(object));
            if (thing.isPresent()) {
                plan(change, draft, thing.get());
            } else if (change.command().flag("missing_ok")) {
                draft.note(Note.Level.INFO, change.source(), "nothing to drop: " + Placement.words(change));
            } else {
                throw draft.refuse(
                        change,
                        "missing-relation",
                        "what it drops does not exist before this migration",
                        "Check the name, or write IF EXISTS.");
            }
        }
        return true;
    }

    private static List<String> names(Node object) {
        return object.is("TypeName") || object.has("names") ? object.strings("names") : object.strings("items");
    }

    private static Optional<Thing> named(Draft draft, String word, List<String> parts) {
        Optional<String> schema = ObjectNames.schema(parts);
        String name = ObjectNames.last(parts);
        return switch (word) {
            case "VIEW" ->
                draft.catalog()
                        .resolveView(schema, name)
                        .map(v -> new Thing(word, v.name(), "", ObjectRef.of(ObjectRef.Kind.VIEW, v.name())));
            case "MATERIALIZED VIEW" ->
                draft.catalog()
                        .resolveView(schema, name)
                        .map(v -> new Thing(
                                word, v.name(), "", ObjectRef.of(ObjectRef.Kind.MATERIALIZED_VIEW, v.name())));
            case "SEQUENCE" ->
                draft.catalog()
                        .resolveSequence(schema, name)
                        .map(s -> new Thing(word, s.name(), "", ObjectRef.of(ObjectRef.Kind.SEQUENCE, s.name())));
            default ->
                draft.catalog()
                        .resolveType(schema, name)
                        .map(t -> new Thing(word, t.name(), "", ObjectRef.of(ObjectRef.Kind.TYPE, t.name())));
        };
    }

    private static Optional<Thing> routine(Change change, Draft draft, String word, Node object) {
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
                return Optional.of(new Thing(
                        word,
                        routine.name(),
                        "(" + routine.arguments() + ")",
                        ObjectRef.of(ObjectRef.Kind.FUNCTION, routine.name(), routine.arguments())));
            }
        }
        return Optional.empty();
    }

    private static void plan(Change change, Draft draft, Thing thing) {
        requireNoDependents(change, draft, thing);
        List<String> move = new ArrayList<>(Archive.move(draft, thing.word, thing.name, thing.arguments));
        List<String> back = new ArrayList<>();
        Optional<Statement> again = createdAgain(change, draft, thing);
        again.ifPresent(statement -> {
            move.add(statement.sql());
            back.add("DROP " + thing.word + " IF EXISTS " + thing.name.quoted() + arguments(thing, statement));
            draft.created(planned(thing.name));
        });
        back.addAll(Archive.back(draft, thing.word, thing.name, thing.arguments));
        Slot slot = again.isPresent() ? Slot.AFTER_SWAP : Slot.AFTER_SWAP;
        Placement.remember(draft, slot, thing.name.name());
        String what = thing.word.toLowerCase(java.util.Locale.ROOT) + " " + thing.name.name();
        draft.add(
                change,
                slot,
                draft.step(
                                change,
                                "archive " + what,
                                (again.isPresent() ? "replace " : "move into the archive: ") + what)
                        .because(
                                again.isPresent()
                                        ? "the drop and the create are one transaction: it is never missing"
                                        : "the old version may use it until it is gone")
                        .undo(draft.step(change, "restore " + what, "bring " + what + " back")
                                .brief(Step.Purpose.RESTORE, back))
                        .brief(Step.Purpose.ARCHIVE, move));
        draft.add(
                Slot.PURGE,
                draft.step(change, "purge " + what, "drop the archived " + what + " for good")
                        .because("it cannot be brought back after this")
                        .brief(
                                Step.Purpose.DROP,
                                "DROP " + thing.word + " IF EXISTS "
                                        + Archive.name(draft, thing.name).quoted() + thing.arguments));
    }

    private static String arguments(Thing thing, Statement create) {
        return create.node().is("CreateFunctionStmt")
                ? "(" + Functions.of(create.node()).sql() + ")"
                : thing.arguments;
    }

    /** The later statement that makes a thing of the same kind and name. */
    private static Optional<Statement> createdAgain(Change change, Draft draft, Thing thing) {
        return draft.request().up().statements().stream()
                .filter(s -> s.start() > change.statement().start())
                .filter(s -> thing.word.equals("VIEW")
                                && s.node().is("ViewStmt")
                                && draft.nameToCreate(s.node().get("view")).equals(thing.name)
                        || Set.of("FUNCTION", "PROCEDURE").contains(thing.word)
                                && s.node().is("CreateFunctionStmt")
                                && ObjectNames.toCreate(
                                                draft.catalog(), s.node().strings("funcname"))
                                        .equals(thing.name))
                .findFirst();
    }

    /** Whether the drop of that name has planned its re-creation too. */
    static boolean isPlanned(Draft draft, QualifiedName name) {
        return draft.isNew(planned(name));
    }

    /** The create of a pair: its step stands where the drop stood. */
    static void recreated(Change change, Draft draft, QualifiedName name) {
        if (!isPlanned(draft, name)) {
            throw draft.refuse(
                    change,
                    "view-replace",
                    "the script drops " + name + " and makes another thing of that name",
                    "Give the new thing another name.");
        }
        draft.note(
                Note.Level.INFO,
                change.source(),
                name + " is replaced in contract, in one transaction with the drop before; until then the new version"
                        + " finds the old one. `-- sluice:phase expand` above the DROP replaces it before the deploy.");
    }

    private static QualifiedName planned(QualifiedName name) {
        return QualifiedName.of("made again in " + name.schema(), name.name());
    }

    private static void requireNoDependents(Change change, Draft draft, Thing thing) {
        ScriptBefore before = ScriptBefore.of(draft, change);
        List<Dependency> dependents = draft.catalog().dependencies().all().stream()
                .filter(d -> d.kind() == Dependency.Kind.NORMAL)
                .filter(d -> d.referenced().equals(thing.ref)
                        || thing.ref.kind() != ObjectRef.Kind.FUNCTION
                                && d.referenced().name().equals(thing.name)
                                && Set.of(ObjectRef.Kind.COLUMN, ObjectRef.Kind.TYPE)
                                        .contains(d.referenced().kind()))
                .filter(d -> !d.dependent().name().equals(thing.name))
                .filter(d -> !before.drops(d.dependent().name().name())
                        && !before.drops(d.dependent().part()))
                .toList();
        if (!dependents.isEmpty()) {
            throw draft.refuse(
                    change,
                    "drop-cascade",
                    "these depend on " + thing.name + ": " + Dependents.list(dependents),
                    "Drop them first, by statements of their own"
                            + (change.command().text("behavior").equals("DROP_CASCADE")
                                    ? " instead of CASCADE."
                                    : "."));
        }
    }
}
