package dev.sluice.lab.bench;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What one run of one method measured.
 *
 * @param round counts from 1; samples of one round were taken right after one another
 * @param at when the run ended, ISO 8601
 * @param values by {@link Measure#key()}
 */
public record Sample(String scenario, String variant, String method, int round, String at, Map<String, Double> values) {
    public Sample {
        Objects.requireNonNull(scenario);
        Objects.requireNonNull(variant);
        Objects.requireNonNull(method);
        Objects.requireNonNull(at);
        values = new TreeMap<>(values);
    }

    /** Whether this is the run of the same method in the same round. */
    boolean isOf(String otherScenario, String otherVariant, String otherMethod, int otherRound) {
        return scenario.equals(otherScenario)
                && variant.equals(otherVariant)
                && method.equals(otherMethod)
                && round == otherRound;
    }
}
