package dev.sluice.cli.demo;

import dev.sluice.plan.Step;
import dev.sluice.run.RunEvent;
import dev.sluice.run.RunListener;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Listens to the runs of the demonstration, and sums up what they cost. Thread-safe. */
final class RunTally implements RunListener {

    /**
     * What a run is at.
     *
     * @param number of the step, from 1
     * @param count of steps of the phase
     * @param fraction done of the step, 0 to 1; negative when unknown
     */
    record Activity(
            String migration, String title, int number, int count, double fraction, long rows, double rowsPerSecond) {}

    /** What all runs cost so far. */
    record Sum(long backfilledRows, Duration backfillTime, Duration longestLock) {}

    private final Map<String, Step> running = new HashMap<>();
    private Optional<Activity> activity = Optional.empty();
    private long backfilledRows;
    private Duration backfillTime = Duration.ZERO;
    private Duration longestLock = Duration.ZERO;

    @Override
    public synchronized void on(RunEvent event) {
        if (event instanceof RunEvent.StepStarted started) {
            running.put(started.stepId(), started.step());
            activity = Optional.of(new Activity(
                    started.version(), started.step().info().title(), started.number(), started.count(), -1, 0, 0));
        } else if (event instanceof RunEvent.BackfillProgress progress) {
            activity = activity.map(a -> new Activity(
                    a.migration(),
                    a.title(),
                    a.number(),
                    a.count(),
                    progress.fraction(),
                    progress.rows(),
                    progress.rowsPerSecond()));
        } else if (event instanceof RunEvent.IndexProgress progress) {
            activity = activity.map(
                    a -> new Activity(a.migration(), a.title(), a.number(), a.count(), progress.fraction(), 0, 0));
        } else if (event instanceof RunEvent.StepFinished finished) {
            finished(finished);
        } else if (event instanceof RunEvent.MigrationFinished) {
            activity = Optional.empty();
        }
    }

    private void finished(RunEvent.StepFinished finished) {
        if (running.remove(finished.stepId()) instanceof Step.Backfill) {
            backfilledRows += finished.rows();
            backfillTime = backfillTime.plus(finished.duration());
        }
        if (finished.lockHeld().compareTo(longestLock) > 0) {
            longestLock = finished.lockHeld();
        }
    }

    synchronized Optional<Activity> activity() {
        return activity;
    }

    synchronized Sum sum() {
        return new Sum(backfilledRows, backfillTime, longestLock);
    }
}
