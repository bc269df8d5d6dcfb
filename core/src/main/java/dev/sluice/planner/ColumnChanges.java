package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Constraint;
import dev.sluice.sql.Node;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the steps for all that a migration does to the columns of one table: one transaction that installs new columns
 * and their dual write, one backfill, one proof, one swap.
 */
final class ColumnChanges {

    private final ColumnWork work;
    private final Draft draft;
    private final TableDraft changes;
    private Optional<SwapParts> alone = Optional.empty();
    private Optional<SwapParts> together = Optional.empty();

    ColumnChanges(Draft draft, TableDraft changes) {
        this.draft = requireNonNull(draft);
        this.changes = requireNonNull(changes);
        this.work = ColumnWork.of(draft, changes);
    }

    void plan() {
        if (changes.hasColumnChanges() || changes.newName().isPresent()) {
            ColumnProof proof = new ColumnProof(work);
            ColumnFill fill = new ColumnFill(work);
            ColumnSwap swap = new ColumnSwap(work);
            new ColumnWarnings(draft, changes, work.links()).add();
            proof.preflight();
            new ColumnInstall(work).install();
            fill.backfill();
            fill.constrain();
            changes.newName()
                    .ifPresent(
                            rename -> draft.add(Slot.AFTER_BACKFILL, new UpdatableView(draft, changes).step(rename)));
            if (!work.retyping().isEmpty()) {
                requireConstraintsAsTheyAre();
                work.retyping().prepare();
            }
            readPaths();
            proof.prove();
            Optional<SwapParts> parts = swap.parts();
            if (changes.retyped().stream().anyMatch(r -> r.standsIn().isPresent())) {
                requireNothingTied();
                together = parts;
            } else {
                alone = parts;
            }
            swap.purge();
        }
    }

    /**
     * Adds the swaps, each in a transaction of its own. A table that looks its values up in another goes before that: on the way
     * back what it looks up there is there again.
     */
    static void swap(Draft draft, List<ColumnChanges> tables) {
        List<ColumnChanges> left = new ArrayList<>(tables);
        while (!left.isEmpty()) {
            ColumnChanges next = left.stream()
                    .filter(table -> left.stream()
                            .noneMatch(other -> other != table && Lookups.go(draft, other.changes, table.changes)))
                    .findFirst()
                    .orElse(left.get(0));
            next.alone.ifPresent(parts -> parts.addTo(draft));
            left.remove(next);
        }
    }

    /** The part in the one swap of all tables with columns of an exchanged type; empty when there is none. */
    Optional<SwapParts> together() {
        return together;
    }

    /** What else has to happen at one moment in these tables, and in others, is not worked out. */
    private void requireNothingTied() {
        changes.newName().ifPresent(rename -> {
            throw inOneMigration(rename.change());
        });
        changes.retyped().stream().filter(r -> r.standsIn().isEmpty()).forEach(r -> {
            throw inOneMigration(r.change());
        });
    }

    private ChangeRefused inOneMigration(Change change) {
        return draft.refuse(
                change,
                "change-type-dependent-object",
                "the script makes the type of another column of " + changes.name()
                        + " anew: all its columns change at one moment, together with those of other tables",
                "Do one of the two in a migration of its own, contract included.");
    }

    /** What concerns several tables, after all of them were planned. */
    void planBetweenTables() {
        if (!work.retyping().isEmpty()) {
            work.retyping().prepareBetweenTables();
        }
    }

    /** The second column gets what the first one has: so nothing of that may go or change its name meanwhile. */
    private void requireConstraintsAsTheyAre() {
        Set<String> columns =
                changes.retyped().stream().map(TableDraft.Retyped::column).collect(Collectors.toSet());
        Set<String> indexes = work.table().indexes().stream()
                .filter(i -> i.keyColumns().stream().anyMatch(columns::contains)
                        || i.included().stream().anyMatch(columns::contains))
                .map(i -> i.name().name())
                .collect(Collectors.toSet());
        Set<String> copied = work.table().constraints().stream()
                .filter(c -> c.columns().stream().anyMatch(columns::contains))
                .map(Constraint::name)
                .collect(Collectors.toSet());
        draft.catalog().foreignKeysTo(work.table().name()).stream()
                .map(Catalog.IncomingForeignKey::constraint)
                .filter(key -> key.foreignKey().orElseThrow().columns().stream().anyMatch(columns::contains))
                .map(Constraint::name)
                .forEach(copied::add);
        ScriptBefore all = ScriptBefore.end(draft);
        work.table().constraints().stream()
                .filter(c -> c.columns().stream().anyMatch(columns::contains))
                .filter(all::dropsReferencedColumnOf)
                .findFirst()
                .ifPresent(constraint -> {
                    throw draft.refuse(
                            changes.retyped().get(0).change(),
                            "change-type-dependent-object",
                            "the script drops a column that " + constraint.name()
                                    + " refers to, a foreign key of a column whose type it changes",
                            "Do one of the two in a migration of its own, contract included.");
                });
        for (Statement statement : draft.request().up().statements()) {
            for (Change change : Change.of(statement)) {
                Node node = change.command();
                boolean drops = change.kind().equals("AT_DropConstraint") && copied.contains(node.text("name"));
                boolean renames =
                        node.text("renameType").equals("OBJECT_TABCONSTRAINT") && copied.contains(node.text("subname"))
                                || node.text("renameType").equals("OBJECT_INDEX")
                                        && indexes.contains(change.relation().text("relname"));
                boolean nulls = columns.contains(node.text("name"))
                        && (change.kind().equals("AT_DropNotNull")
                                || change.kind().equals("AT_SetNotNull") && isBeforeItsType(change));
                if (drops || renames || nulls && isOfThisTable(change)) {
                    throw draft.refuse(
                            change,
                            "change-type-dependent-object",
                            "the script changes a constraint of a column whose type it changes ("
                                    + String.join(", ", columns) + ")",
                            "Do one of the two in a migration of its own, contract included.");
                }
            }
        }
    }

    private boolean isOfThisTable(Change change) {
        return draft.findTable(change.relation()).filter(t -> t == changes).isPresent();
    }

    private boolean isBeforeItsType(Change change) {
        return changes.retyped().stream()
                .anyMatch(r -> r.column().equals(change.command().text("name"))
                        && r.change().start() > change.start());
    }

    private void readPaths() {
        ReadPaths paths = new ReadPaths(draft, work.table(), work.source());
        changes.renamed().forEach(paths::indexes);
        paths.statistics(Stream.concat(
                        work.links().stream()
                                .flatMap(link -> link.ups().stream())
                                .map(Derived::column),
                        changes.addedInOrder().stream()
                                .filter(AddedColumn::needsBackfill)
                                .map(AddedColumn::name))
                .distinct()
                .toList());
    }
}
