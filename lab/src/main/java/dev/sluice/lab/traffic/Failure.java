package dev.sluice.lab.traffic;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A statement that raised an error or gave a wrong answer.
 *
 * @param application which application sent it
 * @param statement its SQL text
 * @param message the server's message with its SQLSTATE, or what was expected and what came
 */
public record Failure(Instant at, String application, String statement, String message) {
    public Failure {
        requireNonNull(at);
        requireNonNull(application);
        requireNonNull(statement);
        requireNonNull(message);
    }

    @Override
    public String toString() {
        return at + " " + application + ": " + message + " [" + statement + "]";
    }
}
