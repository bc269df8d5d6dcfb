package dev.sluice.postgres.op;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Index;
import dev.sluice.catalog.Table;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Step;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.SafeForms;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.Slot;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An index of a partitioned table without stopping writers: ON ONLY the parents, CONCURRENTLY on each partition, then
 * attached (PostgreSQL documentation, "Table Partitioning", on ALTER INDEX … ATTACH PARTITION). Used once.
 */
final class PartitionedIndex {

    private final Draft draft;
    private final Change change;
    private final Table top;
    private final QualifiedName topIndex;
    private final List<Part> parts = new ArrayList<>();

    /**
     * An index of one table of the tree.
     *
     * @param create CREATE INDEX without CONCURRENTLY; empty when the partition has a fitting index already
     */
    private record Part(Table table, QualifiedName index, Optional<QualifiedName> parent, Optional<String> create) {
        boolean isLeaf() {
            return table.kind() != Table.Kind.PARTITIONED;
        }
    }

    private PartitionedIndex(Draft draft, Change change, Table top, QualifiedName topIndex) {
        this.draft = requireNonNull(draft);
        this.change = requireNonNull(change);
        this.top = requireNonNull(top);
        this.topIndex = requireNonNull(topIndex);
    }

    /** The index that a CREATE INDEX of the script describes. */
    static PartitionedIndex of(
            Draft draft, Change change, Table table, QualifiedName index, IndexDefinition definition) {
        PartitionedIndex tree = new PartitionedIndex(draft, change, table, index);
        tree.collect(table, index, Optional.empty(), definition);
        return tree;
    }

    private void collect(Table table, QualifiedName index, Optional<QualifiedName> parent, IndexDefinition definition) {
        boolean only = table.kind() == Table.Kind.PARTITIONED;
        parts.add(new Part(table, index, parent, Optional.of(definition.create(index, table.name(), only))));
        draft.created(index);
        for (QualifiedName name : table.partitioning().children()) {
            Table child = draft.catalog().table(name).orElseThrow();
            if (child.kind() == Table.Kind.FOREIGN) {
                continue;
            }
            Optional<QualifiedName> fitting =
                    fitting(child, definition).map(Index::name).or(() -> made(child, definition));
            if (fitting.isPresent()) {
                parts.add(new Part(child, fitting.get(), Optional.of(index), Optional.empty()));
            } else {
                collect(
                        child,
                        name.withName(GeneratedNames.index(draft, change, name, definition.names())),
                        Optional.of(index),
                        definition);
            }
        }
    }

    /** An index over the same plain columns that belongs to no other partitioned index: PostgreSQL attaches it too. */
    private static Optional<Index> fitting(Table child, IndexDefinition definition) {
        return child.indexes().stream()
                .filter(i ->
                        i.parent().isEmpty() && i.valid() && i.constraintName().isEmpty())
                .filter(i -> i.definition().endsWith("USING btree (" + String.join(", ", definition.keys()) + ")"))
                .filter(i -> i.unique() == definition.unique()
                        && definition.expressions().isEmpty()
                        && definition
                                .tail()
                                .replaceFirst("(?i)^using btree ", "")
                                .equals("(" + String.join(", ", definition.keys()) + ")"))
                .findFirst();
    }

    /** One that an earlier statement of the script makes. */
    private Optional<QualifiedName> made(Table child, IndexDefinition definition) {
        return ScriptBefore.of(draft, change).changes().stream()
                .filter(c -> c.kind().equals("IndexStmt")
                        && !c.command().text("idxname").isEmpty())
                .filter(c -> draft.findTable(c.relation())
                        .filter(t -> t.name().equals(child.name()))
                        .isPresent())
                .filter(c -> IndexDefinition.of(c.statement()).isLike(definition))
                .map(c -> child.name().withName(c.command().text("idxname")))
                // one that was there before IF NOT EXISTS may be another
                .filter(name -> draft.catalog().index(name).isEmpty())
                .findFirst();
    }

    /** Only the parent's, as ON ONLY says: it is not valid until each partition has one that is attached. */
    static Step ofParentOnly(Draft draft, Change change, Table table, QualifiedName index, IndexDefinition definition) {
        return new PartitionedIndex(draft, change, table, index)
                .parentStep(new Part(
                        table, index, Optional.empty(), Optional.of(definition.create(index, table.name(), true))));
    }

    void addTo(Slot slot) {
        for (Part part : parts) {
            if (part.create.isEmpty()) {
                continue;
            }
            draft.add(
                    change,
                    slot,
                    part.isLeaf()
                            ? SafeForms.of(draft, change.source())
                                    .buildIndex(part.table, part.index, part.create.get(), -1)
                            : parentStep(part));
        }
        List<Step> undo = new ArrayList<>();
        undo.add(draft.step(change, "drop-index " + topIndex.name(), "drop index " + topIndex.name() + " and its parts")
                .lock(top.name(), LockMode.ACCESS_EXCLUSIVE)
                .brief(Step.Purpose.DDL, "DROP INDEX IF EXISTS " + topIndex.quoted()));
        for (Part part : parts) {
            if (part.create.isEmpty()) {
                part.table
                        .index(part.index.name())
                        .ifPresent(index -> undo.addAll(
                                SafeForms.inUndo(draft, change.source()).buildIndex(part.table, index)));
            }
        }
        draft.add(
                change,
                slot,
                draft.step(
                                change,
                                "attach-index " + topIndex.name(),
                                "attach the partitions' indexes to " + topIndex.name())
                        .because("the indexes are there already: only the catalog changes")
                        .lock(top.name(), LockMode.ACCESS_SHARE)
                        .undo(undo)
                        .brief(Step.Purpose.DDL, attachments()));
    }

    private Step parentStep(Part part) {
        return draft.step(
                        change,
                        "create-index " + part.index.name(),
                        "create index " + part.index.name() + " on the parent only")
                .because("ON ONLY builds nothing, and is not valid until the index of every partition is attached")
                .lock(part.table.name(), LockMode.SHARE)
                .undo(draft.step(change, "drop-index " + part.index.name(), "drop index " + part.index.name())
                        .lock(part.table.name(), LockMode.ACCESS_EXCLUSIVE)
                        .brief(Step.Purpose.DDL, "DROP INDEX IF EXISTS " + part.index.quoted()))
                .brief(Step.Purpose.DDL, part.create.orElseThrow());
    }

    /** The lowest first: an index becomes valid with the last of its parts. */
    private List<String> attachments() {
        List<String> statements = new ArrayList<>();
        for (int i = parts.size() - 1; i >= 0; i--) {
            Part part = parts.get(i);
            part.parent.ifPresent(parent ->
                    statements.add("ALTER INDEX " + parent.quoted() + " ATTACH PARTITION " + part.index.quoted()));
        }
        return statements;
    }
}
