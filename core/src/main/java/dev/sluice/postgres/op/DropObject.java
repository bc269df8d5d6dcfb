package dev.sluice.postgres.op;

import dev.sluice.catalog.Dependency;
import dev.sluice.catalog.ObjectRef;
import dev.sluice.plan.Step;
import dev.sluice.planner.About;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Operation;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.Slot;
import java.util.List;
import java.util.Set;

/**
 * DROP VIEW, MATERIALIZED VIEW, SEQUENCE, TYPE, DOMAIN, FUNCTION, PROCEDURE, AGGREGATE: in contract the thing moves into
 * the archive; purge drops it. A CREATE of the same name later in the script runs in the same transaction
 * ({@link ReplacedThing}).
 */
final class DropObject implements Operation {

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
                        made in one transaction, all of it together, since views may stand on one another. A materialized
                        view (in the place of another, or of a view) is made before, beside the old one, with its
                        indexes; then the two change places in a moment.
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

                        A new materialized view whose query reads something else that the script drops and makes again
                        is refused (`view-replace`): its query would have to run while nobody can read the old one.
                        `-- sluice:allow view-replace` does that. What comes back on `down` has the rows of contract's
                        time, until the next `REFRESH`.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        if (!DroppedThing.isDrop(change)) {
            return false;
        }
        DroppedThing.of(change, draft).forEach(thing -> plan(change, draft, thing));
        return true;
    }

    private static void plan(Change change, Draft draft, DroppedThing thing) {
        boolean again = ReplacedThing.isMadeAgain(change, draft, thing);
        requireOnce(change, draft, thing);
        requireNoDependents(change, draft, thing);
        purge(change, draft, thing);
        if (!again) {
            archive(change, draft, thing);
        }
    }

    private static void requireOnce(Change change, Draft draft, DroppedThing thing) {
        ScriptBefore.of(draft, change).changes().stream()
                .filter(c -> DroppedThing.isDrop(c) && DroppedThing.of(c, draft).contains(thing))
                .findFirst()
                .ifPresent(earlier -> {
                    throw draft.refuse(
                            change,
                            "view-replace",
                            "line " + earlier.source().line() + " drops " + thing.name()
                                    + " too, and what the script makes of that name in between does not last",
                            "Leave out one DROP, and the CREATE between the two.");
                });
    }

    private static void purge(Change change, Draft draft, DroppedThing thing) {
        String what = thing.called();
        draft.add(
                thing.ref().kind() == ObjectRef.Kind.VIEW || thing.ref().kind() == ObjectRef.Kind.MATERIALIZED_VIEW
                        ? Slot.PURGE
                        : Slot.PURGE_USED,
                draft.step(change, "purge " + what, "drop the archived " + what + " for good")
                        .because("it cannot be brought back after this")
                        .brief(
                                Step.Purpose.DROP,
                                "DROP " + thing.word() + " IF EXISTS "
                                        + Archive.name(draft, thing.name()).quoted() + thing.arguments()));
    }

    private static void archive(Change change, Draft draft, DroppedThing thing) {
        String what = thing.called();
        Placement.remember(draft, Slot.AFTER_SWAP, thing.name().name());
        draft.add(
                change,
                Slot.AFTER_SWAP,
                draft.step(change, "archive " + what, "move into the archive: " + what)
                        .because("the old version may use it until it is gone")
                        .undo(draft.step(change, "restore " + what, "bring " + what + " back")
                                .brief(Step.Purpose.RESTORE, thing.fromArchive(draft)))
                        .brief(Step.Purpose.ARCHIVE, thing.toArchive(draft)));
    }

    private static void requireNoDependents(Change change, Draft draft, DroppedThing thing) {
        ScriptBefore before = ScriptBefore.of(draft, change).and(change);
        List<Dependency> dependents = draft.catalog().dependencies().all().stream()
                .filter(d -> d.kind() == Dependency.Kind.NORMAL)
                .filter(d -> d.referenced().equals(thing.ref())
                        || thing.ref().kind() != ObjectRef.Kind.FUNCTION
                                && d.referenced().name().equals(thing.name())
                                && Set.of(ObjectRef.Kind.COLUMN, ObjectRef.Kind.TYPE)
                                        .contains(d.referenced().kind()))
                .filter(d -> !d.dependent().name().equals(thing.name()))
                .filter(d -> !before.drops(d.dependent().name().name()) && !before.drops(d.dependent()))
                .toList();
        if (!dependents.isEmpty()) {
            throw draft.refuse(
                    change,
                    "drop-cascade",
                    "these depend on " + thing.name() + ": " + Dependents.list(dependents),
                    "Drop them first, by statements of their own"
                            + (change.command().text("behavior").equals("DROP_CASCADE")
                                    ? " instead of CASCADE."
                                    : "."));
        }
    }
}
