package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.plan.Assignment;
import dev.sluice.plan.Source;
import dev.sluice.plan.Step;
import dev.sluice.plan.StepInfo;
import dev.sluice.run.RunEvent;
import dev.sluice.sql.QualifiedName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunTallyTest {
    private static final StepInfo INFO =
            new StepInfo("s", "fill", "", new Source("m.sql", 1, 1), List.of(), -1, -1, List.of());
    private final RunTally tally = new RunTally();

    @Test
    void onlyBackfillsCountAsBackfillButEveryStepCountsForTheLongestLock() {
        Step fill = new Step.Backfill(
                INFO, QualifiedName.of("public", "t"), List.of(new Assignment("a", "b")), "true", false, List.of());
        Step ddl = new Step.Brief(INFO, Step.Purpose.DDL, List.of(), List.of());
        run("1", fill, 100, 3);
        run("2", ddl, 50, 9);
        run("3", fill, 20, 1);
        assertThat(tally.sum()).isEqualTo(new RunTally.Sum(120, Duration.ofSeconds(2), Duration.ofMillis(9)));
    }

    @Test
    void showsTheBackfillThatRuns() {
        tally.on(
                new RunEvent.StepStarted("1", "s", new Step.Brief(INFO, Step.Purpose.DDL, List.of(), List.of()), 2, 5));
        tally.on(new RunEvent.BackfillProgress("1", "s", "filling", 500, 0.5, 1234.4, Optional.empty(), ""));
        assertThat(tally.activity().map(StatusTicker::line))
                .contains("2/5 fill ██████████░░░░░░░░░░ 50 % 500 rows 1,234/s");
    }

    private void run(String id, Step step, long rows, int lockMillis) {
        tally.on(new RunEvent.StepStarted("1", id, step, 1, 1));
        tally.on(new RunEvent.StepFinished(
                "1", id, Duration.ZERO, Duration.ofMillis(lockMillis), Duration.ofSeconds(1), rows, 1));
    }
}
