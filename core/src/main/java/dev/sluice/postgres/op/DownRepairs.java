package dev.sluice.postgres.op;

import dev.sluice.catalog.Column;
import dev.sluice.plan.Assignment;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Step;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.SafeForms;
import dev.sluice.planner.StepSpec;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What the down script does to rows that only the new schema can hold: it runs when the change that let them in is taken
 * back, before the old rule is asked for again. What it overwrites or deletes is kept in the archive, until the
 * migration goes up again.
 *
 * @param steps for the undo of the relaxing change, before its checks
 * @param forget statements for the relaxing change itself: what an earlier down kept gives way
 */
record DownRepairs(List<Step> steps, List<String> forget) {

    DownRepairs {
        steps = List.copyOf(steps);
        forget = List.copyOf(forget);
    }

    /** @param columns those whose rule the change relaxes */
    static DownRepairs of(Change relaxing, Draft draft, TableDraft table, Collection<String> columns) {
        List<Step> steps = new ArrayList<>();
        List<String> forget = new ArrayList<>();
        for (Statement statement :
                draft.request().down().map(down -> down.statements()).orElse(List.of())) {
            boolean update = statement.node().is("UpdateStmt");
            if (!update && !statement.node().is("DeleteStmt")) {
                continue;
            }
            Change change = Change.of(statement).get(0);
            List<String> targets = statement.node().list("targetList").stream()
                    .map(t -> t.text("name"))
                    .toList();
            boolean about =
                    draft.findTable(change.relation()).filter(t -> t == table).isPresent()
                            && targets.stream()
                                    .allMatch(t -> table.table().column(t).isPresent())
                            && (!update || targets.stream().anyMatch(columns::contains));
            Optional<RowBatch> batch = about ? RowBatch.of(change, draft, table) : Optional.empty();
            List<String> keys = SafeForms.keyColumns(table.table());
            if (batch.isPresent() && !keys.isEmpty()) {
                QualifiedName archive = KeptRows.of(relaxing, draft, table);
                steps.add(step(change, draft, table, batch.get(), keys, archive, update));
                forget.add("DROP TABLE IF EXISTS " + archive.quoted());
            } else if (about && SafeForms.isSmall(table.table())) {
                steps.add(spec(change, draft, table).opaque(List.of(statement.sql()), true, Optional.empty()));
            }
        }
        return new DownRepairs(steps, forget);
    }

    private static Step step(
            Change change,
            Draft draft,
            TableDraft table,
            RowBatch batch,
            List<String> keys,
            QualifiedName archive,
            boolean update) {
        List<String> kept = update
                ? batch.assignments().stream().map(Assignment::column).toList()
                : table.table().userColumns().stream().map(Column::name).toList();
        return new Step.BatchedDml(
                spec(change, draft, table).info(),
                table.name(),
                update ? Step.BatchedDml.Kind.UPDATE : Step.BatchedDml.Kind.DELETE,
                batch.assignments(),
                batch.where(),
                keys,
                kept,
                archive);
    }

    private static StepSpec spec(Change change, Draft draft, TableDraft table) {
        return draft.step(
                        change,
                        "repair " + table.name().name(),
                        "run the down script's statement: " + Placement.words(change))
                .because("rows that only the new schema can hold; what it overwrites or deletes is kept in the archive")
                .lock(table.name(), LockMode.ROW_EXCLUSIVE)
                .scans(table.table());
    }
}
