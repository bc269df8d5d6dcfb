package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Source;

/**
 * Why a change cannot be planned.
 *
 * @param hazard id of the hazard, as in {@code -- sluice:allow <hazard>}
 * @param reason what would happen, in facts
 * @param advice what to write instead, or how to allow it
 * @param excerpt the line with a caret
 */
public record Refusal(Source source, String hazard, String reason, String advice, String excerpt) {

    public Refusal {
        requireNonNull(source);
        requireNonNull(hazard);
        requireNonNull(reason);
        requireNonNull(advice);
        requireNonNull(excerpt);
    }

    @Override
    public String toString() {
        return source + ": [" + hazard + "] " + reason + "\n" + excerpt + "\n  → " + advice;
    }
}
