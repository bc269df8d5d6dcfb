package dev.sluice.postgres.op;

import dev.sluice.catalog.ExtendedStatistics;
import dev.sluice.catalog.Index;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Step;
import dev.sluice.planner.About;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Mark;
import dev.sluice.planner.Operation;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.Slot;
import dev.sluice.planner.StepSpec;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/** RENAME of a constraint, an index, a trigger, a policy or a rule: in contract, because ON CONFLICT ON CONSTRAINT may name it. */
final class RenamePart implements Operation {

    @Override
    public String id() {
        return "rename-constraint";
    }

    @Override
    public About about() {
        return About.of("Rename a constraint, index, trigger, policy, rule or statistics", """
                        `RENAME CONSTRAINT`, `ALTER INDEX … RENAME TO`, `ALTER TRIGGER | POLICY | RULE | STATISTICS …
                        RENAME TO`
                        """)
                .contract("""
                        All of it, since statements of the old version may name it (`ON CONFLICT ON CONSTRAINT`).
                        """)
                .undo("The name it had.")
                .locks("""
                        `ACCESS EXCLUSIVE` (an index: `SHARE UPDATE EXCLUSIVE`), for the catalog change only.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        if (!change.kind().equals("RenameStmt")) {
            return false;
        }
        switch (change.command().text("renameType")) {
            case "OBJECT_TABCONSTRAINT" -> constraint(change, draft);
            case "OBJECT_INDEX" -> index(change, draft);
            case "OBJECT_TRIGGER" -> ofTable(change, draft, "TRIGGER");
            case "OBJECT_POLICY" -> ofTable(change, draft, "POLICY");
            case "OBJECT_RULE" -> ofTable(change, draft, "RULE");
            case "OBJECT_STATISTIC_EXT" -> statistics(change, draft);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void constraint(Change change, Draft draft) {
        TableDraft table = draft.table(change);
        String before = change.command().text("subname");
        String after = change.command().text("newname");
        if (table.table().constraint(before).isEmpty()) {
            throw draft.refuse(
                    change,
                    "missing-constraint",
                    "constraint \"" + before + "\" of table " + table.name() + " does not exist",
                    "Check the name.");
        }
        draft.mark(new Mark.ConstraintMade(table.name().withName(after)));
        String rename = "ALTER TABLE " + table.name().quoted() + " RENAME CONSTRAINT ";
        add(
                change,
                draft,
                table,
                before,
                after,
                rename + Identifier.quote(before) + " TO " + Identifier.quote(after),
                rename + Identifier.quote(after) + " TO " + Identifier.quote(before));
    }

    private static void ofTable(Change change, Draft draft, String word) {
        TableDraft table = draft.table(change);
        String before = change.command().text("subname");
        String after = change.command().text("newname");
        String on = " ON " + table.name().quoted() + " RENAME TO ";
        add(
                change,
                draft,
                table,
                before,
                after,
                "ALTER " + word + " " + Identifier.quote(before) + on + Identifier.quote(after),
                "ALTER " + word + " " + Identifier.quote(after) + on + Identifier.quote(before));
    }

    private static void statistics(Change change, Draft draft) {
        List<String> parts = change.command().get("object").strings("items");
        List<String> schemas =
                ObjectNames.schema(parts).map(List::of).orElse(draft.catalog().searchPath());
        ExtendedStatistics statistics = draft.catalog().statistics().stream()
                .filter(s -> s.name().name().equals(ObjectNames.last(parts))
                        && schemas.contains(s.name().schema()))
                .findFirst()
                .orElseThrow(() -> draft.refuse(
                        change,
                        "missing-relation",
                        "statistics \"" + ObjectNames.last(parts) + "\" do not exist",
                        "Check the name."));
        QualifiedName before = statistics.name();
        QualifiedName after = before.withName(change.command().text("newname"));
        String rename = "ALTER STATISTICS ";
        add(
                change,
                draft,
                draft.findTable(statistics.table()).orElseThrow(),
                before.name(),
                after.name(),
                rename + before.quoted() + " RENAME TO " + Identifier.quote(after.name()),
                rename + after.quoted() + " RENAME TO " + Identifier.quote(before.name()));
    }

    private static void add(
            Change change, Draft draft, TableDraft table, String before, String after, String sql, String back) {
        Placement.remember(draft, Slot.SWAP, after);
        draft.add(
                change,
                Slot.SWAP,
                draft.step(change, "rename " + before, "rename " + before + " to " + after)
                        .because("changes only the catalog; statements of the old version may name it")
                        .lock(table.name(), LockMode.ACCESS_EXCLUSIVE)
                        .undo(draft.step(change, "rename-back " + before, "rename " + after + " back to " + before)
                                .lock(table.name(), LockMode.ACCESS_EXCLUSIVE)
                                .brief(Step.Purpose.DDL, back))
                        .brief(Step.Purpose.DDL, sql));
    }

    private static void index(Change change, Draft draft) {
        Node relation = change.relation();
        String after = change.command().text("newname");
        if (draft.isNew(relation)) {
            renameNew(change, draft, draft.nameToCreate(relation), after);
            return;
        }
        Optional<String> schema = Optional.of(relation.text("schemaname")).filter(s -> !s.isEmpty());
        Index index = draft.catalog()
                .resolveIndex(schema, relation.text("relname"))
                .orElseThrow(() -> draft.refuse(
                        change,
                        "missing-relation",
                        "index \"" + relation.text("relname") + "\" does not exist",
                        "Check the name."));
        draft.created(index.name().withName(after));
        Placement.remember(draft, Slot.SWAP, after);
        draft.add(
                change,
                Slot.SWAP,
                indexStep(change, draft, Optional.of(index.table()), index.name(), after)
                        .because("changes only the catalog; statements of the old version may name it")
                        .brief(
                                Step.Purpose.DDL,
                                "ALTER INDEX " + index.name().quoted() + " RENAME TO " + Identifier.quote(after)));
    }

    /** An index that the script makes: right behind its build. */
    private static void renameNew(Change change, Draft draft, QualifiedName index, String after) {
        Slot slot = Placement.of(change, draft, Slot.INDEX);
        Optional<QualifiedName> table = ScriptBefore.of(draft, change).changes().stream()
                .filter(c -> c.kind().equals("IndexStmt")
                        && c.command().text("idxname").equals(index.name()))
                .flatMap(c -> draft.findTable(c.relation()).stream())
                .map(TableDraft::name)
                .findFirst();
        draft.created(index.withName(after));
        Placement.remember(draft, slot, after);
        draft.add(
                change,
                slot,
                indexStep(change, draft, table, index, after)
                        .because("changes only the catalog; nobody knows the index yet")
                        .brief(
                                Step.Purpose.DDL,
                                "ALTER INDEX " + index.quoted() + " RENAME TO " + Identifier.quote(after)));
    }

    private static StepSpec indexStep(
            Change change, Draft draft, Optional<QualifiedName> table, QualifiedName index, String after) {
        StepSpec back =
                draft.step(change, "rename-back " + index.name(), "rename index " + after + " back to " + index.name());
        StepSpec step = draft.step(change, "rename " + index.name(), "rename index " + index.name() + " to " + after);
        table.ifPresent(t -> {
            back.lock(t, LockMode.SHARE_UPDATE_EXCLUSIVE);
            step.lock(t, LockMode.SHARE_UPDATE_EXCLUSIVE);
        });
        return step.undo(back.brief(
                Step.Purpose.DDL,
                "ALTER INDEX IF EXISTS " + index.withName(after).quoted() + " RENAME TO "
                        + Identifier.quote(index.name())));
    }
}
