package dev.sluice.lab.bench.scenario;

import dev.sluice.lab.bench.Scenario;
import java.util.List;

/** All scenarios, in the order of the page. */
public final class Scenarios {
    public static final List<Scenario> ALL = List.of(
            new BackfillScenario(),
            new OltpScenario(),
            new PaceScenario(),
            new LockScenario(),
            new DualWriteScenario(),
            new KeyScenario(),
            new RunnersScenario(),
            new StartScenario(),
            new TablesScenario(),
            new LintScenario());

    private Scenarios() {}
}
