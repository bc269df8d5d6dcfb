package dev.sluice.postgres.op;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Table;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Step;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Mark;
import dev.sluice.planner.SafeForms;
import dev.sluice.planner.Slot;
import dev.sluice.planner.StepSpec;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;

/**
 * UNIQUE or PRIMARY KEY of a partitioned table without stopping writers: the index of each partition CONCURRENTLY; then, in
 * one short transaction, the constraint ON ONLY the parents, which builds nothing, each partition's constraint USING its
 * INDEX, and the indexes attached. It is what {@code pg_dump} writes for such a key (PostgreSQL documentation, "Table
 * Partitioning": ALTER TABLE ONLY … ADD UNIQUE with ALTER INDEX … ATTACH PARTITION). Used once.
 */
final class PartitionedKey {

    private final Draft draft;
    private final Change change;
    private final Form form;
    private final List<Part> parts = new ArrayList<>();

    /** What the statement asks for, as SQL. */
    interface Form {
        boolean primary();

        List<String> columns();

        /** The columns and the included ones: what generated names are made of. */
        List<String> names();

        /** CREATE UNIQUE INDEX. */
        String createIndex(Table table, QualifiedName index);

        /** What follows ADD CONSTRAINT name: {@code UNIQUE (a) INCLUDE (b) DEFERRABLE}. */
        String definition();

        /** What follows ADD CONSTRAINT name for an index that is there: {@code UNIQUE USING INDEX i DEFERRABLE}. */
        String usingIndex(QualifiedName index);
    }

    /** A table of the tree and its key; the name of the constraint is that of its index. */
    private record Part(Table table, QualifiedName index, List<QualifiedName> parents) {
        boolean isLeaf() {
            return table.kind() != Table.Kind.PARTITIONED;
        }
    }

    PartitionedKey(Draft draft, Change change, Table top, QualifiedName key, Form form) {
        this.draft = requireNonNull(draft);
        this.change = requireNonNull(change);
        this.form = requireNonNull(form);
        collect(top, key, List.of());
    }

    private void collect(Table table, QualifiedName index, List<QualifiedName> parents) {
        parts.add(new Part(table, index, parents));
        draft.created(index);
        draft.mark(new Mark.ConstraintMade(index));
        for (QualifiedName name : table.partitioning().children()) {
            Table child = draft.catalog().table(name).orElseThrow();
            boolean hasKey = child.constraints().stream()
                    .anyMatch(c -> c.kind() == Constraint.Kind.PRIMARY_KEY
                            || c.kind() == Constraint.Kind.UNIQUE
                                    && List.copyOf(c.columns()).equals(form.columns()));
            if (hasKey || child.kind() == Table.Kind.FOREIGN) {
                throw draft.refuse(
                        change,
                        "add-unique-constraint",
                        "partition " + name
                                + (hasKey
                                        ? " has a key already, which PostgreSQL would make a part of this one"
                                        : " is a foreign table, which cannot have a key"),
                        hasKey
                                ? "Drop the partition's own key by a migration before this one."
                                : "Detach it, or leave the key out.");
            }
            String own = GeneratedNames.key(draft, change, name, form.names(), form.primary());
            collect(child, name.withName(own), List.of(index));
        }
    }

    /** @param undoing what takes the constraint away again */
    void add(Slot build, Slot attach, StepSpec spec, StepSpec undoing) {
        QualifiedName top = parts.get(0).index;
        for (Part part : parts) {
            if (part.isLeaf()) {
                draft.add(
                        change,
                        build,
                        SafeForms.of(draft, change.source())
                                .buildIndex(part.table, part.index, form.createIndex(part.table, part.index), -1));
            }
        }
        for (Part part : parts.subList(1, parts.size())) {
            spec.lock(part.table.name(), LockMode.ACCESS_EXCLUSIVE);
            undoing.lock(part.table.name(), LockMode.ACCESS_EXCLUSIVE);
        }
        draft.add(
                change,
                attach,
                spec.undo(undoing.brief(
                                Step.Purpose.DDL,
                                "ALTER TABLE " + parts.get(0).table.name().quoted() + " DROP CONSTRAINT IF EXISTS "
                                        + Identifier.quote(top.name())))
                        .brief(Step.Purpose.DDL, statements()));
    }

    /** The lowest attached first: an index becomes valid with the last of its parts. */
    private List<String> statements() {
        List<String> statements = new ArrayList<>();
        for (Part part : parts) {
            statements.add("ALTER TABLE " + (part.isLeaf() ? "" : "ONLY ")
                    + part.table.name().quoted() + " ADD CONSTRAINT " + Identifier.quote(part.index.name()) + " "
                    + (part.isLeaf() ? form.usingIndex(part.index) : form.definition()));
        }
        for (int i = parts.size() - 1; i >= 0; i--) {
            Part part = parts.get(i);
            part.parents.forEach(parent ->
                    statements.add("ALTER INDEX " + parent.quoted() + " ATTACH PARTITION " + part.index.quoted()));
        }
        return statements;
    }
}
