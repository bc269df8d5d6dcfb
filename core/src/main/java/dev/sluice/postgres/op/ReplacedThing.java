package dev.sluice.postgres.op;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Note;
import dev.sluice.plan.Step;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Mark;
import dev.sluice.planner.Mentions;
import dev.sluice.planner.ScriptSettings;
import dev.sluice.planner.Slot;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A thing that the script drops and makes again: both in one transaction, so that it is never missing. A materialized view is made
 * before, beside the old one ({@link NewMatview}).
 */
record ReplacedThing(Change drop, DroppedThing thing, Statement again) {

    /**
     * @param in statements that put the new thing in its place
     * @param out statements that take it away again
     */
    record Entrance(List<String> in, List<String> out) {
        Entrance {
            in = List.copyOf(in);
            out = List.copyOf(out);
        }
    }

    private static final Set<String> VIEWS = Set.of("VIEW", "MATERIALIZED VIEW");

    ReplacedThing {
        requireNonNull(drop);
        requireNonNull(thing);
        requireNonNull(again);
    }

    /** Whether a later statement makes it again: then that is where both are planned. */
    static boolean isMadeAgain(Change drop, Draft draft, DroppedThing thing) {
        Optional<Statement> again = createdAgain(drop, draft, thing);
        again.ifPresent(create -> {
            draft.mark(planned(create));
            if (makesMatview(create)) {
                NewMatview.parts(draft, create, thing.name()).forEach(part -> draft.mark(planned(part)));
            }
            Placement.remember(draft, Slot.AFTER_SWAP, thing.name().name());
        });
        return again.isPresent();
    }

    /**
     * The create of a pair. The first one is where all that was dropped before changes places, since views may stand on one
     * another: what the script has made up to here is there by then.
     */
    static void recreated(Change change, Draft draft, QualifiedName name) {
        if (!isPlanned(draft, change)) {
            throw draft.refuse(
                    change,
                    "view-replace",
                    "the script drops " + name + " and makes another thing of that name",
                    "Give the new thing another name.");
        }
        Statement create = change.statement();
        Optional<Statement> first = draft.request().up().statements().stream()
                .filter(s -> draft.has(new Mark.ChangesPlaces(create.start(), s.start())))
                .findFirst();
        if (first.isPresent()) {
            requireMadeBefore(change, draft, first.get());
        } else {
            List<ReplacedThing> replaced = dropped(draft, create);
            plan(draft, replaced);
            replaced.forEach(one -> draft.mark(new Mark.ChangesPlaces(one.again.start(), create.start())));
        }
        draft.note(
                Note.Level.INFO,
                change.source(),
                name + " is replaced in contract, in one transaction with the drop before; until then the new version"
                        + " finds the old one. `-- sluice:phase expand` above the DROP replaces it before the deploy.");
    }

    /** What the script has dropped before, and makes again by this statement or a later one. */
    private static List<ReplacedThing> dropped(Draft draft, Statement create) {
        List<ReplacedThing> replaced = new ArrayList<>();
        for (Statement statement : draft.request().up().statements()) {
            Change drop = Change.of(statement).get(0);
            if (statement.start() > create.start() || !DroppedThing.isDrop(drop)) {
                continue;
            }
            for (DroppedThing thing : DroppedThing.of(drop, draft)) {
                createdAgain(drop, draft, thing)
                        .filter(again -> again.start() >= create.start())
                        .ifPresent(again -> replaced.add(new ReplacedThing(drop, thing, again)));
            }
        }
        return replaced;
    }

    /** The places were changed at the first create, where what is made behind it is not there yet. */
    private static void requireMadeBefore(Change change, Draft draft, Statement first) {
        Set<String> names = Placement.names(change.statement().sql());
        for (Statement between : draft.request().up().statements()) {
            String made = Mentions.made(between).orElse("");
            if (between.start() > first.start()
                    && between.start() < change.statement().start()
                    && !draft.has(planned(between))
                    && names.contains(made)
                    && draft.waitsFor(made).filter(Slot.AFTER_SWAP::equals).isPresent()) {
                throw draft.refuse(
                        change,
                        "view-replace",
                        "it needs " + made + ", which line "
                                + between.position().line()
                                + " makes, and is made in one transaction with line "
                                + first.position().line() + ", since the script drops both before",
                        "Write line " + between.position().line() + " before line "
                                + first.position().line() + ".");
            }
        }
    }

