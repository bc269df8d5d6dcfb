package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.plan.Phase;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Source;
import dev.sluice.plan.Step;
import dev.sluice.plan.StepInfo;
import dev.sluice.run.RunEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class WayBackTest {
    private final WayBack wayBack = new WayBack();
    private int redeployed;

    @Test
    void redeploysOnceBetweenContractAndExpand() {
        wayBack.whenBothWork(() -> redeployed++);
        wayBack.on(new RunEvent.MigrationStarted(plan(), Phase.CONTRACT, RunEvent.Direction.BACK, false));
        start("swap/undo/1");
        assertThat(redeployed).isZero();
        assertThat(wayBack.isWaiting()).isTrue();
        start("add/undo/1");
        start("add/undo/2");
        assertThat(redeployed).isOne();
        assertThat(wayBack.isWaiting()).isFalse();
    }

    @Test
    void doesNothingOnTheWayForward() {
        wayBack.whenBothWork(() -> redeployed++);
        wayBack.on(new RunEvent.MigrationStarted(plan(), Phase.EXPAND, RunEvent.Direction.FORWARD, false));
        start("add");
        assertThat(redeployed).isZero();
    }

    private void start(String id) {
        wayBack.on(new RunEvent.StepStarted("1", id, step("any"), 1, 1));
    }

    private static Plan plan() {
        return new Plan(
                new Plan.MigrationRef("1", "m", ""),
                180000,
                "",
                "public",
                List.of(step("add")),
                List.of(step("swap")),
                List.of(),
                List.of());
    }

    private static Step step(String id) {
        return new Step.Brief(
                new StepInfo(id, id, "", new Source("m.sql", 1, 1), List.of(), -1, -1, List.of()),
                Step.Purpose.DDL,
                List.of(),
                List.of());
    }
}
