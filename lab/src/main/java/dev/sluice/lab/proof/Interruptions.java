package dev.sluice.lab.proof;

import dev.sluice.SluiceException;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.life.Life;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Plan;
import dev.sluice.run.InterruptedRunException;
import dev.sluice.run.RunEvent;
import dev.sluice.run.RunListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** Goes back from states within a phase: a run that was interrupted between two steps. For one use. */
final class Interruptions {

    /** Phases with fewer steps have no state within that the whole life has not seen. */
    private static final int LEAST_STEPS = 3;

    private final Ground ground;
    private final Observation observation;
    private final int states;
    private final List<Finding> findings = new ArrayList<>();
    private long checked;
    private Optional<TestDatabase> database = Optional.empty();

    /** @param states how many of each phase at most */
    Interruptions(Ground ground, Observation observation, int states) {
        this.ground = ground;
        this.observation = observation;
        this.states = states;
    }

    StageResult prove(Plan plan) {
        for (Phase phase : List.of(Phase.EXPAND, Phase.CONTRACT)) {
            for (int steps : chosen(plan.steps(phase).size())) {
                goBackAfter(plan, phase, steps);
            }
        }
        return new StageResult(Aspect.BACKWARD, checked, findings);
    }

    /** Evenly spread, the first and the last among them. */
    private TreeSet<Integer> chosen(int steps) {
        TreeSet<Integer> chosen = new TreeSet<>();
        int last = steps - 1;
        for (int i = 0; steps >= LEAST_STEPS && i < states; i++) {
            chosen.add(states == 1 ? last : 1 + i * (last - 1) / (states - 1));
        }
        return chosen;
    }

    private void goBackAfter(Plan plan, Phase phase, int steps) {
        TestDatabase copy = database.orElseGet(ground::copyOfStart);
        database = Optional.of(copy);
        Life life = ground.life(copy, self -> stopAfter(self, phase, steps));
        String when = "interrupted after step " + steps + " of " + phase.name().toLowerCase(Locale.ROOT) + ", down";
        List<Finding> wrong = new ArrayList<>();
        boolean stays = false;
        checked++;
        try {
            if (interrupted(life, phase)) {
                observation.forgetWayBack();
                life.down();
                List<Finding> different =
                        AddedLabels.without(observation.addsLabels(), ground.comparedWithStart(when, copy));
                stays = RowsThatStay.excuse(plan, different).isPresent();
                wrong.addAll(stays ? List.of() : different);
            } else {
                wrong.add(new Finding(Check.STOP, when, "sluice " + command(phase), "result", "stops", "goes on"));
            }
        } catch (SluiceException e) {
            stays = !observation.isDownBegun() && RowsThatStay.areTold(plan);
            if (!stays) {
                wrong.add(new Finding(Check.COMMAND, when, "sluice", "result", "succeeds", "fails: " + e.getMessage()));
            }
        }
        findings.addAll(wrong);
        if (stays || !wrong.isEmpty()) {
            ground.drop(copy);
            database = Optional.empty();
        }
    }

    private static boolean interrupted(Life life, Phase phase) {
        try {
            life.up();
            if (phase == Phase.CONTRACT) {
                life.contract();
            }
            return false;
        } catch (InterruptedRunException e) {
            return true;
        }
    }

    private static RunListener stopAfter(Life life, Phase phase, int steps) {
        return new RunListener() {
            private Optional<Phase> running = Optional.empty();
            private int done;

            @Override
            public void on(RunEvent event) {
                if (event instanceof RunEvent.MigrationStarted started) {
                    boolean forward = started.direction() == RunEvent.Direction.FORWARD;
                    running = forward ? Optional.of(started.phase()) : Optional.empty();
                    done = 0;
                } else if (event instanceof RunEvent.StepFinished
                        && running.filter(phase::equals).isPresent()) {
                    done++;
                    if (done == steps) {
                        life.interrupt();
                    }
                }
            }
        };
    }

    private static String command(Phase phase) {
        return phase == Phase.EXPAND ? "up" : "contract";
    }
}
