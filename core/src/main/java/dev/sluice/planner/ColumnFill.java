package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.FiringMode;
import dev.sluice.catalog.Table;
import dev.sluice.catalog.Trigger;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Note;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Probe;
import dev.sluice.plan.Source;
import dev.sluice.plan.Step;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The backfill of the new columns, what ends it, and the constraints that hold once it is done. */
final class ColumnFill {

    private static final Set<String> CHANGE_ROWS = Set.of("InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt");

    private final ColumnWork work;
    private final Draft draft;
    private final TableDraft changes;
    private final Table table;
    private final QualifiedName name;
    private final String alter;
    private final List<Link> links;
    private final Source source;

    ColumnFill(ColumnWork work) {
        this.work = requireNonNull(work);
        this.draft = work.draft();
        this.changes = work.changes();
        this.table = work.table();
        this.name = work.name();
        this.alter = work.alter();
        this.links = work.links();
        this.source = work.source();
    }

    /** What is filled in one go over the table. */
    private static final class Pass {
        final Map<String, String> assignments = new LinkedHashMap<>();
        final List<String> pending = new ArrayList<>();
        /** Of these, what must not be left: a value that is looked up may have its match later than its row. */
        final List<String> required = new ArrayList<>();

        void add(String condition, boolean lookup) {
            pending.add(condition);
            if (!lookup) {
                required.add(condition);
            }
        }

        void addAll(Pass other) {
            assignments.putAll(other.assignments);
            pending.addAll(other.pending);
            required.addAll(other.required);
        }

        Optional<String> required() {
            return pending.equals(required)
                    ? Optional.empty()
                    : Optional.of(required.isEmpty() ? "false" : String.join(" OR ", required));
        }
    }

    /** Nothing keeps these still but ALTER TABLE, which would keep them still for the applications, too. */
    private void tellOfTriggersThatAlwaysFire() {
        String always = draft.catalog().withDescendants(table).stream()
                .flatMap(t -> t.triggers().stream())
                .filter(t -> t.events().contains(Trigger.Event.UPDATE))
                .filter(t -> t.firing() == FiringMode.ALWAYS || t.firing() == FiringMode.REPLICA)
                .map(Trigger::name)
                .distinct()
                .collect(Collectors.joining(", "));
        if (!always.isEmpty()) {
            draft.note(
                    Note.Level.WARNING,
                    source,
                    "trigger " + always + " of " + name
                            + " (ENABLE ALWAYS or REPLICA) fires when the backfill writes a row, where"
                            + " a plain run fires none");
        }
    }

    /** Where they act less often than in a plain run. */
    private void tellOfTriggers() {
        List<Statement> onRows = draft.request().up().statements().stream()
                .filter(s -> s.node().has("relation") && CHANGE_ROWS.contains(s.type()))
                .filter(s -> draft.findTable(s.node().get("relation"))
                        .filter(t -> t == changes)
                        .isPresent())
                .toList();
        List<Integer> lines = onRows.stream()
                .filter(this::fills)
                .map(s -> s.position().line())
                .toList();
        if (lines.size() > 1) {
            draft.note(
                    Note.Level.WARNING,
                    source,
                    "the new columns of " + name
                            + " are filled together: triggers act once on a row, where the UPDATEs of lines "
                            + lines.stream().map(String::valueOf).collect(Collectors.joining(", "))
                            + " fire them one by one in a plain run");
        }
        boolean changedBefore = onRows.stream().dropWhile(this::fills).anyMatch(this::fills);
        if (changedBefore && draft.lastRowsChange(name).phase() == Phase.CONTRACT) {
            draft.note(
                    Note.Level.WARNING,
                    source,
                    "rows of " + name + " are changed by the script in contract, and the new columns filled before:"
                            + " triggers that act on the fill see rows as they are by then, where those of a plain run find"
                            + " them changed");
        }
        for (Link link : links) {
            work.filledBy(link)
                    .filter(fill ->
                            link.ups().stream().anyMatch(up -> !up.traits().neverNull()))
                    .ifPresent(fill -> draft.note(
                            Note.Level.WARNING,
                            fill.source(),
                            "rows whose new value is NULL are not written: triggers of " + name
                                    + " do not act on them, as they would in a plain run"));
        }
    }

    private boolean fills(Statement statement) {
        return statement.node().is("UpdateStmt")
                && statement.node().list("targetList").stream()
                        .anyMatch(target -> changes.isAdded(target.text("name")));
    }

    private void add(Pass pass, boolean suppressUserTriggers) {
        if (!pass.assignments.isEmpty()) {
            draft.add(
                    Slot.BACKFILL,
                    work.fill(
                            "backfill",
                            "fill " + name.name() + "." + ColumnWork.list(List.copyOf(pass.assignments.keySet())),
                            pass.assignments,
                            String.join(" OR ", pass.pending),
                            suppressUserTriggers,
                            pass.required()));
        }
    }

