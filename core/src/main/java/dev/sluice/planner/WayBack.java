package dev.sluice.planner;

import dev.sluice.plan.Note;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.plan.StepInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Gives a script that runs as written, and has no down script, the way back that its statements would have beside tables in
 * use. What is new has one, and what only adds to empty tables beside others in use; the rest stays as it is written. Pure.
 */
final class WayBack {

    /** A longer script is a whole schema: taking it apart costs as much as running it, and nobody goes back from it. */
    private static final int LONGEST = 200;

    private WayBack() {}

    /**
     * @param apart makes the plan of the same script that takes it apart, or refuses to
     * @param inUse whether there are tables in use: a database without any goes on being one, so that it is not taken through by
     *     steps
     */
    static Plan of(Plan written, Supplier<Plan> apart, boolean inUse) {
        Optional<Plan> known = statements(written).size() > LONGEST ? Optional.empty() : reversible(apart);
        if (known.isEmpty()) {
            return written;
        }
        Plan plan = known.get();
        boolean same = written.expand().size() == 1
                && written.expand().get(0) instanceof Step.Brief
                && statements(written).equals(statements(plan));
        return same ? with(written, undo(plan)) : inUse ? plan : written;
    }

    private static Optional<Plan> reversible(Supplier<Plan> apart) {
        try {
            Plan plan = apart.get();
            boolean back = !plan.hasContract()
                    && plan.steps(Phase.PURGE).isEmpty()
                    && plan.knowsWayBack(step -> true)
                    && plan.notes().stream().noneMatch(note -> note.level() == Note.Level.LOSS);
            return back ? Optional.of(plan) : Optional.empty();
        } catch (PlanRefusedException e) {
            return Optional.empty(); // beside tables in use only
        }
    }

    private static List<String> statements(Plan plan) {
        return plan.expand().stream()
                .flatMap(step -> step.statements().stream())
                .toList();
    }

    /** What was done last goes first. */
    private static List<Step> undo(Plan plan) {
        List<Step> undo = new ArrayList<>();
        for (int i = plan.expand().size() - 1; i >= 0; i--) {
            undo.addAll(plan.expand().get(i).info().undo());
        }
        return undo;
    }

    private static Plan with(Plan written, List<Step> undo) {
        Step.Brief step = (Step.Brief) written.expand().get(0);
        StepInfo info = step.info();
        StepInfo back = new StepInfo(
                info.id(),
                info.title(),
                info.reason(),
                info.source(),
                info.locks(),
                info.estimatedRows(),
                info.estimatedBytes(),
                undo);
        return new Plan(
                written.migration(),
                written.serverVersion(),
                written.catalogFingerprint(),
                written.searchPath(),
                List.of(new Step.Brief(back, step.purpose(), step.guards(), step.statements())),
                List.of(),
                List.of(),
                written.notes());
    }
}
