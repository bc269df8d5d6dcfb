package dev.sluice.backfill;

import dev.sluice.db.Session;

/** One thing to look at between batches. Looked at about four times a second, outside of a transaction. Not thread-safe. */
interface Signal {

    /** For people: what is not watched when the server does not tell. */
    String name();

    /**
     * @param relation oid of the table that is being walked
     * @throws dev.sluice.db.DatabaseException when the server does not tell
     */
    Pressure look(Session session, long relation);
}
