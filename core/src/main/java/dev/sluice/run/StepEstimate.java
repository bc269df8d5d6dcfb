package dev.sluice.run;

import static java.util.Objects.requireNonNull;

import dev.sluice.sql.QualifiedName;
import java.time.Duration;
import java.util.Optional;

/**
 * What a step over a large table is expected to take. Rough: within a factor of two or three.
 *
 * @param step its id
 * @param duration at full speed; empty when nothing is known of this server
 * @param walBytes of write-ahead log
 * @param diskBytes by which tables and indexes grow
 */
public record StepEstimate(
        String step, String title, QualifiedName table, Optional<Duration> duration, long walBytes, long diskBytes) {

    public StepEstimate {
        requireNonNull(step);
        requireNonNull(title);
        requireNonNull(table);
        requireNonNull(duration);
    }
}
