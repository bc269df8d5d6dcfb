package dev.sluice.lab.bench.page;

import dev.sluice.lab.bench.Figures;
import dev.sluice.lab.bench.Measure;
import dev.sluice.lab.bench.Scenario;
import dev.sluice.lab.bench.Spread;
import dev.sluice.lab.bench.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** From the figures of a scenario to its bar charts. */
record Plotting(Scenario scenario, Figures figures) {

    /** Empty when nothing of the measure was taken. */
    Optional<BarChart> plot(Measure measure) {
        List<BarChart.Group> groups = new ArrayList<>();
        for (String variant : figures.variants()) {
            List<BarChart.Bar> bars = new ArrayList<>();
            for (String method : figures.methods(variant, scenario.methods())) {
                figures.spread(variant, method, measure.key())
                        .ifPresent(spread -> bars.add(
                                new BarChart.Bar(method, colour(method), spread, bound(measure, variant, method))));
            }
            if (!bars.isEmpty()) {
                groups.add(new BarChart.Group(variant, bars));
            }
        }
        return groups.isEmpty()
                ? Optional.empty()
                : Optional.of(new BarChart(scenario.title() + ": " + measure.title(), measure, groups));
    }

    private int colour(String method) {
        int index = scenario.methods().indexOf(method);
        return index < 0 ? scenario.methods().size() : index;
    }

    /** The strictest target of that bar, in the unit of its axis. */
    private OptionalDouble bound(Measure measure, String variant, String method) {
        return scenario.targets().stream()
                .filter(target -> target.measure().equals(measure.key())
                        && target.method().equals(method)
                        && target.concerns(variant))
                .flatMap(target -> onAxis(variant, target).stream())
                .mapToDouble(Double::doubleValue)
                .min();
    }

    private Optional<Double> onAxis(String variant, Target target) {
        if (target.form() == Target.Form.VALUE) {
            return Optional.of(target.bound());
        }
        Optional<Spread> other = figures.spread(variant, target.against(), target.measure());
        return other.map(spread -> target.boundOnAxis(spread.median()));
    }
}
