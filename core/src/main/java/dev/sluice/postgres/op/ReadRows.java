package dev.sluice.postgres.op;

import dev.sluice.plan.Note;
import dev.sluice.plan.Phase;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Mark;
import dev.sluice.planner.Slot;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.QualifiedName;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rows of other tables that a statement makes rows from. */
final class ReadRows {

    private ReadRows() {}

    /**
     * {@code slot}, or later when the statement reads rows of tables that the script changes before, and that change later.
     *
     * @param own the table whose rows it changes, which has an order of its own
     */
    static Slot behind(Change change, Draft draft, Optional<TableDraft> own, Slot slot) {
        Set<String> names = Placement.names(change.statement().sql());
        Slot behind = slot;
        for (QualifiedName name : draft.catalog().tables().keySet()) {
            Optional<TableDraft> read = names.contains(name.name()) ? draft.findTable(name) : Optional.empty();
            if (read.isPresent() && !read.equals(own)) {
                behind = Slot.later(behind, draft.lastRowsChange(name));
                behind = read.get().added().isEmpty() ? behind : Slot.later(behind, Slot.AFTER_BACKFILL);
            }
        }
        for (QualifiedName relation : draft.newRelations(change.statement())) {
            behind = Slot.later(behind, draft.lastRowsChange(relation));
        }
        return behind;
    }

    /**
     * Remembers when it reads, so that later changes of these rows come after it; and says that the old version goes on writing to
     * what is read: in a plain run it would have ended before.
     */
    static void tell(Change change, Draft draft, Optional<TableDraft> own, Slot slot) {
        Stream.concat(
                        change.statement().node().all("RangeVar").stream()
                                .flatMap(relation -> draft.findTable(relation).stream())
                                .filter(table -> !own.equals(Optional.of(table)))
                                .map(TableDraft::name),
                        draft.newRelations(change.statement()).stream())
                .forEach(read -> draft.mark(new Mark.RowsRead(slot, read)));
        if (draft.directives().phase(change).orElse(slot.phase()) != Phase.EXPAND) {
            return;
        }
        String read = change.statement().node().all("RangeVar").stream()
                .flatMap(relation -> draft.findTable(relation).stream())
                .filter(table -> !own.equals(Optional.of(table)))
                .map(table -> table.name().toString())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        if (!read.isEmpty()) {
            draft.note(
                    Note.Level.WARNING,
                    change.source(),
                    "this reads rows of " + read
                            + " once, during expand: what the old version writes there"
                            + " afterwards does not come into it (`-- sluice:phase contract` above the statement runs it when the old version"
                            + " has ended)");
        }
    }
}
