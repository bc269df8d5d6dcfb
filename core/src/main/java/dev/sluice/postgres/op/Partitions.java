package dev.sluice.postgres.op;

import dev.sluice.catalog.Index;
import dev.sluice.catalog.Table;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Step;
import dev.sluice.planner.About;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Operation;
import dev.sluice.planner.SafeForms;
import dev.sluice.planner.ScriptBefore;
import dev.sluice.planner.Slot;
import dev.sluice.planner.StepSpec;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * ATTACH PARTITION (expand): a validated CHECK proves the bound, so that attaching needs no scan under its lock. DETACH
 * PARTITION (contract): catalog only.
 */
final class Partitions implements Operation {

    @Override
    public String id() {
        return "partition";
    }

    @Override
    public About about() {
        return About.of(
                        "Attach and detach partitions",
                        "`ALTER TABLE … ATTACH PARTITION`, `DETACH PARTITION`, `ALTER INDEX … ATTACH PARTITION`")
                .expand("""
                        ATTACH: a CHECK of the bound is added `NOT VALID` and validated, so that attaching reads nothing
                        under its lock; then it is dropped.
                        """)
                .contract("DETACH: catalog only, in one short transaction.")
                .undo("""
                        DETACH; ATTACH in the same safe form. For the index of a partition, the partitioned table's is
                        dropped, which the script made: there is no DETACH for indexes.
                        """)
                .locks("""
                        `ACCESS EXCLUSIVE` for a moment on the partition; on the parent `SHARE UPDATE EXCLUSIVE`
                        (attach) or `ACCESS EXCLUSIVE` (detach). Any other lock on the parent is one on each of its
                        partitions, too.
                        """)
                .limits("""
                        Bounds over several columns, expressions or hash are attached only while the table is small.
                        Refused: partitions without the parent's indexes, large default partitions, and DETACH while
                        foreign keys point to the parent.
                        """);
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        boolean index = change.statement().node().text("objtype").equals("OBJECT_INDEX");
        switch (change.kind()) {
            case "AT_AttachPartition" -> {
                if (index) {
                    attachIndex(change, draft);
                } else {
                    attach(change, draft);
                }
            }
            case "AT_DetachPartition" -> detach(change, draft);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void attach(Change change, Draft draft) {
        Table parent = draft.table(change).table();
        Node childName = change.command().get("def").get("name");
        Optional<TableDraft> child = draft.findTable(childName);
        int bound = change.text().toLowerCase(java.util.Locale.ROOT).indexOf(" for ");
        String back = "ALTER TABLE " + parent.name().quoted() + " DETACH PARTITION "
                + child.map(TableDraft::name)
                        .orElseGet(() -> draft.nameToCreate(childName))
                        .quoted();
        if (child.isEmpty()) {
            draft.add(
                    change,
                    Slot.CREATE,
                    draft.step(change, "attach " + childName.text("relname"), Placement.words(change))
                            .because("a new partition without rows")
                            .lock(parent.name(), LockMode.SHARE_UPDATE_EXCLUSIVE)
                            .undo(draft.step(change, "detach " + childName.text("relname"), "detach it again")
                                    .lock(parent.name(), LockMode.ACCESS_EXCLUSIVE)
                                    .brief(Step.Purpose.DDL, back))
                            .brief(
                                    Step.Purpose.DDL,
                                    "ALTER TABLE " + parent.name().quoted() + " " + change.text()));
            return;
        }
        Table table = child.get().table();
        requireFitting(change, draft, parent, table);
        Optional<String> check =
                bound < 0 ? Optional.empty() : check(parent, change.text().substring(bound));
        if (check.isEmpty() && !SafeForms.isSmall(table)) {
            draft.refuseUnlessAllowed(
                    change,
                    "attach-partition-scan",
                    "Sluice cannot write the bound of this partition as a CHECK (only RANGE and LIST over one column), so"
                            + " attaching would read " + SafeForms.rows(table) + " under ACCESS EXCLUSIVE",
                    "Attach it in a maintenance window outside Sluice.");
        }
        steps(change, draft, parent.name(), table, change.text(), check, true)
                .forEach(s -> draft.add(change, Slot.CREATE, s));
    }

    /** An index of a partition becomes a part of the partitioned table's, from which only dropping that takes it away again. */
    private static void attachIndex(Change change, Draft draft) {
        String part = change.command().get("def").get("name").text("relname");
        QualifiedName parent = draft.newRelation(change.relation())
                .orElseThrow(() -> draft.refuse(
                        change,
                        "attach-index",
                        "index " + part + " cannot be detached from "
                                + change.relation().text("relname") + " again, so that this could not be taken back",
                        "Write it in the migration that makes "
                                + change.relation().text("relname")
                                + ", or run it outside of Sluice: it locks nothing for longer than a moment."));
        StepSpec attach = draft.step(change, "attach-index " + parent.name() + " " + part, Placement.words(change))
                .because("the index is there already: only the catalog changes");
        StepSpec drop = draft.step(
                change, "drop-index " + parent.name() + " " + part, "drop index " + parent.name() + " and its parts");
        ScriptBefore.of(draft, change).changes().stream()
                .filter(c -> c.kind().equals("IndexStmt")
                        && c.command().text("idxname").equals(parent.name()))
                .flatMap(c -> draft.findTable(c.relation()).stream())
                .forEach(table -> {
                    attach.lock(table.name(), LockMode.ACCESS_SHARE);
                    drop.lock(table.name(), LockMode.ACCESS_EXCLUSIVE);
                });
        draft.add(
                change,
                Placement.of(change, draft, Slot.INDEX),
                attach.undo(drop.brief(Step.Purpose.DDL, "DROP INDEX IF EXISTS " + parent.quoted()))
                        .brief(Step.Purpose.DDL, change.statement().sql()));
    }

    /** What ATTACH would build or read under its lock must be there before. */
    private static void requireFitting(Change change, Draft draft, Table parent, Table child) {
        for (Index index : parent.indexes()) {
            boolean there = child.indexes().stream()
                    .anyMatch(i -> i.keyColumns().equals(index.keyColumns()) && i.unique() == index.unique());
            if (!there) {
                throw draft.refuse(
                        change,
                        "attach-partition-index-build",
                        child.name() + " has no index like " + index.name()
                                + " of the partitioned table: attaching would build" + " it under ACCESS EXCLUSIVE",
                        "Create it on the partition in a migration before this one.");
            }
        }
        boolean full = parent.partitioning().children().stream()
                .flatMap(c -> draft.catalog().table(c).stream())
                .anyMatch(c -> c.partitioning().isDefaultPartition() && !SafeForms.isSmall(c));
        if (full) {
            draft.refuseUnlessAllowed(
                    change,
                    "attach-partition-default-scan",
                    "the default partition would be read under ACCESS EXCLUSIVE",
                    "Add a CHECK that excludes the new bound to the default partition before.");
        }
    }

    private static void detach(Change change, Draft draft) {
        Table parent = draft.table(change).table();
        Table child =
                draft.table(change, change.command().get("def").get("name")).table();
        String bound = child.partitioning()
                .bound()
                .orElseThrow(() ->
                        draft.refuse(change, "missing-relation", child.name() + " is no partition", "Check the name."));
        if (!draft.catalog().foreignKeysTo(parent.name()).isEmpty()) {
            draft.refuseUnlessAllowed(
                    change,
                    "detach-partition-incoming-fk",
                    "foreign keys point to " + parent.name()
                            + ": PostgreSQL would read the tables that have them under a" + " strong lock",
                    "Drop these foreign keys first.");
        }
        String attach = "ATTACH PARTITION " + child.name().quoted() + " " + bound;
        draft.add(
                change,
                Slot.AFTER_SWAP,
                draft.step(
                                change,
                                "detach " + child.name().name(),
                                "detach partition " + child.name().name())
                        .because(
                                "changes only the catalog; the old version reads its rows through the parent until it is gone")
                        .lock(parent.name(), LockMode.ACCESS_EXCLUSIVE)
                        .lock(child.name(), LockMode.ACCESS_EXCLUSIVE)
                        .undo(steps(change, draft, parent.name(), child, attach, check(parent, bound), false))
                        .brief(
                                Step.Purpose.DDL,
                                "ALTER TABLE " + parent.name().quoted() + " DETACH PARTITION "
                                        + child.name().quoted()));
    }

    private static List<Step> steps(
            Change change,
            Draft draft,
            QualifiedName parent,
            Table child,
            String action,
            Optional<String> check,
            boolean undoable) {
        String proof = draft.ownName(child.name().name(), "bound");
        String drop = "ALTER TABLE " + child.name().quoted() + " DROP CONSTRAINT IF EXISTS " + Identifier.quote(proof);
        List<Step> steps = new ArrayList<>();
        SafeForms forms = undoable ? SafeForms.of(draft, change.source()) : SafeForms.inUndo(draft, change.source());
        check.ifPresent(c -> steps.addAll(
                forms.addConstraint(child, proof, "CHECK (" + c + ")", Optional.empty(), Optional.empty())));
        var spec = draft.step(
                        change,
                        "attach " + child.name().name(),
                        "attach partition " + child.name().name())
                .because(
                        check.isPresent()
                                ? "the validated check proves the bound: no scan under the lock"
                                : SafeForms.rows(child) + ": reading them takes milliseconds")
                .lock(parent, LockMode.SHARE_UPDATE_EXCLUSIVE)
                .lock(child.name(), LockMode.ACCESS_EXCLUSIVE);
        if (undoable) {
            spec.undo(draft.step(
                            change,
                            "detach " + child.name().name(),
                            "detach partition " + child.name().name())
                    .lock(parent, LockMode.ACCESS_EXCLUSIVE)
                    .brief(
                            Step.Purpose.DDL,
                            "ALTER TABLE " + parent.quoted() + " DETACH PARTITION "
                                    + child.name().quoted()));
        }
        steps.add(spec.brief(Step.Purpose.DDL, "ALTER TABLE " + parent.quoted() + " " + action, drop));
        return steps;
    }

    /** {@code FOR VALUES FROM (a) TO (b)} or {@code FOR VALUES IN (…)} over one plain column, as a condition. */
    private static Optional<String> check(Table parent, String bound) {
        Optional<String> column = parent.columns().stream()
                .map(c -> Identifier.quote(c.name()))
                .filter(c -> parent.partitioning()
                        .key()
                        .filter(k -> k.equals("RANGE (" + c + ")") || k.equals("LIST (" + c + ")"))
                        .isPresent())
                .findFirst();
        List<String> lists = new ArrayList<>();
        int open = -1;
        for (Tokens.Token token : Tokens.of(bound)) {
            if (token.depth() == 0 && token.is("(")) {
                open = token.end();
            } else if (token.depth() == 0 && token.is(")")) {
                lists.add(bound.substring(open, token.start()).strip());
            }
        }
        if (column.isEmpty() || lists.isEmpty() || lists.stream().anyMatch(l -> l.equalsIgnoreCase("null"))) {
            return Optional.empty();
        }
        String c = column.get();
        if (parent.partitioning().key().orElse("").startsWith("LIST")) {
            return Optional.of(c + " IS NOT NULL AND " + c + " IN (" + lists.get(0) + ")");
        }
        if (lists.size() != 2) {
            return Optional.empty();
        }
        String from = lists.get(0).equalsIgnoreCase("minvalue") ? "" : " AND " + c + " >= " + lists.get(0);
        String to = lists.get(1).equalsIgnoreCase("maxvalue") ? "" : " AND " + c + " < " + lists.get(1);
        return Optional.of(c + " IS NOT NULL" + from + to);
    }
}
