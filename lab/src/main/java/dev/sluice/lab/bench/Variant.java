package dev.sluice.lab.bench;

import java.util.Objects;

/**
 * A scenario at one size.
 *
 * @param setup seconds that preparing it takes, about, on two idle cores
 * @param round seconds that one round of all methods takes, about
 */
public record Variant(String name, double setup, double round, Opening opening) {
    public Variant {
        Objects.requireNonNull(name);
        Objects.requireNonNull(opening);
    }

    /** Prepares the stage. */
    @FunctionalInterface
    public interface Opening {
        /** @throws Exception whatever went wrong: the variant is reported as failed, the others go on */
        Stage open() throws Exception;
    }

    double seconds(int rounds) {
        return setup + rounds * round;
    }
}
