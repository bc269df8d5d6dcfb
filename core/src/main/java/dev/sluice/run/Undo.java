package dev.sluice.run;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.db.Session;
import dev.sluice.migration.Migration;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How a migration can be taken back: by the undo of its steps, or by its author's down script. */
final class Undo {

    private Undo() {}

    /**
     * Whether the steps that were begun know how to be taken back.
     *
     * @param oneTransaction whether all of them were, in one transaction that has left no rows for single steps
     */
    static boolean isPossible(Session session, Plan plan, boolean oneTransaction) {
        Set<String> begun = Attempt.begun(session, plan.migration().version(), plan);
        return plan.knowsWayBack(step -> oneTransaction || begun.contains(step.id()));
    }

    /**
     * @throws SluiceException unless contract can be taken back by itself: every step that it began has an undo which
     *     leads to where both versions work, and nothing of expand has been taken back
     */
    static void requireOfContract(Session session, JournalRecord record) {
        Plan plan = record.plan();
        Set<String> begun = Attempt.begun(session, record.version(), plan);
        boolean exchanged = plan.contract().stream()
                .filter(step -> begun.contains(step.id()))
                .anyMatch(step -> step instanceof Step.Brief brief && brief.purpose() == Step.Purpose.EXCHANGE);
        boolean noUndo = plan.contract().stream()
                .filter(step -> begun.contains(step.id()) && step.info().undo().isEmpty())
                .anyMatch(Undo::ranAsWritten);
        Set<String> expand = plan.expand().stream().map(Step::id).collect(Collectors.toSet());
        boolean further = record.downPlan().isPresent()
                || JournalReader.steps(session, record.version()).stream()
                        .anyMatch(row -> expand.contains(row.id())
                                && (row.state() == JournalStep.State.UNDOING
                                        || row.state() == JournalStep.State.UNDONE));
        if (!plan.hasContract() || exchanged || noUndo || further) {
            String reason = further
                    ? "more than its contract is being taken back already"
                    : exchanged
                            ? "it put a column in the place of its double, which is gone: there is no state of this database"
                                    + " in which both application versions work"
                            : plan.hasContract()
                                    ? "a step of its contract can only be taken back by the down script, which takes back all"
                                    : "it ran in one phase";
            throw new SluiceException(
                    ExitCode.ERROR,
                    "cannot take back the contract of migration " + record.version() + ": " + reason + "\n  state: "
                            + record.state().text()
                            + ", nothing was changed\n  next: sluice down takes back all of it");
        }
    }

    /** Such a step has changed something even if nobody knows its undo; others without one leave nothing to take back. */
    private static boolean ranAsWritten(Step step) {
        return step instanceof Step.Opaque
                || step instanceof Step.BatchedDml
                || step instanceof Step.Brief brief && brief.purpose() == Step.Purpose.PLAIN;
    }

    static Plan byScript(JournalRecord record, Optional<Migration> migration, PlanSource plans, Session session) {
        if (migration.isEmpty()) {
            throw refusal(record, "it ran as written, and its file, which could have a down script, is gone");
        }
        return plans.planDown(migration.get(), session)
                .orElseThrow(() -> refusal(record, "it ran as written, and it has no down script"));
    }

    private static SluiceException refusal(JournalRecord record, String reason) {
        return new SluiceException(
                ExitCode.ERROR,
                "cannot take back migration " + record.version() + " (" + record.file() + "): " + reason
                        + "\n  state: " + record.state().text() + ", nothing was changed\n  next: write its down script"
                        + " (the section `-- migrate:down`, or the down file of your layout) and run sluice down again,"
                        + " or write a new migration");
    }
}
