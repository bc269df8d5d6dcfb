package dev.sluice.lab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The samples of one scenario, asked for as medians and as ratios of values that were measured in the same round. */
public final class Figures {
    private final List<Sample> samples;

    private Figures(List<Sample> samples) {
        this.samples = samples;
    }

    public static Figures of(Results results, String scenario) {
        return new Figures(results.samples().stream()
                .filter(sample -> sample.scenario().equals(scenario))
                .toList());
    }

    /** In the order in which they were measured. */
    public List<String> variants() {
        return samples.stream().map(Sample::variant).distinct().toList();
    }

    /** Those that were measured in this variant, in the order given. */
    public List<String> methods(String variant, List<String> order) {
        List<String> measured = samples.stream()
                .filter(sample -> sample.variant().equals(variant))
                .map(Sample::method)
                .distinct()
                .toList();
        List<String> methods = new ArrayList<>(order);
        methods.retainAll(measured);
        measured.stream().filter(method -> !order.contains(method)).forEach(methods::add);
        return methods;
    }

    public Optional<Spread> spread(String variant, String method, String measure) {
        List<Double> values = List.copyOf(byRound(variant, method, measure).values());
        return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values));
    }

    /** Of the ratios value / value of the other method in the same round; empty when no round has both. */
    public Optional<Spread> ratio(String variant, String method, String against, String measure) {
        return figure(
                variant, new Target("", "", method, measure, Target.Form.RATIO, against, Double.POSITIVE_INFINITY));
    }

    /** What the target is about, in this variant. */
    public Optional<Spread> figure(String variant, Target target) {
        SortedMap<Integer, Double> values = byRound(variant, target.method(), target.measure());
        SortedMap<Integer, Double> others =
                target.form() == Target.Form.VALUE ? values : byRound(variant, target.against(), target.measure());
        List<Double> figures = new ArrayList<>();
        values.forEach((round, value) -> {
            Optional<Double> other = Optional.ofNullable(others.get(round));
            other.map(o -> target.figure(value, o)).filter(Double::isFinite).ifPresent(figures::add);
        });
        return figures.isEmpty() ? Optional.empty() : Optional.of(Spread.of(figures));
    }

    private SortedMap<Integer, Double> byRound(String variant, String method, String measure) {
        SortedMap<Integer, Double> values = new TreeMap<>();
        for (Sample sample : samples) {
            if (sample.variant().equals(variant) && sample.method().equals(method)) {
                Optional.ofNullable(sample.values().get(measure)).ifPresent(value -> values.put(sample.round(), value));
            }
        }
        return values;
    }
}
