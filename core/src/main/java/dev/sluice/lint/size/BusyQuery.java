package dev.sluice.lint.size;

import static java.util.Objects.requireNonNull;

/**
 * A statement of the application, as {@code pg_stat_statements} has it.
 *
 * @param text with {@code $1} for constants
 * @param callsPerSecond on average since those statistics were reset
 */
public record BusyQuery(String text, double callsPerSecond) {
    public BusyQuery {
        requireNonNull(text);
    }
}
