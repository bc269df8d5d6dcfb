package dev.sluice.lab.bench;

import java.util.Map;
import java.util.Objects;

/** One way to do what a scenario is about. */
public record Method(String name, Run run) {
    public Method {
        Objects.requireNonNull(name);
        Objects.requireNonNull(run);
    }

    /** Does it once, and checks that it was done. */
    @FunctionalInterface
    public interface Run {
        /**
         * @return what it took, by {@link Measure#key()}; may leave out what cannot be measured here
         * @throws Exception whatever went wrong: the run is reported as failed, the others go on
         */
        Map<String, Double> run() throws Exception;
    }
}
