package dev.sluice.postgres.op;

import dev.sluice.plan.LockMode;
import dev.sluice.plan.Note;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Operation;
import dev.sluice.planner.Slot;
import dev.sluice.planner.StepSpec;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What would stop the application or cannot be looked into: refused, or run as it is when a directive allows it. */
final class Refused implements Operation {

    private static final Set<String> OUTSIDE_TRANSACTION = Set.of("VacuumStmt");

    /** Why not, and what instead. */
    private record Verdict(String hazard, String reason, String advice) {}

    private static final Verdict REWRITE = new Verdict(
            "rewrite-maintenance",
            "it writes the whole table anew while nobody can read it",
            "Use pg_repack, or plain VACUUM outside migrations.");

    private static final Verdict OPAQUE = new Verdict(
            "opaque-sql",
            "Sluice cannot see what this statement does, nor take it back",
            "Write what it does as plain statements.");

    private static final Map<String, Verdict> VERDICTS = Map.ofEntries(
            Map.entry(
                    "TruncateStmt",
                    new Verdict(
                            "truncate",
                            "TRUNCATE takes ACCESS EXCLUSIVE, is not seen consistently by running transactions, and cannot be taken back",
                            "Write DELETE FROM …, which Sluice runs in batches and can take back.")),
            Map.entry("VacuumStmt", REWRITE),
            Map.entry("ClusterStmt", REWRITE),
            Map.entry(
                    "LockStmt",
                    new Verdict(
                            "explicit-lock-table",
                            "an explicit lock stops the application for as long as the migration runs",
                            "Leave it out: every step takes the locks it needs, for as short as possible.")),
            Map.entry(
                    "ReindexStmt",
                    new Verdict(
                            "reindex-blocking",
                            "REINDEX stops writers while it builds",
                            "Run REINDEX … CONCURRENTLY outside migrations.")),
            Map.entry(
                    "RefreshMatViewStmt",
                    new Verdict(
                            "refresh-matview-blocking",
                            "REFRESH stops readers of the materialized view while its query runs",
                            "Refresh it outside migrations, CONCURRENTLY.")),
            Map.entry(
                    "AT_SetLogged",
                    new Verdict(
                            "set-logged-unlogged",
                            "it writes the whole table anew under ACCESS EXCLUSIVE",
                            "Make a new table.")),
            Map.entry(
                    "AT_SetUnLogged",
                    new Verdict(
                            "set-logged-unlogged",
                            "it writes the whole table anew under ACCESS EXCLUSIVE",
                            "Make a new table.")),
            Map.entry(
                    "AT_SetTableSpace",
                    new Verdict(
                            "set-tablespace", "it copies the whole table under ACCESS EXCLUSIVE", "Use pg_repack.")),
            Map.entry(
                    "AT_SetAccessMethod",
                    new Verdict(
                            "set-access-method",
                            "it writes the whole table anew under ACCESS EXCLUSIVE",
                            "Make a new table.")),
            Map.entry("DoStmt", OPAQUE),
            Map.entry("CallStmt", OPAQUE),
            Map.entry("CopyStmt", OPAQUE),
            Map.entry("SelectStmt", OPAQUE));

    @Override
    public String id() {
        return "refused";
    }

    @Override
    public boolean plan(Change change, Draft draft) {
        Verdict verdict = VERDICTS.get(change.kind());
        if (verdict == null) {
            return false;
        }
        draft.refuseUnlessAllowed(change, verdict.hazard, verdict.reason, verdict.advice);
        StepSpec spec = draft.step(change, "as-written " + change.kind(), Placement.words(change))
                .because("allowed by a directive, run as written");
        for (Node relation : change.statement().node().all("RangeVar")) {
            Optional<TableDraft> table = draft.findTable(relation);
            if (table.isPresent() && !OUTSIDE_TRANSACTION.contains(change.kind()) && !verdict.equals(OPAQUE)) {
                spec.lock(table.get().name(), LockMode.ACCESS_EXCLUSIVE);
            }
        }
        draft.note(
                Note.Level.WARNING,
                change.source(),
                "down does not take this statement back: " + Placement.words(change),
                verdict.hazard);
        draft.add(
                change,
                Placement.of(change, draft, Slot.CREATE),
                spec.opaque(
                        List.of(
                                change.altersTable()
                                        ? "ALTER TABLE "
                                                + draft.table(change).name().quoted() + " " + change.text()
                                        : change.statement().sql()),
                        !OUTSIDE_TRANSACTION.contains(change.kind()),
                        Optional.empty()));
        return true;
    }
}
