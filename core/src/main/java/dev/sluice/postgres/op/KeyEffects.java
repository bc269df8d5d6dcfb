package dev.sluice.postgres.op;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Constraint;
import dev.sluice.plan.Note;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.NewTableKeys;
import dev.sluice.planner.SafeForms;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What foreign keys that refer to a table do when a statement of the script changes its rows. */
final class KeyEffects {

    /** CASCADE, SET NULL, SET DEFAULT, as the parser has them. */
    private static final Map<String, String> ACTIONS = Map.of("c", "CASCADE", "n", "SET NULL", "d", "SET DEFAULT");

    private KeyEffects() {}

    /**
     * Only the rows of the table itself are kept for the way back: those that go with others, too, and on small tables those that
     * change.
     */
    static void tell(Change change, Draft draft, TableDraft table) {
        boolean deletes = ChangeData.deletes(change);
        Set<String> assigned = WholeChange.assigned(change).collect(Collectors.toSet());
        for (Catalog.IncomingForeignKey incoming :
                KeyActions.enforcedTo(draft.catalog(), table.name()).toList()) {
            Constraint.ForeignKey key = incoming.constraint().foreignKey().orElseThrow();
            String does = deletes && KeyActions.acts(key.onDelete())
                    ? "ON DELETE " + words(key.onDelete())
                    : !Collections.disjoint(key.columns(), assigned) && KeyActions.acts(key.onUpdate())
                            ? "ON UPDATE " + words(key.onUpdate())
                            : "";
            boolean kept = incoming.table().name().equals(table.name())
                    && deletes
                    && (SafeForms.isSmall(table.table()) || key.onDelete() == Constraint.Action.CASCADE);
            if (!does.isEmpty() && !kept) {
                draft.note(
                        Note.Level.LOSS,
                        change.source(),
                        "what this statement does to rows of "
                                + incoming.table().name() + " through "
                                + incoming.constraint().name() + " (" + does + ") cannot be taken back");
            }
        }
    }

    /** Of a rule that goes with contract: the new version does without it, and yet is bound by it. */
    static void tellThatItStillHolds(Change change, Draft draft, QualifiedName table, String name) {
        draft.note(
                Note.Level.WARNING,
                change.source(),
                "until contract " + name + " of " + table
                        + " still holds: what it forbids fails in the new version, too, as the old one relies on it");
    }

    /** Of a constraint that goes with contract: without the key a plain run changes nothing more, and the old version relies on it. */
    static void tellOfGoing(Change change, Draft draft, TableDraft table, Constraint constraint) {
        constraint
                .foreignKey()
                .filter(key -> constraint.enforced())
                .ifPresent(key -> actions(action(key.onDelete()), action(key.onUpdate()))
                        .ifPresent(actions -> draft.note(
                                Note.Level.WARNING,
                                change.source(),
                                "until contract, what the new version deletes or updates in " + key.table()
                                        + " still changes rows of " + table.name() + ": " + constraint.name() + " ("
                                        + actions + ")")));
    }

    /** Of a key that waits for contract: what the new version may rely on. */
    static void tellOfComing(
            Change change,
            Draft draft,
            TableDraft table,
            Node key,
            String definition,
            String name,
            QualifiedName target) {
        actions(action(key, "fk_del_action"), action(key, "fk_upd_action"))
                .filter(actions -> !SafeForms.isNotEnforced(definition))
                .ifPresent(actions -> draft.note(
                        Note.Level.WARNING,
                        change.source(),
                        "until contract, what the new version deletes or updates in " + target
                                + " does not yet change rows of " + table.name() + ": " + name + " (" + actions + ")"
                                + (key.flag("skip_validation") ? "" : "; contract stops at rows that are left over")));
    }

    /**
     * A foreign key that the script adds comes after such a statement. One with an action would change the rows that refer to these,
     * and one that is never checked would forbid it: afterwards nobody does.
     */
    static void requireNoNewKeyTo(Change change, Draft draft, TableDraft table) {
        Set<String> assigned = WholeChange.assigned(change).collect(Collectors.toSet());
        boolean deletes = ChangeData.deletes(change);
        ScriptBefore.of(draft, change).changes().stream()
                .filter(c -> c.kind().equals("AT_AddConstraint"))
                .filter(c -> c.command().get("def").text("contype").equals("CONSTR_FOREIGN"))
                .filter(c -> draft.findTable(c.command().get("def").get("pktable"))
                        .filter(parent -> parent == table)
                        .isPresent())
                .filter(c -> {
                    Node key = c.command().get("def");
                    boolean updates = !Collections.disjoint(NewTableKeys.targetColumns(key, table), assigned);
                    return (deletes || updates) && key.flag("skip_validation")
                            || deletes && ACTIONS.containsKey(key.text("fk_del_action"))
                            || updates && ACTIONS.containsKey(key.text("fk_upd_action"));
                })
                .findFirst()
                .ifPresent(key -> {
                    throw draft.refuse(
                            change,
                            "rows-after-new-key",
                            "line " + key.source().line() + " adds a foreign key to " + table.name()
                                    + ", which takes effect after this statement: it would neither forbid it nor change the"
                                    + " rows that refer to these",
                            "Write this statement before the foreign key, or in a later migration.");
                });
    }

    private static Optional<String> actions(Optional<String> onDelete, Optional<String> onUpdate) {
        return Stream.concat(
                        onDelete.map(does -> "ON DELETE " + does).stream(),
                        onUpdate.map(does -> "ON UPDATE " + does).stream())
                .reduce((one, other) -> one + ", " + other);
    }

    private static Optional<String> action(Node key, String event) {
        return Optional.ofNullable(ACTIONS.get(key.text(event)));
    }

    private static Optional<String> action(Constraint.Action action) {
        return KeyActions.acts(action) ? Optional.of(words(action)) : Optional.empty();
    }

    private static String words(Constraint.Action action) {
        return action.name().replace('_', ' ');
    }
}
