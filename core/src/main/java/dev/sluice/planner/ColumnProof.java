package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Table;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Probe;
import dev.sluice.plan.Source;
import dev.sluice.plan.Step;
import dev.sluice.sql.QualifiedName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Questions to the rows: whether an expression can be evaluated, and whether the two sides agree before one of them goes. */
final class ColumnProof {

    private static final Set<String> MAKING = Set.of(
            "CreateEnumStmt",
            "CreateRangeStmt",
            "CreateDomainStmt",
            "CompositeTypeStmt",
            "CreateExtensionStmt",
            "CreateFunctionStmt",
            "CreateCastStmt",
            "DefineStmt");

    private final ColumnWork work;
    private final Draft draft;
    private final TableDraft changes;
    private final Table table;
    private final QualifiedName name;
    private final List<Link> links;
    private final Source source;

    ColumnProof(ColumnWork work) {
        this.work = requireNonNull(work);
        this.draft = work.draft();
        this.changes = work.changes();
        this.table = work.table();
        this.name = work.name();
        this.links = work.links();
        this.source = work.source();
    }

    void preflight() {
        for (Link link : links) {
            for (Derived up : link.ups()) {
                if (!up.traits().total() && !(link.hidden() && scriptChangesRows())) {
                    draft.add(whenItCanBeTried(up), evaluates(up, Optional.empty()));
                }
            }
        }
    }

    /** Whether the script changes rows before it changes a type, perhaps so that they fit: in contract that is known. */
    private boolean scriptChangesRows() {
        return changes.retyped().stream()
                .map(retyped -> ScriptBefore.of(draft, retyped.change()))
                .flatMap(before -> before.changes().stream())
                .filter(change -> Set.of("UpdateStmt", "DeleteStmt", "MergeStmt", "InsertStmt")
                        .contains(change.kind()))
                .anyMatch(change -> draft.findTable(change.relation())
                        .filter(t -> t == changes)
                        .isPresent());
    }

    /** When all that its expression uses is there. */
    private Slot whenItCanBeTried(Derived up) {
        if (readsWhatTheScriptMakes(up)) {
            return Slot.BACKFILL;
        }
        return makesWhatItUses() ? Slot.CREATE : Slot.PREFLIGHT;
    }

    private boolean readsWhatTheScriptMakes(Derived up) {
        return changes.added(up.column())
                .flatMap(AddedColumn::fill)
                .filter(fill -> fill.lookup() && Lookups.readsWhatTheScriptMakes(draft, fill))
                .isPresent();
    }

    /** Whether the script makes a type or a function: an expression may use it, so it has to be there. */
    private boolean makesWhatItUses() {
        return draft.request().up().statements().stream().anyMatch(s -> MAKING.contains(s.type()));
    }

    /** Whether the script's own expression can be evaluated for every row, and its result stored. */
    private Step evaluates(Derived up, Optional<String> when) {
        String what = name.name() + "." + up.column();
        Source written = changes.added(up.column())
                .flatMap(AddedColumn::fill)
                .map(fill -> fill.change().source())
                .orElse(source);
        return draft.step(
                        written,
                        "evaluate " + what + when.map(w -> " " + w).orElse(""),
                        "try the expression for " + what + " on every row")
                .because("the expression can fail; a row for which it does is named before "
                        + (readsWhatTheScriptMakes(up) ? "any row is filled" : "anything is changed"))
                .lock(name, LockMode.ACCESS_SHARE)
                .scans(table)
                .check(
                        new Probe.Evaluates(name, List.of(up.assignable()), "true", SafeForms.keyColumns(table)),
                        "The script's expression for " + what
                                + " fails for this row, and would fail in a plain run too."
                                + " Correct the row, or write the expression so that it can handle it.");
    }

    /** The sweep right before the end of the dual write: sessions with triggers off went past it. */
    void prove() {
        for (Link link : links) {
            String columns = name.name() + "." + String.join(", ", link.newColumns());
            if (link.hidden()) {
                Map<String, String> assignments = new LinkedHashMap<>();
                link.ups().forEach(up -> assignments.put(up.column(), up.value("")));
                draft.add(
                        Slot.PROVE,
                        work.fill(
                                "sweep",
                                "fill rows of " + columns + " that were written past the dual write",
                                assignments,
                                "NOT (" + link.consistent("") + ")",
                                true));
            } else if (link.isCopy()) {
                proof(columns, "NOT (" + link.consistent("") + ")", "the two columns differ");
            } else if (link.translatesBack()) {
                Map<String, String> assignments = new LinkedHashMap<>();
                link.ups().forEach(up -> assignments.put(up.column(), up.value("")));
                draft.add(
                        Slot.PROVE,
                        work.fill(
                                "sweep",
                                "fill rows of " + columns + " that were written past the dual write",
                                assignments,
                                "(" + link.unfilled() + ") AND NOT (" + link.consistentBack("") + ")",
                                false));
                proof(
                        columns,
                        "NOT (" + link.consistent("") + ") AND NOT (" + link.consistentBack("") + ")",
                        "the two sides disagree");
            }
            boolean lookup = link.ups().stream().anyMatch(up -> up.traits().lookup());
            for (Derived up : link.ups()) {
                if (!up.traits().total()) {
                    // what is corrected in the other table fires no trigger here: only the catch-up fills such a row
                    draft.add(lookup ? Slot.PROVE : Slot.CONTRACT_PREFLIGHT, evaluates(up, Optional.of("again")));
                }
            }
            if (lookup) {
                Map<String, String> assignments = new LinkedHashMap<>();
                link.ups().forEach(up -> assignments.put(up.column(), up.value("")));
                draft.add(
                        Slot.PROVE,
                        work.fill(
                                "catch-up",
                                "fill rows of " + columns + " whose match came later",
                                assignments,
                                link.unfilled(),
                                false));
            }
        }
    }

    private void proof(String columns, String predicate, String violation) {
        draft.add(
                Slot.PROVE,
                draft.step(source, "prove " + columns, "prove that old and new columns of every row agree: " + columns)
                        .because("a session with triggers switched off could have written past the dual write")
                        .lock(name, LockMode.ACCESS_SHARE)
                        .scans(table)
                        .check(
                                new Probe.NoRows(name, predicate, SafeForms.keyColumns(table)),
                                "In these rows " + violation + ": something wrote with triggers switched off"
                                        + " (session_replication_role, DISABLE TRIGGER). Set the right values, then run contract"
                                        + " again."));
    }
}
