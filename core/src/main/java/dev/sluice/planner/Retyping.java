package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Table;
import dev.sluice.plan.Assignment;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Source;
import dev.sluice.plan.Step;
import dev.sluice.sql.DollarQuote;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * New types for columns of a table too large to be rewritten under a lock: a second column of the new type, hidden under
 * a name of Sluice's, is kept in step with the old one by a dual write in one direction, gets everything the old one has,
 * and takes its place in contract. The old column is archived and brings its own values back.
 */
final class Retyping {

    private final Draft draft;
    private final Table table;
    private final List<TableDraft.Retyped> changes;
    private final String alter;

    Retyping(Draft draft, TableDraft tableDraft) {
        this.draft = requireNonNull(draft);
        this.table = tableDraft.table();
        this.changes = tableDraft.retyped();
        this.alter = "ALTER TABLE " + table.name().quoted();
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    private Source source() {
        return changes.get(0).change().source();
    }

    private String hidden(String column) {
        return draft.ownName(table.name().name(), column, "new");
    }

    private Column before(TableDraft.Retyped change) {
        return table.column(change.column()).orElseThrow();
    }

    /** One way: nobody writes the hidden column but the trigger. */
    List<Link> links() {
        return changes.stream().map(change -> Link.hidden(up(change))).toList();
    }

    private Derived up(TableDraft.Retyped change) {
        Column before = before(change);
        Expression expression = change.using();
        List<Derived.Input> inputs = expression.columns().stream()
                .map(c -> new Derived.Input(
                        c, table.column(c).orElseThrow().type().formatted()))
                .toList();
        String sql = expression.rewrite(r -> Optional.of(Identifier.quote(r.column())));
        return new Derived(
                hidden(change.column()),
                change.type(),
                inputs,
                sql,
                sql,
                QualifiedName.of("sluice", draft.ownName(table.name().name(), "up", change.column())),
                new Derived.Traits(change.lossless(), change.lossless() && before.notNull(), true, false));
    }

    List<String> install() {
        return changes.stream()
                .map(change -> alter + " ADD COLUMN " + Identifier.quote(hidden(change.column())) + " " + change.type())
                .toList();
    }

    List<String> uninstall() {
        return changes.stream()
                .map(change -> alter + " DROP COLUMN IF EXISTS " + Identifier.quote(hidden(change.column())))
                .toList();
    }

    private ColumnCopy copy() {
        Map<String, ColumnCopy.Roles> roles = new LinkedHashMap<>();
        for (TableDraft.Retyped change : changes) {
            roles.put(
                    change.column(),
                    new ColumnCopy.Roles(
                            hidden(change.column()),
                            draft.archivedName(table, change.column()),
                            before(change).defaultExpression(),
                            change.defaultAfter(before(change))));
        }
        return new ColumnCopy(
                draft,
                table,
                source(),
                roles,
                other -> draft.findTable(other)
                        .map(changed -> new Retyping(draft, changed).standIns())
                        .orElse(Map.of()));
    }

    private Map<String, String> standIns() {
        return changes.stream().collect(Collectors.toMap(TableDraft.Retyped::column, c -> hidden(c.column())));
    }

    /** Indexes and constraints on the hidden columns: now when no old write can break them, else in contract. */
    void prepare() {
        requireNoneRefersTooLong();
        requireCopyable(copy());
        boolean lossless = changes.stream().allMatch(TableDraft.Retyped::lossless);
        copy().prepare(true).forEach(step -> draft.add(lossless ? Slot.INDEX : Slot.PREPARE, step));
    }

    private void requireNoneRefersTooLong() {
        List<QualifiedName> referring = copy().scope().referringTooLong();
        if (!referring.isEmpty()) {
            throw draft.refuse(
                    changes.get(0).change(),
                    "change-type-of-key",
                    "the script drops a column of " + referring.get(0) + " that refers to " + table.name()
                            + ", which has to be done before this, and changes " + referring.get(0)
                            + " in a way that has to be done after it",
                    "Do one of the two in a migration of its own, contract included.");
        }
    }

    private void requireCopyable(ColumnCopy copy) {
        copy.scope().uncopyable().stream().findFirst().ifPresent(constraint -> {
            throw draft.refuse(
                    changes.get(0).change(),
                    "change-type-of-excluded",
                    "constraint " + constraint.name() + " (" + constraint.definition()
                            + ") holds on to the column, and its"
                            + " index can be built for another column only while nobody writes",
                    "Drop the constraint in a migration before this one, and add it again in one after it.");
        });
    }

    /** What needs the hidden columns of other tables prepared. */
    void prepareBetweenTables() {
        boolean lossless = draft.tables().stream()
                .flatMap(changed -> changed.retyped().stream())
                .allMatch(TableDraft.Retyped::lossless);
        copy().prepareBetweenStandIns().forEach(step -> draft.add(lossless ? Slot.INDEX : Slot.PREPARE, step));
    }

    List<String> swap() {
        List<String> statements = new ArrayList<>(copy().swap());
        statements.addAll(compiledAnew());
        return statements;
    }

    private List<String> compiledAnew() {
        return CompiledFunctions.anew(
                draft.catalog(),
                table,
                changes.stream().map(TableDraft.Retyped::column).toList());
    }

    void lock(StepSpec spec) {
        copy().locked(spec);
    }

    /** What takes the swap back, before the hidden columns are dropped. */
    SwapBack undo() {
        List<Link> back = changes.stream()
                .map(change -> backLink(change, draft.archivedName(table, change.column())))
                .toList();
        // what is not kept is dropped with the dual write, later
        return copyBack(back, copy().reversed(), List.of(), (change, archive) -> ifLost(change, archive, ""));
    }

    private BackValue back(TableDraft.Retyped change) {
        return new BackValue(draft, table, change);
    }

    private Link backLink(TableDraft.Retyped change, String target) {
        return Link.hidden(back(change).derived(target));
    }

    /**
     * Takes back a change of type that ran as written (no rewrite was needed forward): a copy of the old type takes the
     * column's place.
     */
    List<Step> copyBackFromPlain() {
        List<Link> back = new ArrayList<>();
        List<String> install = new ArrayList<>();
        Map<String, ColumnCopy.Roles> roles = new LinkedHashMap<>();
        for (TableDraft.Retyped change : changes) {
            String standIn = hidden(change.column());
            Column before = before(change);
            install.add(alter + " DROP COLUMN IF EXISTS " + Identifier.quote(standIn));
            install.add(alter + " ADD COLUMN " + Identifier.quote(standIn) + " " + ColumnTypes.sql(before));
            back.add(backLink(change, standIn));
            roles.put(
                    change.column(),
                    new ColumnCopy.Roles(
                            standIn,
                            draft.ownName(table.name().name(), change.column(), "left"),
                            before.defaultExpression(),
                            before.defaultExpression()));
        }
        // what ran as written in expand is the last thing that is taken back, but for what came before it
        TableDraft.Retyped first = changes.get(0);
        ScriptBefore gone = first.lossless() ? new ScriptBefore(List.of()) : ScriptBefore.of(draft, first.change());
        // in the transaction of the swap: an INSERT without a list of columns would write to what is left over
        ColumnCopy copy = ColumnCopy.backFromPlain(draft, table, source(), roles, gone);
        requireCopyable(copy);
        return copyBack(
                        back,
                        copy,
                        install,
                        (change, aside) ->
                                ifLost(change, aside, alter + " DROP COLUMN " + Identifier.quote(aside) + ";"))
                .steps(draft, Optional.empty());
    }

    /** The table itself, or those of its partitions that hold rows: CONCURRENTLY builds no index of a partitioned table. */
    private Stream<Table> leaves() {
        return draft.catalog().partitionTree(table).stream().filter(t -> t.kind() == Table.Kind.ORDINARY);
    }

    /** An index of the rows whose new value the old type cannot hold: it says at once whether there are any. */
    private QualifiedName lostIndex(Table leaf, TableDraft.Retyped change) {
        return leaf.name().withName(draft.ownName(leaf.name().name(), change.column(), "lost"));
    }

    private Stream<Step> buildLostIndexes(TableDraft.Retyped change, String standIn) {
        return leaves().map(leaf -> {
            QualifiedName lost = lostIndex(leaf, change);
            return SafeForms.inUndo(draft, source())
                    .buildIndex(
                            leaf,
                            lost,
                            "CREATE INDEX " + Identifier.quote(lost.name()) + " ON "
                                    + leaf.name().quoted() + " ((1)) WHERE "
                                    + back(change).lost(Identifier.quote(change.column()), Identifier.quote(standIn)),
                            0);
        });
    }

    /** After the swap back: archives the column of the new type, if it holds what the old one cannot. */
    private String ifLost(TableDraft.Retyped change, String aside, String otherwise) {
        String quoted = Identifier.quote(aside);
        return "DO "
                + DollarQuote.of("\n#variable_conflict use_column\nBEGIN\n"
                        + "  SET LOCAL enable_seqscan = off;\n"
                        + "  IF EXISTS (SELECT FROM " + table.name().quoted() + " WHERE "
                        + back(change).lost(quoted, Identifier.quote(change.column())) + ") THEN\n"
                        + "    " + alter + " RENAME COLUMN " + quoted + " TO "
                        + Identifier.quote(back(change).archived()) + ";\n"
                        + (otherwise.isEmpty() ? "" : "  ELSE\n    " + otherwise + "\n") + "  END IF;\n"
                        + "  DROP INDEX IF EXISTS "
                        + leaves().map(leaf -> lostIndex(leaf, change).quoted()).collect(Collectors.joining(", "))
                        + ";\nEND ");
    }

    /** @param leftover what becomes of the column of the new type, by the name it has after the swap */
    private SwapBack copyBack(
            List<Link> links,
            ColumnCopy copy,
            List<String> install,
            BiFunction<TableDraft.Retyped, String, String> leftover) {
        String what = table.name().name() + "."
                + String.join(
                        ", ", changes.stream().map(TableDraft.Retyped::column).toList());
        DualWrite dual = new DualWrite(
                table.name(),
                QualifiedName.of("sluice", draft.ownName(table.name().name(), "retype")),
                links,
                List.of());
        List<Step> steps = new ArrayList<>();
        Map<String, String> assignments = new LinkedHashMap<>();
        List<String> pending = new ArrayList<>();
        List<String> statements = new ArrayList<>(dual.drop());
        statements.addAll(install);
        statements.addAll(dual.create(DualWrite.Untouched.FILL_NEW));
        for (Link link : links) {
            Derived down = link.ups().get(0);
            assignments.put(down.column(), down.value(""));
            pending.add("NOT (" + down.holds("") + ")" + keepsOriginal(down));
        }
        changes.stream()
                .map(this::back)
                .filter(BackValue::mustFit)
                .map(BackValue::check)
                .forEach(steps::add);
        steps.add(draft.step(source(), "keep-back " + what, "keep a column of the old type in step with " + what)
                .lock(table.name(), LockMode.ACCESS_EXCLUSIVE)
                .brief(Step.Purpose.DUAL_WRITE, statements));
        List<Assignment> set = new ArrayList<>();
        assignments.forEach((column, expression) -> set.add(new Assignment(column, expression)));
        steps.add(new Step.Backfill(
                draft.step(source(), "backfill-back " + what, "fill the column of the old type")
                        .lock(table.name(), LockMode.ROW_EXCLUSIVE)
                        .scans(table)
                        .info(),
                table.name(),
                set,
                String.join(" OR ", pending),
                draft.catalog().actsOnUpdate(table),
                SafeForms.keyColumns(table)));
        steps.addAll(copy.prepare(false));
        List<TableDraft.Retyped> kept =
                changes.stream().filter(change -> back(change).keeps()).toList();
        if (!SafeForms.isSmall(table)) {
            kept.stream()
                    .flatMap(change ->
                            buildLostIndexes(change, copy.roles(change.column()).standIn()))
                    .forEach(steps::add);
        }
        List<String> swap = new ArrayList<>(copy.swap());
        kept.forEach(change ->
                swap.add(leftover.apply(change, copy.roles(change.column()).aside())));
        swap.addAll(compiledAnew());
        return new SwapBack(
                source(),
                what,
                steps,
                copy::locked,
                dual.drop(),
                swap,
                kept.stream().map(change -> back(change).discard()).toList());
    }

    /** A row whose archived value still says the same keeps it exactly as it was. */
    private String keepsOriginal(Derived down) {
        for (TableDraft.Retyped change : changes) {
            if (draft.archivedName(table, change.column()).equals(down.column())) {
                String original = change.afterSwap()
                        .using()
                        .rewrite(r -> Optional.of(
                                Identifier.quote(r.column().equals(change.column()) ? down.column() : r.column())));
                return " AND (" + Identifier.quote(down.column()) + " IS NULL OR NOT pg_catalog.record_image_eq(ROW("
                        + Identifier.quote(change.column()) + "), ROW(CAST((" + original + ") AS "
                        + Derived.withoutCollation(change.afterSwap().type()) + "))))";
            }
        }
        return "";
    }

    void purge(QualifiedName finalName) {
        for (TableDraft.Retyped change : changes) {
            String archived = draft.archivedName(table, change.column());
            String what = table.name().name() + "." + change.column();
            draft.add(
                    Slot.PURGE,
                    draft.step(change.change(), "purge " + what, "drop the archived values of " + what + " for good")
                            .because("they cannot be brought back after this")
                            .lock(finalName, LockMode.ACCESS_EXCLUSIVE)
                            .brief(
                                    Step.Purpose.DROP,
                                    "ALTER TABLE " + finalName.quoted() + " DROP COLUMN IF EXISTS "
                                            + Identifier.quote(archived)));
        }
    }
}
