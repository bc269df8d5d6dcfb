package dev.sluice.run;

import dev.sluice.db.Session;

/**
 * Keeps a runner from writing that must not write any more: one whose lease another runner has taken over, and one whose
 * server has forgotten what it had confirmed (a replica that was promoted too early; a crash with synchronous_commit off),
 * so that steps would be missing which this runner believes done. Thread-safe.
 */
final class Fence {

    /**
     * One row when the runner may write; keeps a takeover waiting until the transaction ends. Parameters: the epoch, and
     * twice the last event that must be there.
     */
    static final String HELD = """
            SELECT l.epoch FROM sluice.lease l WHERE l.epoch = ? AND (? = 0 OR EXISTS (
                SELECT FROM sluice.event e WHERE e.id = ? AND e.epoch = l.epoch)) FOR KEY SHARE OF l""";

    private final long epoch;
    private long written;
    private long confirmed;

    Fence(long epoch) {
        this.epoch = epoch;
    }

    long epoch() {
        return epoch;
    }

    /** The last event of this runner that is known to be committed; 0 when there is none yet. */
    synchronized long confirmed() {
        return confirmed;
    }

    /** @throws FencedException when this runner may not write any more */
    void check(Session session) {
        long last = confirmed();
        if (session.query(HELD, row -> row.number(1), epoch, last, last).isEmpty()) {
            throw FencedException.ask(session, epoch);
        }
    }

    /** The open transaction of the runner's own thread has written an event. */
    synchronized void wrote(long event) {
        written = event;
    }

    /** The transaction that wrote last is committed. */
    synchronized void confirm() {
        confirmed = Math.max(confirmed, written);
    }

    /** The transaction that wrote last may have been rolled back. */
    synchronized void doubt() {
        written = 0;
    }
}
