package dev.sluice.run;

import dev.sluice.ExitCode;
import dev.sluice.Settings;
import dev.sluice.SluiceException;
import dev.sluice.db.ConnectionSource;
import dev.sluice.db.DatabaseException;

/** One command from its first connection to its last. */
final class CommandRun {

    private CommandRun() {}

    /** What a command does meanwhile. */
    interface Work<T> {
        T run(Scope scope);
    }

    /** Makes the journal when there is none, waits for the lease, does the work, and lets go of everything. */
    static <T> T with(
            ConnectionSource connections,
            Settings settings,
            RunListener listener,
            Cancellation cancellation,
            Work<T> work) {
        RunListener ordered = oneAtATime(listener);
        return cancellation.during(() -> leased(connections, settings, ordered, cancellation, work));
    }

    private static <T> T leased(
            ConnectionSource connections,
            Settings settings,
            RunListener ordered,
            Cancellation cancellation,
            Work<T> work) {
        PatientConnections patient = PatientConnections.of(connections, settings, cancellation, ordered);
        try (Lease lease = Lease.acquire(patient, settings, ordered, cancellation);
                Worker worker = new Worker(patient, lease.isPooled(), settings, cancellation)) {
            Journal journal = new Journal(lease.epoch(), settings.actor());
            return work.run(new Scope(worker, journal, settings, cancellation, ordered));
        } catch (DatabaseException e) {
            throw explained(e);
        }
    }

    /** A step's failure is explained where it happens; this one was between steps: planning, or in the journal. */
    private static SluiceException explained(DatabaseException e) {
        String shortage = Failure.shortage(e);
        return shortage.isEmpty()
                ? e
                : new SluiceException(
                        e.exitCode() == ExitCode.ERROR ? ExitCode.FAILED_SAFE : e.exitCode(),
                        e.getMessage()
                                + "\n  state: nothing was changed since the last step that was done (sluice status)"
                                + "\n  next: " + shortage + "the same command again",
                        e);
    }

    /** Told by several threads, the listener hears one event after the other. */
    static RunListener oneAtATime(RunListener listener) {
        Object lock = new Object();
        return event -> {
            synchronized (lock) {
                listener.on(event);
            }
        };
    }
}
