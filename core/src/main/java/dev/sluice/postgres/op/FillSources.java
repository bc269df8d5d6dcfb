package dev.sluice.postgres.op;

import dev.sluice.planner.AddedColumn;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.TableDraft;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Rows from which the script fills new columns, and that it changes afterwards: until contract the new column would follow. */
final class FillSources {

    private FillSources() {}

    /** Until contract a column that the script fills follows the columns that it is filled from, whoever changes these. */
    static void requireNone(Change change, Draft draft, TableDraft table) {
        requireNoSource(change, draft, table, WholeChange.assigned(change).collect(Collectors.toSet()));
        requireNotLookedUp(change, draft, table);
        draft.catalog().tables().keySet().stream()
                .flatMap(name -> draft.findTable(name).stream())
                .filter(other -> !other.addedInOrder().isEmpty())
                .forEach(other -> requireNoSource(change, draft, other, changedByKeys(change, draft, table, other)));
    }

    /** What a fill looks up in another table it finds there after the statements of the script that change rows. */
    private static void requireNotLookedUp(Change change, Draft draft, TableDraft table) {
        draft.catalog().tables().keySet().stream()
                .flatMap(name -> draft.findTable(name).stream())
                .filter(other -> other != table)
                .flatMap(other -> other.addedInOrder().stream())
                .filter(column -> column.fill()
                        .filter(fill -> fill.change().statement().node().all("RangeVar").stream()
                                .flatMap(relation -> draft.findTable(relation).stream())
                                .anyMatch(read -> read == table))
                        .isPresent())
                .findFirst()
                .ifPresent(filled -> {
                    throw draft.refuse(
                            change,
                            "fill-from-changed-column",
                            "line "
                                    + filled.fill()
                                            .orElseThrow()
                                            .change()
                                            .source()
                                            .line()
                                    + " fills the new column " + filled.name() + " from rows of " + table.name()
                                    + ", which are looked up when this statement has changed them",
                            "Write this statement before the UPDATE that fills " + filled.name()
                                    + ", or in a later migration.");
                });
    }

    /** What foreign keys do to columns of another table, or to other rows of the same. */
    private static Set<String> changedByKeys(Change change, Draft draft, TableDraft table, TableDraft other) {
        Set<String> changed = new HashSet<>(KeyActions.ofUpdate(
                draft.catalog(),
                table.table(),
                WholeChange.assigned(change).collect(Collectors.toSet()),
                other.table()));
        if (ChangeData.deletes(change)) {
            changed.addAll(KeyActions.ofDelete(draft.catalog(), table.table(), other.table()));
        }
        return changed;
    }

    private static void requireNoSource(Change change, Draft draft, TableDraft table, Set<String> changed) {
        for (AddedColumn filled : table.addedInOrder()) {
            filled.fill()
                    .filter(fill -> !Collections.disjoint(fill.expression().columns(), changed))
                    .ifPresent(fill -> {
                        throw draft.refuse(
                                change,
                                "fill-from-changed-column",
                                "line " + fill.change().source().line() + " fills the new column " + filled.name()
                                        + " from what this statement changes, and until contract " + filled.name()
                                        + " follows every change of that",
                                "Write this statement before the UPDATE that fills " + filled.name()
                                        + ", or in a later migration.");
                    });
        }
    }
}
