package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Table;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Source;
import dev.sluice.plan.Step;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The one transaction of the contract phase that ends the dual write and gives the columns their names; its way back; the purge. */
final class ColumnSwap {

    private final ColumnWork work;
    private final Draft draft;
    private final TableDraft changes;
    private final Table table;
    private final QualifiedName name;
    private final String alter;
    private final List<Link> links;
    private final Retyping retyping;
    private final Source source;

    ColumnSwap(ColumnWork work) {
        this.work = requireNonNull(work);
        this.draft = work.draft();
        this.changes = work.changes();
        this.table = work.table();
        this.name = work.name();
        this.alter = work.alter();
        this.links = work.links();
        this.retyping = work.retyping();
        this.source = work.source();
    }

    /** Empty when nothing waits for a swap. */
    Optional<SwapParts> parts() {
        List<String> statements = new ArrayList<>();
        List<String> closing = new ArrayList<>();
        List<String> restore = new ArrayList<>();
        NotNullNames notNullNames = new NotNullNames(draft, changes);
        changes.newName().ifPresent(rename -> {
            statements.add("DROP VIEW IF EXISTS " + rename.after().quoted());
            restore.addAll(notNullNames.back());
            restore.add("ALTER TABLE IF EXISTS " + rename.after().quoted() + " RENAME TO "
                    + Identifier.quote(table.name().name()));
        });
        changes.renamed()
                .forEach(rename -> restore.add(alter + " RENAME COLUMN " + Identifier.quote(rename.after()) + " TO "
                        + Identifier.quote(rename.before())));
        work.dualWrite().ifPresent(dual -> statements.addAll(dual.drop()));
        statements.addAll(new WidenedTriggers(draft, changes).narrow());
        for (AddedColumn column : changes.addedInOrder()) {
            if (column.fill().isPresent() && column.defaultExpression().isPresent()) {
                statements.add(alter + " ALTER COLUMN " + Identifier.quote(column.name()) + " SET DEFAULT "
                        + column.defaultExpression().get());
            }
        }
        for (TableDraft.Renamed rename : changes.renamed()) {
            statements.add(alter + " DROP COLUMN " + Identifier.quote(rename.after()));
            statements.add(alter + " RENAME COLUMN " + Identifier.quote(rename.before()) + " TO "
                    + Identifier.quote(rename.after()));
        }
        List<ArchivedColumn> archived = changes.dropped().entrySet().stream()
                .map(drop -> ArchivedColumn.of(draft, table, drop.getKey(), drop.getValue()))
                .toList();
        archived.forEach(column -> statements.addAll(column.archive()));
        archived.forEach(column -> restore.addAll(column.restore()));
        if (!retyping.isEmpty()) {
            closing.addAll(retyping.swap());
        }
        changes.newName()
                .ifPresent(rename -> closing.add(
                        alter + " RENAME TO " + Identifier.quote(rename.after().name())));
        closing.addAll(notNullNames.forward());
        if (statements.isEmpty() && closing.isEmpty()) {
            return Optional.empty();
        }
        List<Link> restored =
                links.stream().filter(link -> !link.isCopy() && !link.hidden()).toList();
        restored.forEach(this::requireNotDerivedFromRetyped);
        work.dualWrite(restored).ifPresent(back -> {
            restore.addAll(back.drop());
            restore.addAll(back.create(DualWrite.Untouched.FILL_OLD));
        });
        changes.newName()
                .ifPresent(
                        rename -> restore.addAll(new UpdatableView(draft, changes).createOverOldNames(rename.after())));
        List<Step> undo = new ArrayList<>();
        if (!restore.isEmpty()) {
            StepSpec back = draft.step(
                            source, "restore " + name.name(), "bring the old columns of " + name.name() + " back")
                    .lock(name, LockMode.ACCESS_EXCLUSIVE);
            changes.newName().ifPresent(rename -> back.lock(rename.after(), LockMode.ACCESS_EXCLUSIVE));
            undo.add(back.brief(Step.Purpose.RESTORE, restore));
        }
        for (Link link : restored) {
            if (link.translatesBack()) {
                Map<String, String> assignments = new LinkedHashMap<>();
                link.downs().forEach(down -> assignments.put(down.column(), down.value("")));
                undo.add(work.fill(
                        "refill",
                        "give " + ColumnWork.list(List.copyOf(assignments.keySet()))
                                + " the values of rows written since contract",
                        assignments,
                        "NOT (" + link.consistent("") + ") AND NOT (" + link.consistentBack("") + ")",
                        false));
            }
        }
        if (!work.supplied().isEmpty()) {
            undo.add(supply());
        }
        undo.addAll(ArchivedColumn.rebuild(archived));
        boolean exchanges = !changes.renamed().isEmpty() || !retyping.isEmpty();
        return Optional.of(new SwapParts(
                source,
                name.name(),
                swapTitle(archived),
                spec -> {
                    spec.lock(name, LockMode.ACCESS_EXCLUSIVE);
                    archived.forEach(
                            column -> column.peers().forEach(peer -> spec.lock(peer, LockMode.ACCESS_EXCLUSIVE)));
                    if (!retyping.isEmpty()) {
                        retyping.lock(spec);
                    }
                },
                exchanges ? Step.Purpose.EXCHANGE : Step.Purpose.SWAP,
                statements,
                closing,
                undo,
                retyping.isEmpty() ? Optional.empty() : Optional.of(retyping.undo())));
    }