    /**
     * The script's own UPDATE of a new column fires the table's triggers, as in a plain run. What a plain run does without an
     * UPDATE (another type, another name, a default for each row) must not fire them: they would change what nobody asked for.
     */
    void backfill() {
        Pass silent = new Pass();
        Pass firing = new Pass();
        for (Link link : links) {
            Pass pass = work.filledBy(link).isPresent() ? firing : silent;
            link.ups().forEach(up -> pass.assignments.put(up.column(), up.value("")));
            pass.add(
                    link.unfilled(),
                    link.ups().stream().anyMatch(up -> up.traits().lookup()));
        }
        for (AddedColumn column : changes.addedInOrder()) {
            if (column.needsBackfill()) {
                silent.assignments.put(
                        column.name(), column.rowByRow().orElseThrow().expression());
                silent.add(Identifier.quote(column.name()) + " IS NULL", false);
            }
        }
        if (!draft.catalog().actsOnUpdate(table)) {
            silent.addAll(firing); // nobody can tell: one pass for all
            firing = new Pass();
        }
        if (silent.assignments.isEmpty() && firing.assignments.isEmpty()) {
            return;
        }
        add(silent, true);
        if (!silent.assignments.isEmpty()) {
            tellOfTriggersThatAlwaysFire();
        }
        add(firing, false);
        if (!firing.assignments.isEmpty()) {
            tellOfTriggers();
        }
        work.dualWrite()
                .ifPresent(dual -> draft.add(
                        Slot.SETTLE,
                        draft.step(
                                        source,
                                        "settle " + name.name(),
                                        "from now on NULL in " + ColumnWork.list(work.newColumns()) + " is data")
                                .because("every row is filled: a NULL can only come from the application")
                                .lock(name, LockMode.ACCESS_SHARE)
                                .brief(Step.Purpose.DUAL_WRITE, dual.function(DualWrite.Untouched.LEAVE))));
        for (Link link : links) {
            if (link.translatesBack() && !link.isCopy()) {
                draft.add(
                        Slot.CONSTRAIN,
                        draft.step(
                                        source,
                                        "round-trip " + name.name() + "." + String.join(", ", link.newColumns()),
                                        "look for rows that the way back does not restore exactly")
                                .because("down(up(row)) differs from the row where the down script loses something")
                                .lock(name, LockMode.ACCESS_SHARE)
                                .scans(table)
                                .report(
                                        new Probe.NoRows(
                                                name,
                                                "NOT (" + link.consistentBack("") + ")",
                                                SafeForms.keyColumns(table)),
                                        "The down script does not give these rows their old values back when the new version"
                                                + " writes " + ColumnWork.list(link.newColumns())
                                                + ". Rows that the new version leaves alone"
                                                + " keep their old values."));
            }
        }
    }

    /** NOT NULL on new columns: now if no old write can break it, else in contract. */
    void constrain() {
        for (AddedColumn column : changes.addedInOrder()) {
            if (column.notNull().isEmpty() || column.isNotNullFromTheStart()) {
                continue;
            }
            Change change = column.notNull().get();
            boolean now = column.needsBackfill()
                    || links.stream()
                            .flatMap(link -> link.ups().stream())
                            .anyMatch(up -> up.column().equals(column.name())
                                    && up.traits().neverNull()
                                    && up.traits().total());
            if (!now) {
                draft.note(
                        Note.Level.INFO,
                        change.source(),
                        name.name() + "." + column.name()
                                + " becomes NOT NULL in contract: what the old version writes can"
                                + " still be NULL there");
            }
            // rows that a statement of the script deletes or fills as late as that may be those without a value
            boolean rowsChangeLate = draft.lastRowsChange(name).compareTo(Slot.SWAP) >= 0;
            Slot slot = now ? Slot.CONSTRAIN : rowsChangeLate ? Slot.AFTER_SWAP : Slot.PREPARE;
            SafeForms.of(draft, change.source())
                    .setNotNull(table, column.name())
                    .forEach(step -> draft.add(slot, step));
            column.rowByRow()
                    .filter(r -> now && !r.whenFilled().isEmpty())
                    .ifPresent(r -> draft.add(
                            Slot.CONSTRAIN,
                            draft.step(
                                            change,
                                            "finish " + name.name() + "." + column.name(),
                                            "give " + name.name() + "." + column.name() + " its identity")
                                    .because("changes only the catalog, now that every row has a value")
                                    .lock(name, LockMode.ACCESS_EXCLUSIVE)
                                    .undo(draft.step(
                                                    change,
                                                    "identity-back " + name.name() + "." + column.name(),
                                                    "take the identity of " + name.name() + "." + column.name()
                                                            + " away")
                                            .lock(name, LockMode.ACCESS_EXCLUSIVE)
                                            .brief(
                                                    Step.Purpose.DDL,
                                                    alter + " ALTER COLUMN " + Identifier.quote(column.name())
                                                            + " DROP IDENTITY IF EXISTS, ALTER COLUMN "
                                                            + Identifier.quote(column.name()) + " DROP NOT NULL"))
                                    .brief(Step.Purpose.DDL, r.whenFilled())));
        }
    }
}
