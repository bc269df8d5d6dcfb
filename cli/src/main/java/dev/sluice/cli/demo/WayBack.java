package dev.sluice.cli.demo;

import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.run.RunEvent;
import dev.sluice.run.RunListener;
import java.util.Optional;

/**
 * On the way back of a contracted migration there is a moment when both versions work again: contract is taken back, expand
 * is not yet. That is when the older version is deployed in place of the newer one; the run waits meanwhile.
 */
final class WayBack implements RunListener {
    private Optional<Plan> goingBack = Optional.empty();
    private Optional<Runnable> redeploy = Optional.empty();

    /** What to do at that moment, the next time it comes. */
    synchronized void whenBothWork(Runnable action) {
        redeploy = Optional.of(action);
    }

    /** Whether the action is still waiting for its moment. */
    synchronized boolean isWaiting() {
        return redeploy.isPresent();
    }

    @Override
    public synchronized void on(RunEvent event) {
        if (event instanceof RunEvent.MigrationStarted started) {
            goingBack = started.direction() == RunEvent.Direction.BACK ? Optional.of(started.plan()) : Optional.empty();
        } else if (event instanceof RunEvent.StepStarted started && isOfExpand(started.stepId())) {
            Optional<Runnable> action = redeploy;
            redeploy = Optional.empty();
            action.ifPresent(Runnable::run);
        }
    }

    /** The steps are taken back last one first, so the first of expand comes when contract is gone. */
    private boolean isOfExpand(String undoId) {
        return goingBack.isPresent()
                && goingBack.get().expand().stream().map(Step::id).anyMatch(id -> undoId.startsWith(id + "/undo/"));
    }
}
