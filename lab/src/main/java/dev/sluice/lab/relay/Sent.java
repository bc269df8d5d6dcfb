package dev.sluice.lab.relay;

import static java.util.Objects.requireNonNull;

/**
 * A statement that a client has sent and the server has not got yet.
 *
 * @param number of all statements that came to the relay, counted from 1
 * @param connection of all connections that were made, counted from 1
 * @param sql as the client wrote it, parameters as {@code $1}
 */
public record Sent(long number, long connection, String sql) {
    public Sent {
        requireNonNull(sql);
    }
}
