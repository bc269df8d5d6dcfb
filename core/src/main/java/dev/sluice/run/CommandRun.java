package dev.sluice.run;

import static java.util.Objects.requireNonNull;

import dev.sluice.Settings;
import dev.sluice.db.ConnectionSource;
import dev.sluice.db.Session;

/**
 * What one command has while it runs.
 *
 * @param planning a connection that keeps the role's own {@code search_path}, whatever the steps set on theirs; only
 *     read from
 */
record CommandRun(Scope scope, Session planning) {

    CommandRun {
        requireNonNull(scope);
        requireNonNull(planning);
    }

    /** What a command does with it. */
    interface Work<T> {
        T run(CommandRun run);
    }

    /** Makes the journal when there is none, waits for the lease, does the work, and lets go of everything. */
    static <T> T with(
            ConnectionSource connections,
            Settings settings,
            RunListener listener,
            Cancellation cancellation,
            Work<T> work) {
        RunListener ordered = oneAtATime(listener);
        try (Lease lease = Lease.acquire(connections, settings, ordered, cancellation);
                Worker worker = new Worker(connections, lease.isPooled(), settings, cancellation);
                Session planning = Session.open(connections, "plan")) {
            cancellation.watch(planning);
            try {
                Journal journal = new Journal(lease.epoch(), settings.actor());
                return work.run(new CommandRun(new Scope(worker, journal, settings, cancellation, ordered), planning));
            } finally {
                cancellation.unwatch(planning);
            }
        }
    }

    private static RunListener oneAtATime(RunListener listener) {
        Object lock = new Object();
        return event -> {
            synchronized (lock) {
                listener.on(event);
            }
        };
    }
}
