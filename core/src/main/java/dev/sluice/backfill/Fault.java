package dev.sluice.backfill;

import dev.sluice.db.DatabaseException;

/** Kinds of failure of a batch, by what helps. */
enum Fault {
    /** The connection or the server went away: connect again. */
    LOST,
    /** Somebody holds a lock, or we were a deadlock's victim: wait a little, take less at once. */
    CONFLICT,
    /** The batch was too slow for its timeout (or somebody cancelled it): take less at once. */
    TIMEOUT,
    /** The server is short of something, or still starting, or a standby: wait. */
    SHORTAGE,
    /** Will be the same next time: a row's data, or the statement itself. */
    DEFINITE;

    static Fault of(DatabaseException e) {
        if (e.isConnectionLost()) {
            return LOST;
        }
        if (e.isConflict()) {
            return CONFLICT;
        }
        if (e.isCancelled()) {
            return TIMEOUT;
        }
        // class 53: disk full, out of memory, too many connections; 25006: read-only, as during a failover
        return e.sqlState().startsWith("53") || e.is("25006") ? SHORTAGE : DEFINITE;
    }
}
