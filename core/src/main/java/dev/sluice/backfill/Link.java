package dev.sluice.backfill;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * The session of one step: opened again when it is lost, with pauses between failures, until nothing has succeeded for
 * longer than the patience. Not thread-safe.
 */
final class Link implements AutoCloseable {

    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long MAX_PAUSE_MILLIS = 2_000;

    private final DataContext context;
    private boolean replica;
    private Optional<Session> session = Optional.empty();
    private Optional<Batches> batches = Optional.empty();
    private long firstFailure;
    private int failuresInARow;
    private long retries;

    /** @param replica whether batches run with session_replication_role = replica */
    Link(DataContext context, boolean replica) {
        this.context = context;
        this.replica = replica;
    }

    /** From the next connection on, and on the one that is open, batches fire no ordinary triggers. */
    void silence() {
        replica = true;
        session.ifPresent(open -> batches = Optional.of(Batches.of(open, context.searchPath(), true)));
    }

    Session session() {
        while (true) {
            if (session.isPresent()) {
                return session.get();
            }
            try {
                Session opened = Session.open(context.connections(), "data");
                session = Optional.of(opened);
                batches = Optional.of(Batches.of(opened, context.searchPath(), replica));
                return opened;
            } catch (DatabaseException e) {
                drop();
                failed(e, "connect");
            }
        }
    }

    Batches batches() {
        session();
        return batches.orElseThrow();
    }

    long retries() {
        return retries;
    }

    void succeeded() {
        failuresInARow = 0;
    }

    /** Something small that is not a batch, tried until it works; failures that will not go away are thrown at once. */
    <T> T patiently(String what, Function<Session, T> action) {
        while (true) {
            try {
                T result = action.apply(session());
                succeeded();
                return result;
            } catch (DatabaseException e) {
                if (Fault.of(e) == Fault.DEFINITE) {
                    throw e;
                }
                failed(e, what);
            }
        }
    }

    /** The same in a transaction with the settings of a batch. */
    <T> T inBatch(String what, Function<Session, T> action) {
        return patiently(what, s -> batches().run(s, () -> action.apply(s)));
    }

    /**
     * Waits a little after a failure that may go away, or ends the step when that has gone on for too long.
     *
     * @param what for the person who reads it: {@code batch of public.users, blocks 0-31}
     */
    void failed(DatabaseException e, String what) {
        if (failuresInARow == 0) {
            firstFailure = System.nanoTime();
        }
        retries++;
        failuresInARow++;
        if (Fault.of(e) == Fault.LOST) {
            drop();
        }
        if (context.control().stopRequested()) {
            throw Pauses.stopped();
        }
        Duration silence = Duration.ofNanos(System.nanoTime() - firstFailure);
        if (silence.compareTo(context.options().patience()) > 0) {
            throw new SluiceException(
                    Fault.of(e) == Fault.LOST ? ExitCode.CONNECTION : ExitCode.FAILED_SAFE,
                    "Gave up on the " + what + " after trying for " + silence.toSeconds() + " s (" + failuresInARow
                            + " times): " + e.error().message()
                            + ". What was done so far is kept; run the same command again to go on from there.",
                    e);
        }
        if (failuresInARow == 1 || failuresInARow % 10 == 0) {
            context.listener()
                    .notice("retrying the " + what + ": " + e.error().message()
                            + (failuresInARow > 1 ? " (" + failuresInARow + " times so far)" : ""));
        }
        Pauses.sleep(Math.min(MAX_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(10, failuresInARow - 1)));
    }

    private void drop() {
        session.ifPresent(Session::close);
        session = Optional.empty();
    }

    @Override
    public void close() {
        drop();
    }
}
