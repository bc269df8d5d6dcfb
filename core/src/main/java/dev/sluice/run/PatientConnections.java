package dev.sluice.run;

import dev.sluice.Settings;
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

    /** As patient as the settings say. */
    static PatientConnections of(
            ConnectionSource source, Settings settings, Cancellation cancellation, RunListener listener) {
        return new PatientConnections(
                source,
                settings.reconnectFor(),
                cancellation,
                text -> listener.on(new RunEvent.Notice(RunEvent.Notice.Level.INFO, text)));
    }

    @Override
    public Connection open() throws SQLException {
        return open(Instant.now().plus(patience));
    }

    /** For whoever has waited already. */
    ConnectionSource until(Instant deadline) {
        return () -> open(deadline);
    }

    /** For whoever comes again by himself. */
    ConnectionSource once() {
        return source;
    }

    private Connection open(Instant deadline) throws SQLException {
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
                    told.accept(passing.get() + ": trying again for "
                            + Math.max(
                                    1,
                                    Math.round(Duration.between(Instant.now(), deadline)
                                                    .toMillis()
                                            / 1e3)) + " s");
                    waiting = true;
                }
            }
            cancellation.sleep(POLL);
        }
    }
}