    private static void plan(Draft draft, List<ReplacedThing> replaced) {
        Change change = replaced.get(0).drop;
        List<String> move = new ArrayList<>();
        List<String> back = new ArrayList<>();
        List<ReplacedThing> asMade = replaced.stream()
                .sorted(Comparator.comparingInt(r -> r.again.start()))
                .toList();
        List<Entrance> entrances =
                asMade.stream().map(one -> one.entrance(draft, names(replaced))).toList();
        replaced.forEach(one -> move.addAll(one.thing.toArchive(draft)));
        entrances.forEach(entrance -> move.addAll(entrance.in()));
        for (int i = entrances.size() - 1; i >= 0; i--) {
            back.addAll(entrances.get(i).out());
        }
        for (int i = replaced.size() - 1; i >= 0; i--) {
            back.addAll(replaced.get(i).thing.fromArchive(draft));
        }
        String what = replaced.stream().map(one -> one.thing.called()).collect(Collectors.joining(", "));
        draft.add(
                change,
                Slot.AFTER_SWAP,
                draft.step(change, "replace " + what, "replace " + what)
                        .because("the drop and the create are one transaction: it is never missing")
                        .undo(draft.step(change, "restore " + what, "bring " + what + " back")
                                .brief(Step.Purpose.RESTORE, back))
                        .brief(Step.Purpose.ARCHIVE, move));
    }

    private static Set<String> names(List<ReplacedThing> replaced) {
        return replaced.stream().map(one -> one.thing.name().name()).collect(Collectors.toSet());
    }

    /** How the new thing comes to its place, where by then nothing is. */
    private Entrance entrance(Draft draft, Set<String> names) {
        if (makesMatview(again)) {
            return NewMatview.plan(drop, draft, again, thing.name(), names);
        }
        List<String> in = new ArrayList<>(ScriptSettings.forFunction(again, draft));
        in.add(again.sql());
        String word = again.node().is("ViewStmt") ? "VIEW" : thing.word();
        return new Entrance(
                in, List.of("DROP " + word + " IF EXISTS " + thing.name().quoted() + arguments(thing, again)));
    }

    private static boolean makesMatview(Statement statement) {
        return statement.node().is("CreateTableAsStmt")
                && statement.node().text("objtype").equals("OBJECT_MATVIEW");
    }

    private static String arguments(DroppedThing thing, Statement create) {
        return create.node().is("CreateFunctionStmt")
                ? "(" + Functions.of(create.node()).sql() + ")"
                : thing.arguments();
    }

    /** The later statement that makes a thing of the same kind and name. */
    private static Optional<Statement> createdAgain(Change change, Draft draft, DroppedThing thing) {
        return draft.request().up().statements().stream()
                .filter(s -> s.start() > change.statement().start())
                .filter(s -> VIEWS.contains(thing.word())
                                && (s.node().is("ViewStmt")
                                                && draft.nameToCreate(s.node().get("view"))
                                                        .equals(thing.name())
                                        || makesMatview(s)
                                                && draft.nameToCreate(s.node()
                                                                .get("into")
                                                                .get("rel"))
                                                        .equals(thing.name()))
                        || Set.of("FUNCTION", "PROCEDURE").contains(thing.word())
                                && s.node().is("CreateFunctionStmt")
                                && ObjectNames.toCreate(
                                                draft.catalog(), s.node().strings("funcname"))
                                        .equals(thing.name())
                                && Functions.find(draft.catalog().functions(thing.name()), Functions.of(s.node()))
                                        .filter(r -> thing.arguments().equals("(" + r.arguments() + ")"))
                                        .isPresent())
                .findFirst();
    }

    /** Whether this makes, or is a part of, what the script dropped before. */
    static boolean isPlanned(Draft draft, Change create) {
        return draft.has(planned(create.statement()));
    }

    private static Mark planned(Statement create) {
        return new Mark.MadeAgainBy(create.start());
    }
}
