package dev.sluice.run;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.db.Session;

/** How much of the time backfills and batched statements may work, for the whole database: one number in the journal. */
final class Speed {

    private Speed() {}

    /** The journal must exist, and be of this version. */
    static double read(Session session) {
        return session.one("SELECT max_duty FROM sluice.journal", row -> row.decimal(1))
                .orElse(1.0);
    }

    /**
     * Holds for a run that works now, from its next batch on, and for all later ones.
     *
     * @param share 0, which pauses, to 1
     */
    static void write(Session session, double share, String actor) {
        if (!JournalSchema.exists(session)) {
            throw new SluiceException(
                    ExitCode.USAGE,
                    "Sluice has never run on this database: there is nothing to slow down.\nNext: sluice up");
        }
        if (JournalSchema.version(session) < JournalSchema.VERSION) {
            throw new SluiceException(
                    ExitCode.ERROR,
                    "the journal in this database was made by an older Sluice; the next run of this one brings it up to"
                            + " date\n  next: sluice up, then this command again");
        }
        session.inTransaction(() -> {
            session.execute("UPDATE sluice.journal SET max_duty = ?", share);
            session.execute("""
                    INSERT INTO sluice.event (epoch, actor, kind, message)
                    SELECT epoch, ?, 'speed set', ? FROM sluice.lease
                    """, actor, Math.round(share * 100) + " %");
        });
    }
}
