package dev.sluice.run;

import static java.util.Objects.requireNonNull;

import dev.sluice.Settings;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What belongs to one command while it runs. */
record Scope(Worker worker, Journal journal, Settings settings, Cancellation cancellation, RunListener listener) {

    Scope {
        requireNonNull(worker);
        requireNonNull(journal);
        requireNonNull(settings);
        requireNonNull(cancellation);
        requireNonNull(listener);
    }

    /** What is written into the journal and nowhere else, and may therefore be written twice. */
    interface Writes {
        void run(Journal journal, Session session);
    }

    /** One transaction that only writes to the journal; again, when the connection was lost and is back. */
    void record(Writes writes) {
        for (int losses = 0; ; losses++) {
            Session session = worker.session();
            journal.doubt();
            try {
                session.inTransaction(() -> writes.run(journal, session));
                journal.confirm();
                return;
            } catch (DatabaseException e) {
                cancellation.check();
                if (!e.isConnectionLost() || losses == Worker.RECONNECTS) {
                    throw e;
                }
                reconnect(e);
            }
        }
    }

    /**
     * Replaces the worker's lost connection; see {@link Worker#reconnect}.
     *
     * @throws FencedException when the server that answers does not know what was confirmed to this run
     */
    void reconnect(DatabaseException lost) {
        worker.reconnect(lost);
        journal.fence(worker.session());
    }

    /** {@link #record} while a step works on connections of its own: one of its threads at a time. */
    void meanwhile(Writes writes) {
        synchronized (worker) {
            record(writes);
        }
    }

    /** Whether work may be done now; see {@link Settings#onlyBetween()}. */
    boolean isOpen() {
        return settings.onlyBetween()
                .map(window -> window.contains(Instant.now()))
                .orElse(true);
    }

    /** Why nothing is done now, for people; empty inside of the maintenance window. */
    Optional<String> outsideOfWindow() {
        return settings.onlyBetween()
                .filter(window -> !isOpen())
                .map(window -> "outside of the maintenance window " + window + ": waiting for it, "
                        + window.untilOpen(Instant.now()).toMinutes()
                        + " min; Ctrl-C stops, and the same command goes on later");
    }

    /** Returns at once inside of the maintenance window, or when there is none. */
    void waitForWindow() {
        outsideOfWindow().ifPresent(why -> notice(RunEvent.Notice.Level.INFO, why));
        while (!isOpen()) {
            cancellation.sleep(Duration.ofSeconds(1));
        }
    }

    void notice(RunEvent.Notice.Level level, String text) {
        listener.on(new RunEvent.Notice(level, text));
    }

    /** What the server warned of in the transaction that was just committed. */
    void passOnWarnings() {
        worker.session().takeWarnings().forEach(text -> notice(RunEvent.Notice.Level.WARNING, text));
    }

    /** Locks for one step; whom it waits for goes to the listener and, after the first second, into the journal. */
    LockAcquirer locks(String version, String stepId) {
        return new LockAcquirer(settings.locks(), cancellation, (blockers, waited, tries) -> {
            listener.on(new RunEvent.WaitingForLock(version, stepId, blockers, waited, tries));
            if (!blockers.isEmpty() && !worker.session().isInTransaction()) {
                journal.waiting(worker.session(), version, stepId, blockers);
            }
        });
    }
}
