package dev.sluice.run;

import dev.sluice.ExitCode;
import dev.sluice.Settings;
import dev.sluice.SluiceException;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The right to be the one runner of a database: a session advisory lock on a connection of its own, so that a dead
 * runner is noticed at once, and a row with an epoch and an expiry, which is all there is behind a pooler that shares
 * server sessions between clients. A daemon thread renews it; whoever loses it is told through the {@link Cancellation},
 * and every journal write checks the epoch besides.
 */
final class Lease implements AutoCloseable {

    private static final String READ_ONLY = "25006";
    private static final String NO_RIGHT = "42501";
    private static final Duration RENEW = Duration.ofSeconds(3);
    private static final Duration EXPIRY = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);

    /** A holder that hangs inside of a transaction which has checked its epoch keeps the row locked. */
    private static final String LONGEST_LOCK_WAIT = "1s";

    private static final JournalReader.Holder NAMELESS =
            new JournalReader.Holder("a runner that has not said its name yet", false);

    private final PatientConnections connections;
    private final Cancellation cancellation;
    private final boolean pooled;
    private final long epoch;
    private final Ticker renewer;
    private @Nullable Session session;
    private boolean locked = true;
    private Instant renewedAt = Instant.now();

    private Lease(
            PatientConnections connections, Session session, boolean pooled, long epoch, Cancellation cancellation) {
        this.connections = connections;
        this.session = session;
        this.pooled = pooled;
        this.epoch = epoch;
        this.cancellation = cancellation;
        this.renewer = Ticker.every(RENEW, "sluice-lease", this::renew);
    }

    /**
     * Makes the journal when there is none, and brings an older one up to date. Waits for another runner as long as the
     * settings say, and tells the listener for whom.
     *
     * @throws SluiceException with {@code LOCK_NOT_ACQUIRED} when the other one is still running then
     */
    static Lease acquire(
            PatientConnections connections, Settings settings, RunListener listener, Cancellation cancellation) {
        Session session = Session.open(connections, "lease");
        try {
            JournalSchema.install(session);
            boolean pooled = session.isPooled();
            if (pooled) {
                listener.on(new RunEvent.Notice(
                        RunEvent.Notice.Level.INFO,
                        "connected through a pooler: one runner at a time is ensured by the lease row alone"));
            }
            Instant start = Instant.now();
            Instant told = Instant.MIN;
            while (true) {
                cancellation.check();
                Optional<Long> epoch = attempt(session, pooled, Whereabouts.of(settings));
                if (epoch.isPresent()) {
                    // only now: an older Sluice that held the lease knew the older journal
                    JournalUpgrade.run(session, settings, cancellation, listener);
                    return new Lease(connections, session, pooled, epoch.get(), cancellation);
                }
                if (!session.isTrue("SELECT EXISTS (SELECT FROM sluice.lease)")) {
                    throw new SluiceException(
                            ExitCode.FAILED_NEEDS_OPERATOR,
                            "table sluice.lease has lost its row, so that nobody can become the runner; nothing was changed"
                                    + "\n  next: sluice doctor, then sluice repair");
                }
                Duration waited = Duration.between(start, Instant.now());
                JournalReader.Holder other = JournalReader.holder(session).orElse(NAMELESS);
                if (waited.compareTo(settings.waitForRunner()) >= 0) {
                    throw busy(other, waited);
                }
                if (told.plusSeconds(5).isBefore(Instant.now())) {
                    listener.on(new RunEvent.WaitingForRunner(other.words(), waited));
                    told = Instant.now();
                }
                cancellation.sleep(POLL);
            }
        } catch (DatabaseException e) {
            boolean standby = e.is(READ_ONLY) && session.isAlive() && session.isTrue("SELECT pg_is_in_recovery()");
            Optional<SluiceException> notOurs =
                    e.is(NO_RIGHT) && session.isAlive() ? journalOfOthers(session) : Optional.empty();
            session.close();
            throw e.is(READ_ONLY) ? readOnly(standby, e) : notOurs.orElse(e);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** Said in so many words, when that is why the journal could not be read or written. */
    private static Optional<SluiceException> journalOfOthers(Session session) {
        List<String> owners = session.query("""
                SELECT 'write the journal, which belongs to ' || pg_get_userbyid(relowner) || ': GRANT '
                    || quote_ident(pg_get_userbyid(relowner)) || ' TO ' || quote_ident(current_user)
                FROM pg_catalog.pg_class
                WHERE oid = to_regclass('sluice.lease') AND NOT pg_has_role(current_user, relowner, 'USAGE')
                """, row -> row.text(1));
        return owners.isEmpty() ? Optional.empty() : Optional.of(new MissingRightsException("this command", owners));
    }

    private static SluiceException readOnly(boolean standby, DatabaseException cause) {
        return new SluiceException(
                ExitCode.ERROR,
                standby
                        ? "this server is a standby, or is recovering: it is read-only; nothing was changed\n  next: connect to the"
                                + " primary (add ?target_session_attrs=read-write to the URL when it names several hosts)"
                        : "this database is read-only (default_transaction_read_only is on); nothing was changed\n  next: ask who"
                                + " set it why; ALTER DATABASE … RESET default_transaction_read_only, or the same for the role",
                cause);
    }

    long epoch() {
        return epoch;
    }

    /** Whether server sessions are shared: nothing may be set for longer than a transaction. */
    boolean isPooled() {
        return pooled;
    }

    @Override
    public synchronized void close() {
        renewer.close();
        Session current = session;
        session = null;
        if (current != null) {
            try {
                current.execute(
                        "UPDATE sluice.lease SET holder = NULL, expires_at = '-infinity' WHERE epoch = ?", epoch);
            } catch (DatabaseException e) {
                // it expires by itself
            }
            current.close();
        }
    }

    private static Optional<Long> attempt(Session session, boolean pooled, String holder) {
        if (!pooled && !session.isTrue("SELECT pg_try_advisory_lock(" + JournalSchema.LOCK_KEY + ")")) {
            return Optional.empty();
        }
        // Having the advisory lock proves that a holder who had it is gone; only a lease without one must expire.
        Optional<Long> epoch = takeRow(session, pooled, holder);
        if (epoch.isEmpty() && !pooled) {
            session.execute("SELECT pg_advisory_unlock(" + JournalSchema.LOCK_KEY + ")");
        }
        return epoch;
    }

    /**
     * An epoch that a server has lost (a replica promoted too early) must not be given to anybody else: hence the time. One
     * statement, which leaves no setting behind, because behind a pooler the session is somebody else's.
     */
    private static Optional<Long> takeRow(Session session, boolean pooled, String holder) {
        try {
            return session.one(
                    """
                    UPDATE sluice.lease
                    SET epoch = greatest(epoch + 1, (extract(epoch FROM clock_timestamp()) * 1000)::bigint),
                        exclusive = ?, holder = ?, backend = pg_backend_pid(),
                        acquired_at = clock_timestamp(), heartbeat_at = clock_timestamp(),
                        expires_at = clock_timestamp() + ? * interval '1 millisecond'
                    FROM (SELECT set_config('lock_timeout', ?, true) AS set) AS limited
                    WHERE limited.set IS NOT NULL AND (expires_at < clock_timestamp() OR (exclusive AND ?))
                    RETURNING epoch
                    """, row -> row.number(1), !pooled, holder, EXPIRY.toMillis(), LONGEST_LOCK_WAIT, !pooled);
        } catch (DatabaseException e) {
            if (e.isLockTimeout()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private synchronized void renew() {
        Session current = session;
        if (current == null) {
            return;
        }
        try {
            if (!locked) {
                locked = tryLock(current);
            }
            long rows = current.execute("""
                    UPDATE sluice.lease SET heartbeat_at = clock_timestamp(),
                        expires_at = clock_timestamp() + ? * interval '1 millisecond'
                    WHERE epoch = ?
                    """, EXPIRY.toMillis(), epoch);
            if (rows == 0) {
                FencedException why = FencedException.ask(current, epoch);
                cancellation.cancel(() -> why);
            } else {
                renewedAt = Instant.now();
            }
        } catch (DatabaseException e) {
            reconnect(current);
        }
    }

    /**
     * The advisory lock went with the connection. It may still belong to our own lost session, which the server has not
     * missed yet: then it is tried for again with each renewal, as is the connection, for which nobody is kept waiting here.
     * Whoever else gets the lock takes the row as well, and its epoch.
     */
    private void reconnect(Session lost) {
        lost.close();
        try {
            Session fresh = Session.open(connections.once(), "lease");
            session = fresh;
            locked = tryLock(fresh);
        } catch (DatabaseException e) {
            if (renewedAt.plus(EXPIRY).isBefore(Instant.now())) {
                cancellation.cancel(() -> FencedException.outOfReach(epoch, EXPIRY));
            }
        }
    }

    private boolean tryLock(Session fresh) {
        return pooled || fresh.isTrue("SELECT pg_try_advisory_lock(" + JournalSchema.LOCK_KEY + ")");
    }

    private static SluiceException busy(JournalReader.Holder other, Duration waited) {
        String next = other.expired()
                ? "if that process hangs, end it; if you cannot, end its sessions, and what it has not committed is rolled"
                        + " back:\n    SELECT pid, application_name, state, query FROM pg_stat_activity WHERE application_name"
                        + " LIKE 'sluice %' AND datname = current_database();\n    SELECT pg_terminate_backend(…);\n  then run"
                        + " again"
                : "run again when it has finished (sluice status)";
        return new SluiceException(
                ExitCode.LOCK_NOT_ACQUIRED,
                "another runner is at work on this database: " + other.words() + "; waited " + waited.toSeconds()
                        + " s for it, and changed nothing\n  next: " + next);
    }
}
