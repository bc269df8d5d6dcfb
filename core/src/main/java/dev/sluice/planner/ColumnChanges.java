package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import java.util.stream.Stream;

/**
 * Makes the steps for all that a migration does to the columns of one table: one transaction that installs new columns
 * and their dual write, one backfill, one proof, one swap.
 */
final class ColumnChanges {

    private final ColumnWork work;
    private final Draft draft;
    private final TableDraft changes;

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
                work.retyping().prepare();
            }
            readPaths();
            proof.prove();
            swap.swap();
            swap.purge();
        }
    }

    /** What concerns several tables, after all of them were planned. */
    void planBetweenTables() {
        if (!work.retyping().isEmpty()) {
            work.retyping().prepareBetweenTables();
        }
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
