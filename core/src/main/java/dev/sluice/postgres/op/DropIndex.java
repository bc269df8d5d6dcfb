package dev.sluice.postgres.op;

import dev.sluice.catalog.Dependency;
import dev.sluice.catalog.Index;
import dev.sluice.catalog.ObjectRef;
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
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** DROP INDEX: the old version's queries may need it, so in contract; CONCURRENTLY, one index at a time. */
final class DropIndex implements Operation {

    @Override
    public String id() {
        return "drop-index";
    }

    @Override
    public About about() {
        return About.of("Drop an index", "`DROP INDEX`")
                .contract("""
                        All of it, since the old version's queries may need it: `CONCURRENTLY`, one index at a time. An
                        index of a partitioned table cannot be dropped that way and is dropped under a short lock.
                        """)
                .undo("It is built again, concurrently, from the catalog's definition.")
                .locks("""
                        `SHARE UPDATE EXCLUSIVE`: readers and writers go on. Of a partitioned table: `ACCESS EXCLUSIVE`,
                        for the catalog change only.
                        """)
                .limits("""
                        An index behind a constraint is refused as in PostgreSQL: drop the constraint. `CASCADE` is
                        refused.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        if (!change.kind().equals("DropStmt")
                || !change.command().text("removeType").equals("OBJECT_INDEX")) {
            return false;
        }
        for (Node object : change.command().list("objects")) {
            plan(change, draft, object.strings("items"));
        }
        return true;
    }

    private static void plan(Change change, Draft draft, List<String> name) {
        String bare = name.get(name.size() - 1);
        if (isOfNewTable(change, draft, bare)) {
            draft.add(
                    Slot.CREATE,
                    draft.step(change, "drop-index " + bare, "drop index " + bare)
                            .because("it is that of a table that this migration makes")
                            .brief(
                                    Step.Purpose.DDL,
                                    "DROP INDEX "
                                            + name.stream()
                                                    .map(Identifier::quote)
                                                    .collect(java.util.stream.Collectors.joining("."))));
            return;
        }
        MadeAndGone.requireOldName(change, draft, bare);
        requireNotOfThisScript(change, draft, name);
        Optional<Index> found = draft.catalog()
                .resolveIndex(name.size() > 1 ? Optional.of(name.get(name.size() - 2)) : Optional.empty(), bare);
        if (found.isEmpty()) {
            if (change.command().flag("missing_ok")) {
                draft.note(Note.Level.INFO, change.source(), "index " + bare + " does not exist: nothing to drop");
                return;
            }
            throw draft.refuse(
                    change,
                    "missing-relation",
                    "index \"" + bare + "\" does not exist",
                    "Check the name, or write IF EXISTS.");
        }
        Index index = found.get();
        requireDroppable(change, draft, index);
        if (index.unique() && slot(draft, index).phase() == Phase.CONTRACT) {
            KeyEffects.tellThatItStillHolds(
                    change, draft, index.table(), index.name().name());
        }
        Optional<Table> table = draft.catalog().table(index.table());
        List<Step> undo = new ArrayList<>();
        StepSpec spec = draft.step(
                change,
                "drop-index " + index.name().name(),
                "drop index " + index.name().name());
        if (table.isEmpty()) {
            undo.add(draft.step(
                            change,
                            "build-index " + index.name().name(),
                            "build index " + index.name().name())
                    .buildIndex(index.table(), index.name(), SafeForms.concurrently(index.definition())));
            index.comment()
                    .ifPresent(text -> undo.add(draft.step(
                                    change,
                                    "comment-back " + index.name().name(),
                                    "comment on index " + index.name().name())
                            .brief(
                                    Step.Purpose.DDL,
                                    "COMMENT ON INDEX " + index.name().quoted() + " IS " + Identifier.literal(text))));
        } else if (table.get().kind() == Table.Kind.PARTITIONED) {
            partitioned(change, draft, spec, table.get(), index);
            return;
        } else {
            undo.addAll(SafeForms.inUndo(draft, change.source()).buildIndex(table.get(), index));
        }
        draft.add(
                change,
                slot(draft, index),
                spec.because("CONCURRENTLY, and only now: the old version's queries may need it")
                        .lock(index.table(), LockMode.SHARE_UPDATE_EXCLUSIVE)
                        .undo(undo)
                        .dropIndex(
                                index.name(),
                                "DROP INDEX CONCURRENTLY IF EXISTS "
                                        + index.name().quoted()));
    }

    /** PostgreSQL has no CONCURRENTLY for a partitioned index; dropping it changes only the catalog. */
    private static void partitioned(Change change, Draft draft, StepSpec spec, Table table, Index index) {
        List<Step> undo = new ArrayList<>();
        undo.addAll(SafeForms.inUndo(draft, change.source()).buildIndex(table, index));
        draft.add(
                change,
                slot(draft, index),
                spec.because(
                                "an index of a partitioned table goes with those of its partitions, in one short transaction")
                        .lock(table.name(), LockMode.ACCESS_EXCLUSIVE)
                        .undo(undo)
                        .brief(
                                Step.Purpose.DDL,
                                "DROP INDEX IF EXISTS " + index.name().quoted()));
    }

    /** The table, and the index with it, is made as written. */
    private static boolean isOfNewTable(Change change, Draft draft, String index) {
        return ScriptBefore.of(draft, change).changes().stream()
                .filter(c -> c.kind().equals("IndexStmt")
                        && draft.isNew(c.relation())
                        && draft.findTable(c.relation()).isEmpty())
                .anyMatch(c -> isCalled(c, draft, index));
    }

    private static boolean isCalled(Change create, Draft draft, String index) {
        String given = create.command().text("idxname");
        String generated = GeneratedNames.index(
                draft,
                create,
                draft.nameToCreate(create.relation()),
                IndexDefinition.of(create.statement()).names());
        return given.isEmpty() ? index.matches(java.util.regex.Pattern.quote(generated) + "\\d*") : given.equals(index);
    }

    /** Making it and dropping it again would only cost the work. */
    private static void requireNotOfThisScript(Change change, Draft draft, List<String> name) {
        String bare = name.get(name.size() - 1);
        String schema = name.size() > 1 ? name.get(name.size() - 2) : "";
        boolean made = draft.catalog().searchPath().stream()
                .filter(path -> schema.isEmpty() || path.equals(schema))
                .anyMatch(path -> draft.isNew(QualifiedName.of(path, bare)));
        if (made || draft.isNew(QualifiedName.of(schema, bare))) {
            throw draft.refuse(
                    change,
                    "drop-new-index",
                    "the script makes index \"" + bare + "\" itself, and drops it again",
                    "Leave out both statements.");
        }
    }

    /**
     * Before the columns go, or get another name, that it is on: taken back in the opposite order, they are there again
     * when it is built.
     */
    private static Slot slot(Draft draft, Index index) {
        Set<String> named = Placement.names(index.definition());
        return draft.droppedByScript(index.table()).stream().anyMatch(named::contains)
                        || draft.renamedByScript(index.table()).stream().anyMatch(named::contains)
                ? Slot.PREPARE
                : Slot.AFTER_SWAP;
    }

    private static void requireDroppable(Change change, Draft draft, Index index) {
        QualifiedName name = index.name();
        if (index.constraintName().isPresent()) {
            throw draft.refuse(
                    change,
                    "drop-index-concurrently-illegal",
                    "index " + name + " belongs to constraint "
                            + index.constraintName().get() + " of " + index.table() + ": PostgreSQL refuses to drop it",
                    "Write ALTER TABLE " + index.table() + " DROP CONSTRAINT "
                            + Identifier.quote(index.constraintName().get()) + ".");
        }
        if (index.parent().isPresent()) {
            throw draft.refuse(
                    change,
                    "drop-index-concurrently-illegal",
                    "index " + name + " is part of the partitioned index "
                            + index.parent().get() + ": PostgreSQL refuses to drop it alone",
                    "Drop " + index.parent().get() + ".");
        }
        List<Dependency> dependents = draft.catalog().dependentsOf(ObjectRef.of(ObjectRef.Kind.INDEX, name)).stream()
                .filter(d -> d.kind() == Dependency.Kind.NORMAL)
                .filter(d -> !ScriptBefore.of(draft, change).drops(d.dependent().part()))
                .toList();
        if (!dependents.isEmpty()) {
            throw draft.refuse(
                    change,
                    "drop-cascade",
                    "these depend on index " + name + ": " + Dependents.list(dependents),
                    "Drop them first, by statements of their own.");
        }
    }
}
