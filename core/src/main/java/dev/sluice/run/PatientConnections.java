package dev.sluice.run;

import dev.sluice.db.ConnectionSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Connections to a server that is starting, recovering or full at the moment: asked again for a while, since a failover or a
 * burst of the application is over soon. Any other refusal is passed on at once. Thread-safe.
 */
final class PatientConnections implements ConnectionSource {

    /** By SQLSTATE (appendix "PostgreSQL Error Codes"), and what to say of it. */
    private static final Map<String, String> PASSING = Map.of(
            "57P03", "the server takes no connections at the moment",
            "53300", "the server has no free connection for this role");

    private static final Duration POLL = Duration.ofMillis(200);

    private final ConnectionSource source;
    private final Duration patience;
    private final Cancellation cancellation;
    private final Consumer<String> told;

    /** @param told is told once for each wait */
    PatientConnections(ConnectionSource source, Duration patience, Cancellation cancellation, Consumer<String> told) {
        this.source = source;
        this.patience = patience;
        this.cancellation = cancellation;
        this.told = told;
    }

    @Override
    public Connection open() throws SQLException {
        Instant deadline = Instant.now().plus(patience);
        boolean waiting = false;
        while (true) {
            try {
                return source.open();
            } catch (SQLException e) {
                Optional<String> passing = Optional.ofNullable(e.getSQLState()).map(PASSING::get);
                if (passing.isEmpty() || !Instant.now().isBefore(deadline)) {
                    throw e;
                }
                if (!waiting) {
                    told.accept(passing.get() + ": trying again for " + patience.toSeconds() + " s");
                    waiting = true;
                }
            }
            cancellation.sleep(POLL);
        }
    }
}
