package dev.sluice.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Golden;
import dev.sluice.plan.Plan;
import dev.sluice.plan.PlanJson;
import dev.sluice.plan.Source;
import dev.sluice.planner.Refusal;
import java.util.List;
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
    void showsEveryRefusalWithItsLineReasonAndAdvice() {
        Refusal refusal = new Refusal(
                new Source("migrations/1_a.sql", 4, 19),
                "set-access-method",
                "SET ACCESS METHOD rewrites the whole table under ACCESS EXCLUSIVE: about 40 s for 1.2 GB, during which"
                        + " nobody reads or writes it",
                "Create a new table with the access method, copy in batches, and swap the names.",
                "4 | ALTER TABLE users SET ACCESS METHOD foo;\n                      ^");

        Golden.check(
                "render/refusals.txt", RefusalText.text("migrations/1_a.sql", List.of(refusal, refusal), Style.PLAIN));
    }

    @Test
    void survivesJson() {
        Plan plan = SamplePlans.fullName();

        assertThat(PlanJson.read(Json.pretty(PlanJson.toTree(plan)))).isEqualTo(plan);
    }

    @Test
    void printsASqlScript() {
        Golden.check("render/plan.sql", PlanSql.render(SamplePlans.fullName()));
    }
}
