package dev.sluice.backfill;

import static java.util.Objects.requireNonNull;

import dev.sluice.db.Session;
import java.util.List;
import java.util.Optional;

/**
 * The block ranges that the workers of one backfill share, in whatever process or on whatever machine they run: the journal
 * keeps them. A range belongs to the worker that claimed it, until it is done, given back, or its claim has expired. All
 * methods are called inside an open transaction of the worker's session and must neither commit nor roll back.
 */
public interface Ranges {

    /**
     * Makes these the ranges to be walked. Those of a table that was offered before, in the same file, stay as they are and
     * where they stand; those of other tables or files are forgotten.
     *
     * @param ranges each as the cursor at its start
     */
    void offer(Session session, List<Cursor> ranges);

    /** The first range that nobody works on; empty when each is done or claimed. Takes over what an ended worker left. */
    Optional<Claim> claim(Session session);

    /** All workers together. */
    Tally tally(Session session);

    /** A range that belongs to the worker which claimed it, as long as the store finds no other claim. */
    interface Claim extends CursorStore {

        /** Where its walk begins or goes on. */
        Cursor cursor();

        /** Gives it back, for somebody else to go on with. */
        void release(Session session);
    }

    /**
     * How far all workers have come.
     *
     * @param open ranges that are not done
     * @param blocks of all ranges
     * @param blocksDone of them
     * @param rows changed in them
     */
    record Tally(long open, long blocks, long blocksDone, long rows) {}

    /** Somebody else has taken the range over: what this worker has not committed is rolled back, and it takes another one. */
    final class ClaimLostException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public ClaimLostException(String range) {
            super(requireNonNull(range) + " was taken over by another worker");
        }
    }
}
