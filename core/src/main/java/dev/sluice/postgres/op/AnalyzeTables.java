package dev.sluice.postgres.op;

import dev.sluice.catalog.Table;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Step;
import dev.sluice.planner.About;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Operation;
import dev.sluice.planner.Slot;
import dev.sluice.planner.StepSpec;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Node;

/** ANALYZE: reads a sample, stops nobody, and there is nothing to take back. At the end of expand, or after the swap. */
final class AnalyzeTables implements Operation {

    @Override
    public String id() {
        return "analyze";
    }

    @Override
    public About about() {
        return About.of("Analyze tables", "`ANALYZE [table [(columns)], …]`")
                .expand("""
                        At its end, when new columns are filled; after contract when it names what is there only then.
                        """)
                .undo("None: what it found stays.")
                .locks("`SHARE UPDATE EXCLUSIVE`.");
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        boolean analyze =
                change.kind().equals("VacuumStmt") && !change.command().flag("is_vacuumcmd");
        if (!analyze) {
            return false;
        }
        StepSpec spec = draft.step(change, "analyze", Placement.words(change))
                .because("reads a sample without stopping writers")
                .undo(draft.step(change, "keep statistics", "what ANALYZE found stays")
                        .brief(Step.Purpose.DDL, "SELECT 1"));
        for (Node relation : change.command().all("RangeVar")) {
            draft.findTable(relation)
                    .map(TableDraft::table)
                    .filter(table -> table.kind() != Table.Kind.FOREIGN)
                    .map(Table::name)
                    .ifPresent(table -> spec.lock(table, LockMode.SHARE_UPDATE_EXCLUSIVE));
        }
        draft.add(
                change,
                Placement.of(change, draft, Slot.AFTER_BACKFILL),
                spec.brief(Step.Purpose.DDL, change.statement().sql()));
        return true;
    }
}
