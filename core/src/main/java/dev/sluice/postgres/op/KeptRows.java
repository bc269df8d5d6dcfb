package dev.sluice.postgres.op;

import dev.sluice.plan.Step;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.SafeForms;
import dev.sluice.planner.Slot;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.List;

/** The table that has, until purge, what a statement overwrote, deleted or inserted; and by what a row is found again. */
final class KeptRows {

    private KeptRows() {}

    /** A new name for such a table, and the step that drops it. */
    static QualifiedName of(Change change, Draft draft, TableDraft table) {
        String base = draft.ownName(
                table.name().name(), "rows", "line" + change.source().line());
        QualifiedName name = QualifiedName.of(Archive.SCHEMA, base);
        for (int i = 2; draft.isNew(name); i++) {
            name = name.withName(Identifier.bounded(base + "_" + i));
        }
        draft.created(name);
        draft.add(
                Slot.PURGE,
                draft.step(change, "purge " + name.name(), "drop the kept rows " + name.name())
                        .because("they cannot be brought back after this")
                        .brief(Step.Purpose.DROP, "DROP TABLE IF EXISTS " + name.quoted()));
        return name;
    }

    /** The key's columns, under the names they have when the statement runs; empty without a key. */
    static List<String> keys(Change change, Draft draft, TableDraft table) {
        return SafeForms.keyColumns(table.table()).stream()
                .map(column -> calledThen(change, draft, table, column))
                .toList();
    }

    /** What a column is called when the statement runs: after the swap a renamed one has its new name. */
    static String calledThen(Change change, Draft draft, TableDraft table, String before) {
        return RowsOrder.slot(change, draft, table).ordinal() <= Slot.SWAP.ordinal()
                ? before
                : table.renamed().stream()
                        .filter(rename -> rename.before().equals(before))
                        .map(TableDraft.Renamed::after)
                        .findFirst()
                        .orElse(before);
    }
}
