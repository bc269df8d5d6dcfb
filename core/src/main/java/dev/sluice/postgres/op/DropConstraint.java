package dev.sluice.postgres.op;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Index;
import dev.sluice.catalog.Table;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Note;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Step;
import dev.sluice.planner.About;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Operation;
import dev.sluice.planner.SafeForms;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.Slot;
import dev.sluice.planner.StepSpec;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * DROP CONSTRAINT: a check goes in expand, since it only relaxes; keys and foreign keys in contract, since the old version
 * may rely on them (ON CONFLICT, cascades, uniqueness).
 */
final class DropConstraint implements Operation {

    @Override
    public String id() {
        return "drop-constraint";
    }

    @Override
    public About about() {
        return About.of("Drop a constraint", "`ALTER TABLE … DROP CONSTRAINT`")
                .expand("CHECK: it only relaxes.")
                .contract("""
                        UNIQUE, PRIMARY KEY, FOREIGN KEY: the old version may rely on them (`ON CONFLICT`, cascades).
                        """)
                .undo("""
                        Added again in its safe form, see [add-constraint](add-constraint.md). Rows written since that
                        violate it are reported.

                        An UPDATE or DELETE in the down script, of rows that only the new schema allows, runs before the
                        constraint is asked for again; what it overwrites or deletes is kept in the archive until the
                        migration goes up again.
                        """)
                .locks("`ACCESS EXCLUSIVE`, for the catalog change only.")
                .limits("""
                        From PostgreSQL 18 the primary key of a partitioned table is refused: made again partition by
                        partition, it would make the NOT NULL of each partition its own.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        if (!change.kind().equals("AT_DropConstraint")) {
            return false;
        }
        TableDraft table = draft.table(change);
        String name = change.command().text("name");
        Optional<Constraint> found = table.table().constraint(name);
        if (found.isEmpty()) {
            MadeAndGone.requireOldName(change, draft, name);
            if (change.command().flag("missing_ok")) {
                draft.note(Note.Level.INFO, change.source(), "constraint " + name + " does not exist: nothing to drop");
                return true;
            }
            throw draft.refuse(
                    change,
                    "missing-constraint",
                    "constraint \"" + name + "\" of table " + table.name() + " does not exist"
                            + (ScriptBefore.of(draft, change).adds(name)
                                    ? " before this migration, which adds it"
                                    : ""),
                    "Check the name; do not add and drop a constraint in one migration.");
        }
        Constraint constraint = found.get();
        requireNotMadeAnew(change, draft, table, constraint);
        requireNoDependents(change, draft, table.table(), constraint);
        requireWayBack(change, draft, table.table(), constraint);
        KeyEffects.tellOfGoing(change, draft, table, constraint);
        if (slot(constraint).phase() == Phase.CONTRACT && constraint.enforced()) {
            KeyEffects.tellThatItStillHolds(change, draft, table.name(), name);
        }
        draft.add(change, slot(constraint), step(change, draft, table, constraint));
        return true;
    }

    /** What has the name of a constraint that went before was made by the script, perhaps without saying a name. */
    private static void requireNotMadeAnew(Change change, Draft draft, TableDraft table, Constraint constraint) {
        List<Change> before = ScriptBefore.of(draft, change).changes().stream()
                .filter(c ->
                        draft.findTable(c.relation()).filter(t -> t == table).isPresent())
                .toList();
        Optional<Change> gone = before.stream()
                .filter(c -> c.kind().equals("AT_DropConstraint")
                                && c.command().text("name").equals(constraint.name())
                        || new ScriptBefore(List.of(c)).dropsColumnOf(table.name(), constraint))
                .findFirst();
        boolean made = before.stream()
                .anyMatch(c -> c.kind().equals("AT_AddConstraint")
                        && gone.filter(first -> first.start() < c.start()).isPresent());
        if (made || gone.isPresent() && !change.command().flag("missing_ok")) {
            throw draft.refuse(
                    change,
                    "missing-constraint",
                    "line " + gone.orElseThrow().source().line() + " takes constraint \"" + constraint.name()
                            + "\" of table " + table.name() + " away"
                            + (made ? ", and what has its name by now was made by this migration" : ""),
                    made
                            ? "Do not add and drop a constraint in one migration."
                            : "Leave this statement out, or write IF EXISTS.");
        }
    }

    /** Built again partition by partition it would make the NOT NULL of each partition its own; see {@link Keys}. */
    private static void requireWayBack(Change change, Draft draft, Table table, Constraint constraint) {
        if (table.kind() == Table.Kind.PARTITIONED
                && constraint.kind() == Constraint.Kind.PRIMARY_KEY
                && draft.catalog().majorVersion() >= 18) {
            throw draft.refuse(
                    change,
                    "drop-partitioned-key",
                    table.name()
                            + " is partitioned: its primary key cannot be made again on the way back without stopping"
                            + " writers (PostgreSQL 18)",
                    "Drop it outside migrations, or keep it.");
        }
    }

    private static Slot slot(Constraint constraint) {
        return switch (constraint.kind()) {
            case CHECK, NOT_NULL, EXCLUSION -> Slot.CREATE;
            case FOREIGN_KEY, PRIMARY_KEY, UNIQUE -> Slot.SWAP;
        };
    }

    private static Step step(Change change, Draft draft, TableDraft changes, Constraint constraint) {
        Table table = changes.table();
        DownRepairs repairs = DownRepairs.of(change, draft, changes, constraint.columns());
        List<Step> undo = new ArrayList<>(repairs.steps());
        undo.addAll(undo(change, draft, table, constraint));
        List<String> statements = new ArrayList<>(repairs.forget());
        statements.add("ALTER TABLE " + table.name().quoted() + " DROP CONSTRAINT IF EXISTS "
                + Identifier.quote(constraint.name()));
        String what = constraint.name() + " on " + table.name().name();
        StepSpec spec = draft.step(change, "drop-constraint " + what, "drop constraint " + what)
                .because(
                        slot(constraint) == Slot.CREATE
                                ? "relaxing: what the old version writes stays valid"
                                : "the old version may rely on it until it is gone")
                .lock(table.name(), LockMode.ACCESS_EXCLUSIVE);
        constraint.foreignKey().ifPresent(key -> spec.lock(key.table(), LockMode.ACCESS_EXCLUSIVE));
        return spec.undo(undo).brief(Step.Purpose.DDL, statements);
    }

    static List<Step> undo(Change change, Draft draft, Table table, Constraint constraint) {
        SafeForms forms = SafeForms.inUndo(draft, change.source());
        List<Step> steps = new ArrayList<>();
        forms.tellOfIndexBuild(table, constraint);
        switch (constraint.kind()) {
            case UNIQUE, PRIMARY_KEY -> steps.addAll(forms.addKey(table, constraint, indexOf(table, constraint)));
            case EXCLUSION -> steps.add(forms.addWithIndex(table, constraint));
            default ->
                steps.addAll(forms.addConstraint(
                        table,
                        constraint.name(),
                        constraint.definition(),
                        constraint.foreignKey().map(Constraint.ForeignKey::table),
                        Optional.empty()));
        }
        forms.comment(table, constraint).ifPresent(steps::add);
        return steps;
    }

    private static Index indexOf(Table table, Constraint constraint) {
        return constraint.indexName().flatMap(table::index).orElseThrow();
    }

    private static void requireNoDependents(Change change, Draft draft, Table table, Constraint constraint) {
        if (constraint.kind() != Constraint.Kind.UNIQUE && constraint.kind() != Constraint.Kind.PRIMARY_KEY) {
            return;
        }
        DropTable.newForeignKeys(draft, ScriptBefore.of(draft, change), table.name())
                .findFirst()
                .ifPresent(statement -> {
                    throw draft.refuse(
                            change,
                            "drop-referenced-key",
                            "line " + statement.position().line() + " makes a foreign key to " + table.name()
                                    + ", which may depend on " + constraint.name(),
                            "Leave out one of the two, or drop the key in a later migration.");
                });
        QualifiedName index = table.name().withName(constraint.indexName().orElse(constraint.name()));
        List<Catalog.IncomingForeignKey> incoming = draft.catalog().foreignKeysTo(table.name()).stream()
                .filter(k ->
                        k.constraint().indexName().filter(index.name()::equals).isPresent())
                .filter(k ->
                        !ScriptBefore.of(draft, change).drops(k.constraint().name()))
                .toList();
        if (!incoming.isEmpty()) {
            throw draft.refuse(
                    change,
                    "drop-referenced-key",
                    "foreign keys need " + constraint.name() + " of " + table.name() + ": "
                            + incoming.stream()
                                    .map(k -> k.constraint().name() + " of "
                                            + k.table().name())
                                    .collect(Collectors.joining(", ")),
                    "Drop them first, by statements of their own.");
        }
    }
}
