package dev.sluice.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Golden;
import org.junit.jupiter.api.Test;

class PlanTextTest {

    @Test
    void showsEveryStepWithItsLocksReasonSqlAndUndo() {
        Golden.check(
                "render/plan-full.txt", PlanText.render(SamplePlans.fullName(), Style.PLAIN, PlanText.Detail.FULL));
    }

    @Test
    void leavesOutTheSqlWhenBrief() {
        Golden.check(
                "render/plan-brief.txt", PlanText.render(SamplePlans.fullName(), Style.PLAIN, PlanText.Detail.BRIEF));
    }

    @Test
    void saysWhenOnePhaseIsEnough() {
        Golden.check(
                "render/plan-one-phase.txt",
                PlanText.render(SamplePlans.onePhase(), Style.PLAIN, PlanText.Detail.NORMAL));
    }

    @Test
    void coloursChangeNothingButTheColours() {
        String plain = PlanText.render(SamplePlans.fullName(), Style.PLAIN, PlanText.Detail.NORMAL);
        String colourful = PlanText.render(SamplePlans.fullName(), Style.ANSI, PlanText.Detail.NORMAL);
        assertThat(colourful).contains("\u001b[");
        assertThat(colourful.replaceAll("\u001b\\[\\d+m", "")).isEqualTo(plain);
    }

    @Test
    void printsASqlScript() {
        Golden.check("render/plan.sql", PlanSql.render(SamplePlans.fullName()));
    }
}
