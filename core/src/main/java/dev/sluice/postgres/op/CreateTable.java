package dev.sluice.postgres.op;

import dev.sluice.plan.LockMode;
import dev.sluice.plan.Note;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Step;
import dev.sluice.planner.About;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.NewTableKeys;
import dev.sluice.planner.Operation;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.Slot;
import dev.sluice.planner.StepSpec;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * CREATE TABLE that names a table in use (REFERENCES, LIKE, INHERITS, PARTITION OF), CREATE TABLE AS, CREATE
 * MATERIALIZED VIEW. As written; taken back, the table is dropped if it is empty and archived otherwise.
 */
final class CreateTable implements Operation {

    private static final Set<String> ROWS = Set.of("InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt");

    @Override
    public String id() {
        return "create-table";
    }

    @Override
    public About about() {
        return About.of("Create a table", """
                        `CREATE TABLE` (REFERENCES, LIKE, INHERITS, PARTITION OF), `CREATE TABLE AS`, `CREATE
                        MATERIALIZED VIEW`, and its `REFRESH` in the same script
                        """)
                .expand("As written, but for some foreign keys.")
                .contract("""
                        A foreign key without ON DELETE action, when rows have been deleted from the table it refers to
                        (by the server's count): rows that the new version writes would make the old version's DELETE
                        fail. Until contract nothing stops such rows from pointing to rows that are gone; contract looks
                        for them first, and names them. `-- sluice:phase expand` makes the key with the table.
                        """)
                .undo("""
                        Dropped when it is empty; otherwise it moves to schema `sluice_archive` and stays there until
                        `sluice purge --kept`.
                        """)
                .locks("""
                        `SHARE ROW EXCLUSIVE` for a moment on referenced tables; `ACCESS EXCLUSIVE` on the parent for
                        PARTITION OF.
                        """)
                .limits("""
                        The foreign keys of a new partitioned table are made with it, before PostgreSQL 18. PARTITION OF
                        is refused when a default partition with rows would be read.

                        Refused (`same-name-cutover`): a table of a name that the same script drops; while both versions
                        run, the two cannot share it. A materialized view may (see `DROP VIEW`).
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        switch (change.kind()) {
            case "CreateStmt" -> table(change, draft);
            case "CreateTableAsStmt" ->
                filled(
                        change,
                        draft,
                        change.command().get("into").get("rel"),
                        change.command().text("objtype").equals("OBJECT_MATVIEW"));
            case "RefreshMatViewStmt" -> {
                return refreshed(change, draft);
            }
            case "SelectStmt" -> {
                if (!change.command().has("intoClause")) {
                    return false;
                }
                filled(change, draft, change.command().get("intoClause").get("rel"), false);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void requireLasting(Change change, Draft draft, Node made) {
        if (made.text("relpersistence").equals("t")) {
            throw draft.refuse(
                    change,
                    "session-statement",
                    "a temporary table lives in one session, or one transaction, and every step has one of its own",
                    "Write its query into the statements that use it, as WITH or a subquery; or make an ordinary table,"
                            + " and drop it in a later migration.");
        }
    }

    private static void tellIfLate(Change change, Draft draft, Slot slot, QualifiedName name) {
        if (slot.phase() == Phase.CONTRACT) {
            draft.note(
                    Note.Level.WARNING,
                    change.source(),
                    "the new version finds " + name.name() + " only after contract: it needs what is ready only then");
        }
    }

    /** Whether it is made like a table that the script changes before: that has its last form after the swap. */
    private static boolean isLikeChanged(Change change, Draft draft) {
        return change.command().all("TableLikeClause").stream()
                .flatMap(like -> draft.findTable(like.get("relation")).stream())
                .anyMatch(like -> ScriptBefore.of(draft, change).changes().stream()
                        .filter(c -> !ROWS.contains(c.kind()))
                        .anyMatch(c -> draft.findTable(c.relation())
                                .filter(t -> t == like)
                                .isPresent()));
    }

    private static void table(Change change, Draft draft) {
        requireLasting(change, draft, change.relation());
        QualifiedName name = draft.nameToCreate(change.relation());
        if (isThere(change, draft, name)) {
            return;
        }
        StepSpec spec = draft.step(change, "create-table " + name.name(), "create table " + name.name());
        List<LaterKey> later = LaterKey.of(change, draft, name);
        List<QualifiedName> referenced = new ArrayList<>();
        for (Node foreign : change.command().all("Constraint")) {
            if (foreign.text("contype").equals("CONSTR_FOREIGN")) {
                Node target = foreign.get("pktable");
                draft.findTable(target).ifPresent(parent -> {
                    requireOldName(change, draft, parent);
                    if (later.stream().noneMatch(key -> key.key().equals(foreign))) {
                        spec.lock(parent.name(), LockMode.SHARE_ROW_EXCLUSIVE);
                        referenced.add(parent.name());
                    }
                });
                draft.newRelation(target).ifPresent(referenced::add); // by then the new version uses it
            }
        }
        for (Node parent : change.command().list("inhRelations")) {
            parent(change, draft, spec, parent);
        }
        draft.created(name);
        boolean swapped = refersToSwapped(change, draft, later) || isLikeChanged(change, draft);
        Slot slot = Placement.of(change, draft, swapped ? Slot.AFTER_SWAP : Slot.CREATE);
        tellIfLate(change, draft, slot, name);
        Placement.remember(draft, slot, name.name());
        draft.add(
                change,
                slot,
                spec.because("a new table: nobody uses it yet; what it refers to is locked for a moment")
                        .undo(undo(change, draft, name, referenced))
                        .brief(
                                Step.Purpose.DDL,
                                LaterKey.without(later, change.statement().sql())));
        later.forEach(key -> key.add(change, draft, name));
    }

    /** Whether it refers to a column whose place another one takes in contract, or to a key that is made there. */
    private static boolean refersToSwapped(Change change, Draft draft, List<LaterKey> later) {
        return change.command().all("Constraint").stream()
                .filter(c -> later.stream().noneMatch(key -> key.key().equals(c)))
                .filter(c -> c.text("contype").equals("CONSTR_FOREIGN"))
                .anyMatch(c -> NewTableKeys.comes(draft, c));
    }

    private static void requireOldName(Change change, Draft draft, TableDraft parent) {
        if (parent.newName().isPresent()) {
            throw NewTableKeys.renamed(draft, change, parent);
        }
    }

    private static boolean isThere(Change change, Draft draft, QualifiedName name) {
        boolean exists = draft.catalog().table(name).isPresent()
                || draft.catalog().view(name).isPresent();
        if (exists && ScriptBefore.of(draft, change).drops(name.name())) {
            throw draft.refuse(
                    change,
                    "same-name-cutover",
                    "the script drops " + name + " and makes another of that name: while both versions run, the two"
                            + " cannot share it",
                    "Give the new one another name now; rename it in a later migration, after contract and purge.");
        }
        if (exists && change.command().flag("if_not_exists")) {
            draft.note(Note.Level.INFO, change.source(), "table " + name + " exists already: nothing to do");
        } else if (exists) {
            throw draft.refuse(
                    change,
                    "duplicate-relation",
                    "relation \"" + name.name() + "\" exists already",
                    "Give it another name.");
        }
        return exists;
    }

    private static void parent(Change change, Draft draft, StepSpec spec, Node parent) {
        draft.findTable(parent).ifPresent(table -> {
            boolean partition = change.command().has("partbound");
            spec.lock(table.name(), partition ? LockMode.ACCESS_EXCLUSIVE : LockMode.SHARE_UPDATE_EXCLUSIVE);
            boolean hasDefault = table.table().partitioning().children().stream()
                    .flatMap(c -> draft.catalog().table(c).stream())
                    .anyMatch(c -> c.partitioning().isDefaultPartition()
                            && draft.protection().protects(c.name()));
            if (partition && hasDefault) {
                draft.refuseUnlessAllowed(
                        change,
                        "create-partition-of",
                        "the default partition of " + table.name()
                                + " would be read while nobody can read or write the whole table",
                        "Create the table by itself, then ATTACH it.");
            }
        });
    }

    /** The rows are read in one transaction that locks nothing against writers. */
    private static void filled(Change change, Draft draft, Node into, boolean matview) {
        requireLasting(change, draft, into);
        QualifiedName name = draft.nameToCreate(into);
        if (ReplacedThing.isPlanned(draft, change)) {
            ReplacedThing.recreated(change, draft, name);
            return;
        }
        if (isThere(change, draft, name)) {
            return;
        }
        draft.created(name);
        Slot slot = ReadRows.behind(change, draft, Optional.empty(), Placement.of(change, draft, Slot.CREATE));
        tellIfLate(change, draft, slot, name);
        ReadRows.tell(change, draft, Optional.empty(), slot);
        Placement.remember(draft, slot, name.name());
        List<Step> undo = matview
                ? List.of(draft.step(change, "create-undo " + name.name(), "drop materialized view " + name.name())
                        .brief(Step.Purpose.DDL, "DROP MATERIALIZED VIEW IF EXISTS " + name.quoted()))
                : undo(change, draft, name, List.of());
        draft.add(
                change,
                slot,
                draft.step(change, "create-table " + name.name(), "create " + name.name() + " from a query")
                        .because("a new relation: nobody uses it yet; its query only reads")
                        .undo(undo)
                        .opaque(List.of(change.statement().sql()), true, Optional.empty()));
    }

    /** REFRESH of a materialized view that the script makes; of others it is not planned. */
    private static boolean refreshed(Change change, Draft draft) {
        if (ReplacedThing.isPlanned(draft, change)) {
            return true;
        }
        if (!draft.isNew(change.relation())) {
            return false;
        }
        Slot slot = Placement.of(change, draft, Slot.AFTER_BACKFILL);
        for (QualifiedName table : draft.catalog().tables().keySet()) {
            slot = Slot.later(slot, draft.lastRowsChange(table));
        }
        String name = change.relation().text("relname");
        draft.add(
                change,
                slot,
                draft.step(change, "refresh " + name, "fill " + name)
                        .because("a new materialized view: nobody reads it yet")
                        .opaque(List.of(change.statement().sql()), true, Optional.empty()));
        return true;
    }

    /** Taking a foreign key away drops triggers of the table it refers to, which is locked for that. */
    private static List<Step> undo(
            Change change, Draft draft, QualifiedName name, Collection<QualifiedName> referenced) {
        QualifiedName archived = Archive.name(draft, name);
        StepSpec move = draft.step(
                        change, "archive-new " + name.name(), "move the new table " + name.name() + " into the archive")
                .lock(name, LockMode.ACCESS_EXCLUSIVE);
        referenced.forEach(table -> move.lock(table, LockMode.ACCESS_EXCLUSIVE));
        return List.of(
                move.brief(Step.Purpose.ARCHIVE, Archive.moveNewTable(draft, name)),
                draft.step(change, "discard " + name.name(), "drop it, unless it holds rows")
                        .discard(
                                archived,
                                Optional.empty(),
                                "true",
                                List.of("DROP TABLE IF EXISTS " + archived.quoted())));
    }
}
