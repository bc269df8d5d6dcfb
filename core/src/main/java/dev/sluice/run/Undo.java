package dev.sluice.run;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.db.Session;
import dev.sluice.migration.Migration;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
        List<Step> changed = Stream.concat(plan.expand().stream(), plan.contract().stream())
                .filter(step -> !(step instanceof Step.Check))
                .filter(step -> oneTransaction || begun.contains(step.id()))
                .toList();
        return changed.isEmpty()
                || changed.stream().anyMatch(step -> !step.info().undo().isEmpty());
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
