package dev.sluice.postgres.op;

import dev.sluice.catalog.Dependency;
import dev.sluice.catalog.ObjectRef;
import dev.sluice.catalog.Routine;
import dev.sluice.plan.Note;
import dev.sluice.plan.Step;
import dev.sluice.planner.About;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Mark;
import dev.sluice.planner.Operation;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.Slot;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
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

    @Override
    public String id() {
        return "drop-object";
    }

    @Override
    public About about() {
        return About.of("Drop a view, function, type or sequence", """
                        `DROP VIEW | MATERIALIZED VIEW | FUNCTION | PROCEDURE | AGGREGATE | TYPE | DOMAIN | SEQUENCE`
                        """)
                .contract("""
                        It moves to schema `sluice_archive`, with its rights and comments. What the script makes again
                        (CREATE VIEW of the same name, CREATE FUNCTION of the same name and arguments) is dropped and
                        made in one transaction, all of it together, since views may stand on one another.
                        """)
                .purge("""
                        It is dropped; types, functions and sequences after the archived columns and tables that used
                        them.
                        """)
                .undo("It moves back.")
                .locks("""
                        `ACCESS EXCLUSIVE` on the view or sequence itself, for the catalog change only.
                        """)
                .limits("""
                        Refused while something depends on it, with the list, also with CASCADE; not while what depends
                        is a column, view or policy that the script has dropped before. A DROP and CREATE pair is done
                        in contract; `-- sluice:phase expand` above the DROP does it before the deploy.
                        """);
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
        dependentsFirst(draft, things(change, draft)).forEach(thing -> plan(change, draft, thing));
        return true;
    }

    private static List<Thing> things(Change change, Draft draft) {
        String type = change.command().text("removeType");
        List<Thing> things = new ArrayList<>();
        for (Node object : change.command().list("objects")) {
            Optional<Thing> thing = ROUTINES.contains(type)
                    ? routine(change, draft, WORDS.getOrDefault(type, ""), object)
                    : named(draft, WORDS.getOrDefault(type, ""), names(object));
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

    /** One DROP may name things in any order; purge drops them one by one. */
    private static List<Thing> dependentsFirst(Draft draft, List<Thing> things) {
        List<Thing> rest = new ArrayList<>(things);
        List<Thing> ordered = new ArrayList<>();
        while (!rest.isEmpty()) {
            Thing next = rest.stream()
                    .filter(thing ->
                            rest.stream().noneMatch(other -> !other.equals(thing) && uses(draft, other, thing)))
                    .findFirst()
                    .orElse(rest.get(0));
            rest.remove(next);
            ordered.add(next);
        }
        return ordered;
    }

    private static boolean uses(Draft draft, Thing user, Thing used) {
        return draft.catalog().dependencies().all().stream()
                .anyMatch(d -> d.dependent().name().equals(user.name)
                        && d.referenced().name().equals(used.name));
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
        requireOnce(change, draft, thing);
        requireNoDependents(change, draft, thing);
        purge(change, draft, thing);
        if (!draft.has(planned(thing))) {
            List<Replaced> replaced = replaced(change, draft, thing);
            if (replaced.isEmpty()) {
                archive(change, draft, thing);
            } else {
                replace(change, draft, replaced);
            }
        }
    }

    private static void requireOnce(Change change, Draft draft, Thing thing) {
        ScriptBefore.of(draft, change).changes().stream()
                .filter(c -> c.kind().equals("DropStmt")
                        && WORDS.containsKey(c.command().text("removeType"))
                        && things(c, draft).contains(thing))
                .findFirst()
                .ifPresent(earlier -> {
                    throw draft.refuse(
                            change,
                            "view-replace",
                            "line " + earlier.source().line() + " drops " + thing.name
                                    + " too, and what the script makes of that name in between does not last",
                            "Leave out one DROP, and the CREATE between the two.");
                });
    }

    private static String called(Thing thing) {
        return thing.word.toLowerCase(java.util.Locale.ROOT) + " " + thing.name.name();
    }

    private static void purge(Change change, Draft draft, Thing thing) {
        String what = called(thing);
        draft.add(
                thing.ref.kind() == ObjectRef.Kind.VIEW || thing.ref.kind() == ObjectRef.Kind.MATERIALIZED_VIEW
                        ? Slot.PURGE
                        : Slot.PURGE_USED,
                draft.step(change, "purge " + what, "drop the archived " + what + " for good")
                        .because("it cannot be brought back after this")
                        .brief(
                                Step.Purpose.DROP,
                                "DROP " + thing.word + " IF EXISTS "
                                        + Archive.name(draft, thing.name).quoted() + thing.arguments));
    }

    private static void archive(Change change, Draft draft, Thing thing) {
        String what = called(thing);
        Placement.remember(draft, Slot.AFTER_SWAP, thing.name.name());
        draft.add(
                change,
                Slot.AFTER_SWAP,
                draft.step(change, "archive " + what, "move into the archive: " + what)
                        .because("the old version may use it until it is gone")
                        .undo(draft.step(change, "restore " + what, "bring " + what + " back")
                                .brief(
                                        Step.Purpose.RESTORE,
                                        Archive.back(draft, thing.word, thing.name, thing.arguments)))
                        .brief(Step.Purpose.ARCHIVE, Archive.move(draft, thing.word, thing.name, thing.arguments)));
    }

    /** A thing that the script drops and makes again. */
    private record Replaced(Thing thing, Statement again) {}

    /** All that the script makes again of what it drops from here on, when this is: views may stand on one another. */
    private static List<Replaced> replaced(Change change, Draft draft, Thing first) {
        if (createdAgain(change, draft, first).isEmpty()) {
            return List.of();
        }
        List<Replaced> replaced = new ArrayList<>();
        for (Statement statement : draft.request().up().statements()) {
            Change drop = Change.of(statement).get(0);
            if (statement.start() < change.statement().start()
                    || !drop.kind().equals("DropStmt")
                    || !WORDS.containsKey(drop.command().text("removeType"))) {
                continue;
            }
            for (Thing thing : dependentsFirst(draft, things(drop, draft))) {
                createdAgain(drop, draft, thing).ifPresent(again -> replaced.add(new Replaced(thing, again)));
            }
        }
        return replaced;
    }

    private static void replace(Change change, Draft draft, List<Replaced> replaced) {
        List<String> move = new ArrayList<>();
        List<String> back = new ArrayList<>();
        List<Replaced> asMade = replaced.stream()
                .sorted(Comparator.comparingInt(r -> r.again.start()))
                .toList();
        for (Replaced one : replaced) {
            Thing thing = one.thing;
            move.addAll(Archive.move(draft, thing.word, thing.name, thing.arguments));
            draft.mark(planned(thing));
            draft.mark(planned(one.again));
            Placement.remember(draft, Slot.AFTER_SWAP, thing.name.name());
        }
        asMade.forEach(one -> move.add(one.again.sql()));
        for (int i = asMade.size() - 1; i >= 0; i--) {
            Thing thing = asMade.get(i).thing;
            back.add(
                    "DROP " + thing.word + " IF EXISTS " + thing.name.quoted() + arguments(thing, asMade.get(i).again));
        }
        for (int i = replaced.size() - 1; i >= 0; i--) {
            Thing thing = replaced.get(i).thing;
            back.addAll(Archive.back(draft, thing.word, thing.name, thing.arguments));
        }
        String what =
                replaced.stream().map(one -> called(one.thing)).collect(java.util.stream.Collectors.joining(", "));
        draft.add(
                change,
                Slot.AFTER_SWAP,
                draft.step(change, "replace " + what, "replace " + what)
                        .because("the drop and the create are one transaction: it is never missing")
                        .undo(draft.step(change, "restore " + what, "bring " + what + " back")
                                .brief(Step.Purpose.RESTORE, back))
                        .brief(Step.Purpose.ARCHIVE, move));
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
                                        .equals(thing.name)
                                && Functions.find(draft.catalog().functions(thing.name), Functions.of(s.node()))
                                        .filter(r -> thing.arguments.equals("(" + r.arguments() + ")"))
                                        .isPresent())
                .findFirst();
    }

    /** Whether the drop before has planned this re-creation too. */
    static boolean isPlanned(Draft draft, Change create) {
        return draft.has(planned(create.statement()));
    }

    /** The create of a pair: its step stands where the drop stood. */
    static void recreated(Change change, Draft draft, QualifiedName name) {
        if (!isPlanned(draft, change)) {
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

    private static Mark planned(Thing thing) {
        return new Mark.MadeAgain(thing.name, thing.arguments);
    }

    private static Mark planned(Statement create) {
        return new Mark.MadeAgainBy(create.start());
    }

    private static void requireNoDependents(Change change, Draft draft, Thing thing) {
        ScriptBefore before = ScriptBefore.of(draft, change).and(change);
        List<Dependency> dependents = draft.catalog().dependencies().all().stream()
                .filter(d -> d.kind() == Dependency.Kind.NORMAL)
                .filter(d -> d.referenced().equals(thing.ref)
                        || thing.ref.kind() != ObjectRef.Kind.FUNCTION
                                && d.referenced().name().equals(thing.name)
                                && Set.of(ObjectRef.Kind.COLUMN, ObjectRef.Kind.TYPE)
                                        .contains(d.referenced().kind()))
                .filter(d -> !d.dependent().name().equals(thing.name))
                .filter(d -> !before.drops(d.dependent().name().name()) && !before.drops(d.dependent()))
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
