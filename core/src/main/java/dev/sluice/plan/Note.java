package dev.sluice.plan;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Something the reader of a plan should know.
 *
 * @param hazard id of the hazard this is about, when there is one (as in {@code -- sluice:allow <hazard>})
 */
public record Note(Level level, String text, Optional<String> hazard, Source source) {

    public Note {
        requireNonNull(level);
        requireNonNull(text);
        requireNonNull(hazard);
        requireNonNull(source);
    }

    public enum Level {
        /** How it is done, and why. */
        INFO,
        /** Something behaves differently until contract. */
        WARNING,
        /** Data or behaviour that is lost; needs to be read. */
        LOSS
    }
}
