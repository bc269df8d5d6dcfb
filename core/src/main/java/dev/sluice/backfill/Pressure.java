package dev.sluice.backfill;

import static java.util.Objects.requireNonNull;

/**
 * How hard one part of the server is pressed.
 *
 * @param utilisation value through limit: above 1 the walk slows down, above 2 it stops until it is less
 * @param signal one or two words that stay the same: {@code replica lag}
 * @param reason for people, with the figures: {@code replica lag 3.2 s (limit 1.5 s)}
 */
public record Pressure(double utilisation, String signal, String reason) {

    static final Pressure NONE = new Pressure(0, "", "");

    public Pressure {
        requireNonNull(signal);
        requireNonNull(reason);
    }

    /** Whether it stops the walk. */
    public boolean pauses() {
        return utilisation > 2;
    }
}
