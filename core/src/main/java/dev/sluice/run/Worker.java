package dev.sluice.run;

import dev.sluice.Settings;
import dev.sluice.db.ConnectionSource;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import java.time.Duration;
import java.time.Instant;

/** The connection that does the work; replaced when it is lost. Not thread-safe. */
final class Worker implements AutoCloseable {

    /** A connection that comes back and is lost again this often is a case for a person. */
    static final int RECONNECTS = 5;

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Journal.SessionSettings UNKNOWN = new Journal.SessionSettings("", "");

    private final PatientConnections connections;
    private final boolean pooled;
    private final Settings settings;
    private final Cancellation cancellation;
    private Session session;
    private Journal.SessionSettings asked = UNKNOWN;
    private Journal.SessionSettings inForce = UNKNOWN;

    /** @param pooled whether server sessions are shared, so that nothing may be set for longer than a transaction */
    Worker(PatientConnections connections, boolean pooled, Settings settings, Cancellation cancellation) {
        this.connections = connections;
        this.pooled = pooled;
        this.settings = settings;
        this.cancellation = cancellation;
        this.session = open(connections);
    }

    Session session() {
        return session;
    }

    /** For what tries again by itself, or can do without. */
    ConnectionSource connections() {
        return connections.once();
    }

    /**
     * Replaces the lost connection, and waits until the server has ended its backend: a COMMIT it was working on has
     * happened by then, or never will.
     *
     * @throws DatabaseException {@code lost}, when the time set for reconnecting is over
     */
    void reconnect(DatabaseException lost) {
        cancellation.unwatch(session);
        int backend = session.backendPid();
        session.close();
        Instant deadline = Instant.now().plus(settings.reconnectFor());
        while (true) {
            if (!Instant.now().isBefore(deadline)) {
                throw lost;
            }
            try {
                session = open(connections.until(deadline));
                break;
            } catch (DatabaseException e) {
                if (!e.isConnectionLost()) {
                    throw e;
                }
                cancellation.sleep(POLL);
            }
        }
        while (isAlive(backend)) {
            if (!Instant.now().isBefore(deadline)) {
                throw lost;
            }
            cancellation.sleep(POLL);
        }
    }

    /** Settings for the whole session, sent only when they differ; behind a pooler they would be somebody else's. */
    void use(String searchPath, Duration lockTimeout) {
        if (pooled) {
            return;
        }
        Journal.SessionSettings wanted = new Journal.SessionSettings(searchPath, lockTimeout.toMillis() + "ms");
        if (!asked.equals(wanted)) {
            inForce = session.one(
                            "SELECT set_config('search_path', ?, false), set_config('lock_timeout', ?, false)",
                            row -> new Journal.SessionSettings(row.text(1), row.text(2)),
                            wanted.searchPath(),
                            wanted.lockTimeout())
                    .orElseThrow();
            asked = wanted;
        }
    }

    /** How a transaction of this worker gets its settings: once for the session, or for itself behind a pooler. */
    LockAcquirer.Prepare settings(String searchPath) {
        return new LockAcquirer.Prepare() {
            @Override
            public void before(Duration lockTimeout) {
                if (!pooled) {
                    use(searchPath, lockTimeout);
                }
            }

            @Override
            public void inside(Duration lockTimeout) {
                if (pooled) {
                    session.query("""
                            SELECT set_config('search_path', ?, true), set_config('lock_timeout', ?, true),
                                set_config('statement_timeout', '0', true)
                            """, row -> row.text(1), searchPath, lockTimeout.toMillis() + "ms");
                }
            }
        };
    }

    /** What a script has left behind: it may have changed the settings. */
    void found(Journal.SessionSettings settingsFound) {
        if (!settingsFound.equals(inForce)) {
            asked = UNKNOWN;
        }
    }

    /** Something else has changed the session's settings. */
    void forgetSettings() {
        asked = UNKNOWN;
    }

    @Override
    public void close() {
        cancellation.unwatch(session);
        session.close();
    }

    private Session open(ConnectionSource source) {
        Session fresh = Session.open(source, "run");
        if (!pooled) {
            // a role's or a database's own settings must not make a migration forget what it has done
            fresh.query("""
                    SELECT set_config('default_transaction_isolation', 'read committed', false),
                        set_config('synchronous_commit', CASE current_setting('synchronous_commit')
                            WHEN 'off' THEN 'local' ELSE current_setting('synchronous_commit') END, false)
                    """, row -> row.text(1));
        }
        cancellation.watch(fresh);
        asked = UNKNOWN;
        return fresh;
    }

    private boolean isAlive(int backend) {
        return session.isTrue("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE pid = ?)", backend);
    }
}
