package dev.sluice.run;

import static java.util.Objects.requireNonNull;

/** A step as the journal knows it; {@code id} is the step's own or {@code <step>/undo/<n>}. */
record JournalStep(String version, String id, String phase, long position, State state, String title) {

    JournalStep {
        requireNonNull(version);
        requireNonNull(id);
        requireNonNull(phase);
        requireNonNull(state);
        requireNonNull(title);
    }

    /** A step that has no row is pending. */
    enum State {
        RUNNING,
        DONE,
        UNDOING,
        UNDONE;

        static State of(String text) {
            return valueOf(text.toUpperCase(java.util.Locale.ROOT));
        }
    }
}