    /** On the way back the dual write would begin before the column has the type again that its function takes. */
    private void requireNotDerivedFromRetyped(Link link) {
        for (TableDraft.Retyped retyped : changes.retyped()) {
            boolean derived = link.ups().stream()
                    .filter(up -> !up.expression().isEmpty())
                    .flatMap(up -> up.inputs().stream())
                    .anyMatch(input -> input.column().equals(retyped.column()));
            if (derived) {
                throw draft.refuse(
                        retyped.change(),
                        "fill-from-changed-type",
                        "the script changes the type of " + retyped.column() + " and fills another column from it: one"
                                + " copy of the column cannot stand for both",
                        "Do one of the two in a migration of its own, contract included.");
            }
        }
    }

    /** Rows that the new version wrote since contract lack what it does not know. */
    private Step supply() {
        Map<String, String> assignments = new LinkedHashMap<>();
        List<String> lacking = new ArrayList<>();
        for (Derived derived : work.supplied()) {
            String quoted = Identifier.quote(derived.column());
            assignments.put(derived.column(), "coalesce(" + quoted + ", " + derived.value("") + ")");
            lacking.add("(" + quoted + " IS NULL AND " + derived.value("") + " IS NOT NULL)");
        }
        return work.fill(
                "supply",
                "give rows written since contract their " + ColumnWork.list(List.copyOf(assignments.keySet())),
                assignments,
                String.join(" OR ", lacking),
                false);
    }

    private String swapTitle(List<ArchivedColumn> archived) {
        List<String> parts = new ArrayList<>();
        if (!links.isEmpty()) {
            parts.add("end the dual write of " + name.name());
        }
        changes.retyped()
                .forEach(r ->
                        parts.add("make " + r.column() + " " + r.afterSwap().type()));
        changes.newName()
                .ifPresent(r -> parts.add("rename the table to " + r.after().name()));
        changes.renamed().forEach(r -> parts.add("rename " + r.before() + " to " + r.after()));
        if (!archived.isEmpty()) {
            parts.add("archive "
                    + ColumnWork.list(
                            archived.stream().map(ArchivedColumn::column).toList()));
        }
        return parts.isEmpty() ? "finish " + name.name() : String.join(", ", parts);
    }

    void purge() {
        if (!retyping.isEmpty()) {
            retyping.purge(work.finalName());
        }
        for (Map.Entry<String, Change> drop : changes.dropped().entrySet()) {
            String archived = draft.archivedName(table, drop.getKey());
            draft.add(
                    Slot.PURGE,
                    draft.step(
                                    drop.getValue(),
                                    "purge " + name.name() + "." + drop.getKey(),
                                    "drop the archived column " + name.name() + "." + drop.getKey() + " for good")
                            .because("its values cannot be brought back after this")
                            .lock(work.finalName(), LockMode.ACCESS_EXCLUSIVE)
                            .brief(
                                    Step.Purpose.DROP,
                                    "ALTER TABLE " + work.finalName().quoted() + " DROP COLUMN IF EXISTS "
                                            + Identifier.quote(archived)));
        }
    }
}
