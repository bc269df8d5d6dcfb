package dev.sluice.postgres.op;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Note;
import dev.sluice.plan.Step;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Mark;
import dev.sluice.planner.ScriptSettings;
import dev.sluice.planner.Slot;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A thing that the script drops and makes again: both in one transaction, so that it is never missing. */
record ReplacedThing(DroppedThing thing, Statement again) {

    ReplacedThing {
        requireNonNull(thing);
        requireNonNull(again);
    }

    /** All that the script makes again of what it drops from here on, when this is: views may stand on one another. */
    static List<ReplacedThing> of(Change change, Draft draft, DroppedThing first) {
        if (createdAgain(change, draft, first).isEmpty()) {
            return List.of();
        }
        List<ReplacedThing> replaced = new ArrayList<>();
        for (Statement statement : draft.request().up().statements()) {
            Change drop = Change.of(statement).get(0);
            if (statement.start() < change.statement().start() || !DroppedThing.isDrop(drop)) {
                continue;
            }
            for (DroppedThing thing : DroppedThing.of(drop, draft)) {
                createdAgain(drop, draft, thing).ifPresent(again -> replaced.add(new ReplacedThing(thing, again)));
            }
        }
        return replaced;
    }

    static void plan(Change change, Draft draft, List<ReplacedThing> replaced) {
        List<String> move = new ArrayList<>();
        List<String> back = new ArrayList<>();
        List<ReplacedThing> asMade = replaced.stream()
                .sorted(Comparator.comparingInt(r -> r.again.start()))
                .toList();
        for (ReplacedThing one : replaced) {
            DroppedThing thing = one.thing;
            move.addAll(Archive.move(draft, thing.word(), thing.name(), thing.arguments()));
            draft.mark(planned(thing));
            draft.mark(planned(one.again));
            Placement.remember(draft, Slot.AFTER_SWAP, thing.name().name());
        }
        for (ReplacedThing one : asMade) {
            move.addAll(ScriptSettings.forFunction(one.again, draft));
            move.add(one.again.sql());
        }
        for (int i = asMade.size() - 1; i >= 0; i--) {
            DroppedThing thing = asMade.get(i).thing;
            back.add("DROP " + thing.word() + " IF EXISTS " + thing.name().quoted()
                    + arguments(thing, asMade.get(i).again));
        }
        for (int i = replaced.size() - 1; i >= 0; i--) {
            DroppedThing thing = replaced.get(i).thing;
            back.addAll(Archive.back(draft, thing.word(), thing.name(), thing.arguments()));
        }
        String what =
                replaced.stream().map(one -> one.thing.called()).collect(java.util.stream.Collectors.joining(", "));
        draft.add(
                change,
                Slot.AFTER_SWAP,
                draft.step(change, "replace " + what, "replace " + what)
                        .because("the drop and the create are one transaction: it is never missing")
                        .undo(draft.step(change, "restore " + what, "bring " + what + " back")
                                .brief(Step.Purpose.RESTORE, back))
                        .brief(Step.Purpose.ARCHIVE, move));
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
                .filter(s -> thing.word().equals("VIEW")
                                && s.node().is("ViewStmt")
                                && draft.nameToCreate(s.node().get("view")).equals(thing.name())
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

    static Mark planned(DroppedThing thing) {
        return new Mark.MadeAgain(thing.name(), thing.arguments());
    }

    private static Mark planned(Statement create) {
        return new Mark.MadeAgainBy(create.start());
    }
}
