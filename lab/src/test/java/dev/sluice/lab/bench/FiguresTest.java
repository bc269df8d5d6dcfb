package dev.sluice.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class FiguresTest {

    private static Sample sample(String method, int round, double seconds) {
        return new Sample("s", "v", method, round, "2026-01-01T00:00:00Z", Map.of("seconds", seconds));
    }

    private static Figures figures(Sample... samples) {
        return Figures.of(new Results(Map.of(), List.of(), List.of(), List.of(samples)), "s");
    }

    private static Target target(Target.Form form, double bound) {
        return new Target("t", "", "ours", "seconds", form, "theirs", bound);
    }

    @Test
    void the_median_of_an_even_number_of_values_lies_between_the_middle_ones() {
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 9.0))).isEqualTo(new Spread(3, 1, 9, 4));
        assertThat(Spread.of(List.of(4.0, 1.0, 9.0))).isEqualTo(new Spread(4, 1, 9, 3));
        assertThatThrownBy(() -> Spread.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_ratio_is_the_median_of_ratios_within_rounds_and_not_the_ratio_of_medians() {
        Figures figures = figures(
                sample("ours", 1, 1), sample("theirs", 1, 10),
                sample("ours", 2, 20), sample("theirs", 2, 20),
                sample("ours", 3, 30), sample("theirs", 3, 15));

        assertThat(figures.ratio("v", "ours", "theirs", "seconds")).contains(new Spread(1, 0.1, 2, 3));
    }

    @Test
    void a_round_that_only_one_method_finished_does_not_count_for_ratios() {
        Figures figures = figures(sample("ours", 1, 1), sample("ours", 2, 8), sample("theirs", 2, 4));

        assertThat(figures.ratio("v", "ours", "theirs", "seconds")).contains(new Spread(2, 2, 2, 1));
        assertThat(figures.ratio("v", "ours", "nobody", "seconds")).isEmpty();
    }

    @Test
    void a_division_by_nothing_is_no_ratio() {
        assertThat(figures(sample("ours", 1, 1), sample("theirs", 1, 0)).ratio("v", "ours", "theirs", "seconds"))
                .isEmpty();
    }

    @Test
    void targets_compare_in_their_direction() {
        Figures figures = figures(sample("ours", 1, 4), sample("theirs", 1, 6));

        assertFigure(figures, target(Target.Form.VALUE, 4), 4, true);
        assertFigure(figures, target(Target.Form.VALUE, 3.9), 4, false);
        assertFigure(figures, target(Target.Form.RATIO, 0.7), 4 / 6.0, true);
        assertFigure(figures, target(Target.Form.RATIO, 0.6), 4 / 6.0, false);
        assertFigure(figures, target(Target.Form.SPEEDUP, 1.5), 1.5, true);
        assertFigure(figures, target(Target.Form.SPEEDUP, 1.6), 1.5, false);
        assertFigure(figures, target(Target.Form.DIFFERENCE, -2), -2, true);
        assertFigure(figures, target(Target.Form.DIFFERENCE, -3), -2, false);
    }

    private static void assertFigure(Figures figures, Target target, double figure, boolean met) {
        assertThat(figures.figure("v", target))
                .get(InstanceOfAssertFactories.type(Spread.class))
                .satisfies(spread -> {
                    assertThat(spread.median()).isCloseTo(figure, within(1e-9));
                    assertThat(target.isMetBy(spread.median())).isEqualTo(met);
                });
    }

    @Test
    void the_bound_on_the_axis_is_where_the_target_is_just_met() {
        for (Target.Form form : Target.Form.values()) {
            Target target = target(form, 1.25);
            assertThat(target.figure(target.boundOnAxis(7), 7)).as("%s", form).isCloseTo(1.25, within(1e-9));
        }
    }

    @Test
    void methods_keep_the_order_of_the_scenario_and_unknown_ones_come_last() {
        Figures figures = figures(sample("new", 1, 1), sample("b", 1, 1), sample("a", 1, 1));

        assertThat(figures.methods("v", List.of("a", "b", "c"))).containsExactly("a", "b", "new");
    }
}
