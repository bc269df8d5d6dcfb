package dev.sluice.run;

import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.sql.Redaction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reports how an index build goes and whom it waits for, from a second connection, until closed. */
final class IndexWatch implements AutoCloseable {

    private static final Duration EVERY = Duration.ofMillis(500);

    private final Scope scope;
    private final StepExecution.StepKey key;
    private final int builder;
    private final Ticker ticker;
    private Optional<Session> session = Optional.empty();

    private IndexWatch(Scope scope, StepExecution.StepKey key, int builder) {
        this.scope = scope;
        this.key = key;
        this.builder = builder;
        this.ticker = Ticker.every(EVERY, "sluice-index-watch", this::look);
    }

    /** @param builder the backend that builds; a build shorter than half a second is not looked at */
    static IndexWatch start(Scope scope, StepExecution.StepKey key, int builder) {
        return new IndexWatch(scope, key, builder);
    }

    @Override
    public void close() {
        ticker.close();
        synchronized (this) {
            session.ifPresent(Session::close);
        }
    }

    private synchronized void look() {
        if (ticker.isClosed()) {
            return;
        }
        try {
            if (session.isEmpty()) {
                session = Optional.of(Session.open(scope.worker().connections(), "watch"));
            }
            progress(session.get()).ifPresent(scope.listener()::on);
        } catch (DatabaseException e) {
            // only a report: the build itself will notice if the server is gone
            session.ifPresent(Session::close);
            session = Optional.empty();
        }
    }

    private Optional<RunEvent> progress(Session session) {
        return session.one(
                """
                SELECT p.phase,
                    CASE WHEN p.phase LIKE '%scan%' OR p.phase LIKE 'building%'
                        THEN coalesce(p.blocks_done::float8 / nullif(p.blocks_total, 0), -1)
                        WHEN p.phase LIKE 'waiting%' THEN coalesce(p.lockers_done::float8 / nullif(p.lockers_total, 0), -1)
                        ELSE -1 END,
                    s.pid, coalesce(s.application_name, ''), coalesce(s.usename, 'unknown')::text,
                    coalesce(host(s.client_addr), 'local'), coalesce(s.state, 'unknown'),
                    coalesce(extract(epoch FROM clock_timestamp() - s.xact_start), 0)::float8,
                    coalesce(left(s.query, 200), ''), s.wait_event_type || ': ' || s.wait_event
                FROM pg_stat_progress_create_index p
                LEFT JOIN pg_stat_activity s ON s.pid = nullif(p.current_locker_pid, 0)
                WHERE p.pid = ?
                """,
                row -> {
                    Optional<Blocker> blocker = row.numberIfAny(3)
                            .map(pid -> new Blocker(
                                    pid.intValue(),
                                    Blocker.Kind.SESSION,
                                    row.text(4),
                                    row.text(5),
                                    row.text(6),
                                    row.text(7),
                                    Duration.ofMillis(Math.round(row.decimal(8) * 1000)),
                                    Redaction.kept(row.text(9)),
                                    row.textIfAny(10),
                                    List.of()));
                    return new RunEvent.IndexProgress(key.version(), key.id(), row.text(1), row.decimal(2), blocker);
                },
                builder);
    }
}
