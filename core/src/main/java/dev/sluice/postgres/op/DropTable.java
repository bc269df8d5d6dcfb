package dev.sluice.postgres.op;

import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Dependency;
import dev.sluice.catalog.ObjectRef;
import dev.sluice.catalog.Table;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Note;
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
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** DROP TABLE: in contract the table moves into the archive with all it has; purge drops it. */
final class DropTable implements Operation {

    @Override
    public String id() {
        return "drop-table";
    }

    @Override
    public About about() {
        return About.of("Drop a table", "`DROP TABLE`")
                .contract("""
                        The table moves to schema `sluice_archive` with indexes, sequences and partitions. Its foreign
                        keys are dropped: they would keep others from deleting.
                        """)
                .purge("It is dropped.")
                .undo("It moves back; its foreign keys are added NOT VALID and validated.")
                .locks("""
                        `ACCESS EXCLUSIVE` for a moment, also on tables its foreign keys point to.
                        """)
                .limits("""
                        Refused while something depends on it (with the list, also with CASCADE), for partitions,
                        foreign tables and inheritance children.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        if (!change.kind().equals("DropStmt")
                || !change.command().text("removeType").equals("OBJECT_TABLE")) {
            return false;
        }
        Set<QualifiedName> together = new HashSet<>();
        List<Table> tables = new ArrayList<>();
        for (Node object : change.command().list("objects")) {
            find(change, draft, object.strings("items")).ifPresent(table -> {
                together.add(table.name());
                tables.add(table);
            });
        }
        tables.forEach(table -> plan(change, draft, table, together));
        return true;
    }

    private static Optional<Table> find(Change change, Draft draft, List<String> name) {
        Optional<String> schema = name.size() > 1 ? Optional.of(name.get(name.size() - 2)) : Optional.empty();
        Optional<Table> table = draft.catalog().resolveTable(schema, name.get(name.size() - 1));
        if (table.isEmpty()) {
            MadeAndGone.requireOldName(change, draft, name.get(name.size() - 1));
            if (!change.command().flag("missing_ok")) {
                throw draft.refuse(
                        change,
                        "missing-relation",
                        "table \"" + name.get(name.size() - 1) + "\" does not exist before this migration",
                        "Check the name, or write DROP TABLE IF EXISTS.");
            }
            draft.note(
                    Note.Level.INFO,
                    change.source(),
                    "table " + String.join(".", name) + " does not exist: nothing to drop");
        }
        return table;
    }

    private static void plan(Change change, Draft draft, Table table, Set<QualifiedName> together) {
        requireDroppable(change, draft, table, together);
        MadeAndGone.requireAsItWas(change, draft, table);
        if (draft.findTable(table.name()).filter(TableDraft::hasColumnChanges).isPresent()) {
            throw draft.refuse(
                    change,
                    "drop-table",
                    "the migration changes columns of " + table.name() + " and drops it",
                    "Leave out the changes of its columns, or drop it in a later migration.");
        }
        List<Table> tree = draft.catalog().partitionTree(table);
        List<String> move = new ArrayList<>();
        List<String> back = new ArrayList<>();
        String what = table.name().name();
        StepSpec spec = draft.step(change, "archive " + what, "move table " + what + " into the archive");
        StepSpec undo = draft.step(change, "restore " + what, "bring table " + what + " back");
        StepSpec detach =
                draft.step(change, "detach " + what, "drop the foreign keys of " + what + ", which is archived next");
        List<String> drops = new ArrayList<>();
        List<Step> keys = new ArrayList<>();
        for (Table part : tree) {
            spec.lock(part.name(), LockMode.ACCESS_EXCLUSIVE);
            for (Constraint key : part.foreignKeys()) {
                if (key.inheritedFrom() > 0 || ScriptBefore.of(draft, change).drops(key.name())) {
                    continue;
                }
                QualifiedName peer = key.foreignKey().orElseThrow().table();
                drops.add("ALTER TABLE " + part.name().quoted() + " DROP CONSTRAINT " + Identifier.quote(key.name()));
                detach.lock(part.name(), LockMode.ACCESS_EXCLUSIVE).lock(peer, LockMode.ACCESS_EXCLUSIVE);
                keys.addAll(DropConstraint.undo(change, draft, part, key));
            }
        }
        tree.forEach(part -> move.addAll(Archive.moveTable(draft, part)));
        tree.forEach(part -> back.addAll(Archive.tableBack(draft, part)));
        if (!drops.isEmpty()) {
            // before all swaps, so that it is taken back after them, when what the keys refer to has its old names
            draft.add(
                    change,
                    Slot.SWAP,
                    detach.because("kept rows must not restrict others")
                            .undo(keys)
                            .brief(Step.Purpose.DDL, drops));
        }
        draft.add(
                change,
                Slot.AFTER_SWAP,
                spec.because("its rows stay until purge, so that down can bring it back")
                        .undo(undo.brief(Step.Purpose.RESTORE, back))
                        .brief(Step.Purpose.ARCHIVE, move));
        QualifiedName archived = Archive.name(draft, table.name());
        draft.add(
                Slot.PURGE,
                draft.step(change, "purge " + what, "drop the archived table " + what + " for good")
                        .because("its rows cannot be brought back after this")
                        .brief(Step.Purpose.DROP, "DROP TABLE IF EXISTS " + archived.quoted()));
    }

    /** Statements of the script so far that make a foreign key to the table. */
    static Stream<Statement> newForeignKeys(Draft draft, ScriptBefore before, QualifiedName table) {
        return before.changes().stream()
                .map(Change::statement)
                .distinct()
                .filter(s -> s.node().is("CreateStmt") || s.node().is("AlterTableStmt"))
                .filter(s -> !before.drops(s.node().get("relation").text("relname")))
                .filter(s -> s.node().all("Constraint").stream()
                        .filter(constraint -> constraint.has("pktable"))
                        .anyMatch(constraint -> draft.findTable(constraint.get("pktable"))
                                .filter(t -> t.name().equals(table))
                                .isPresent()));
    }

    private static void requireDroppable(Change change, Draft draft, Table table, Set<QualifiedName> together) {
        if (table.isPartition()) {
            throw draft.refuse(
                    change,
                    "drop-partition",
                    table.name() + " is a partition: dropping it locks the whole of "
                            + table.partitioning().parent().orElseThrow(),
                    "Write ALTER TABLE … DETACH PARTITION … in a migration before this one.");
        }
        ScriptBefore before = ScriptBefore.of(draft, change);
        List<String> users = new ArrayList<>();
        draft.catalog().foreignKeysTo(table.name()).stream()
                .filter(k -> !together.contains(k.table().name())
                        && !before.drops(k.constraint().name()))
                .filter(k -> !before.drops(k.table().name().name()))
                .forEach(k -> users.add("foreign key " + k.constraint().name() + " of "
                        + k.table().name()));
        newForeignKeys(draft, before, table.name())
                .forEach(s -> users.add("a foreign key of line " + s.position().line()));
        Stream.concat(
                        Stream.of(ObjectRef.table(table.name()), ObjectRef.of(ObjectRef.Kind.TYPE, table.name())),
                        table.columns().stream().map(c -> ObjectRef.column(table.name(), c.name())))
                .flatMap(ref -> draft.catalog().dependentsOf(ref).stream())
                .filter(d -> d.kind() == Dependency.Kind.NORMAL)
                .map(Dependency::dependent)
                .filter(d -> !d.name().equals(table.name()) && !together.contains(d.name()))
                .filter(d -> d.kind() != ObjectRef.Kind.CONSTRAINT && d.kind() != ObjectRef.Kind.INDEX)
                .filter(d -> !before.drops(d.name().name()))
                .map(ObjectRef::toString)
                .distinct()
                .forEach(users::add);
        table.inheritedBy().stream().filter(c -> !together.contains(c)).forEach(c -> users.add("table " + c));
        if (!users.isEmpty()) {
            throw draft.refuse(
                    change,
                    "drop-cascade",
                    "these depend on table " + table.name() + ": " + String.join(", ", users),
                    "Drop them first, by statements of their own"
                            + (change.command().text("behavior").equals("DROP_CASCADE")
                                    ? " instead of CASCADE."
                                    : "."));
        }
        if (table.kind() == Table.Kind.FOREIGN || !table.inherits().isEmpty()) {
            throw draft.refuse(
                    change,
                    "drop-table",
                    table.name() + " is a foreign table or inherits from another: it cannot be archived",
                    "Drop it in a maintenance window outside Sluice.");
        }
        draft.note(
                Note.Level.INFO,
                change.source(),
                table.name() + " (" + SafeForms.rows(table) + ") stays in schema " + Archive.SCHEMA
                        + " until purge; what is there is frozen");
    }
}
