package dev.sluice.lab.proof;

import dev.sluice.db.ConnectionSource;
import dev.sluice.lab.TestDatabase;
import dev.sluice.plan.Plan;
import dev.sluice.run.RunEvent;
import dev.sluice.run.RunListener;
import java.util.List;
import java.util.Optional;

/** What the runs of one migration say about themselves: its plan, how it goes back, the locks of its steps. */
final class Observation {
    private volatile Optional<Plan> plan = Optional.empty();
    private volatile Optional<Plan> down = Optional.empty();

    /** Connections to that database on which steps are watched. */
    ConnectionSource of(TestDatabase database) {
        return database::connect;
    }

    /** A listener that watches, and passes everything on. */
    RunListener tell(RunListener next) {
        return event -> {
            if (event instanceof RunEvent.MigrationStarted started) {
                if (started.direction() == RunEvent.Direction.FORWARD) {
                    plan = Optional.of(started.plan());
                } else {
                    down = Optional.of(started.plan());
                }
            }
            next.on(event);
        };
    }

    Optional<Plan> plan() {
        return plan;
    }

    void forgetWayBack() {
        down = Optional.empty();
    }

    boolean isDownBegun() {
        return down.isPresent();
    }

    /** Whether the last way back was the author's script, not the undo of the plan's steps. */
    boolean isDownByScript() {
        return down.isPresent() && !down.equals(plan);
    }

    StageResult facts() {
        return new StageResult(Aspect.FACTS, 0, List.of());
    }
}
