package dev.sluice.backfill;

import dev.sluice.db.Session;

/** What a {@link Walk} does with the rows of a slice. */
interface Work {

    /** For progress and errors: {@code backfill}, {@code sweep 1}. */
    String activity();

    /** Whether batches write; reading ones get larger windows and save no cursor. */
    boolean writes();

    /** Does the work inside the batch's transaction; may be tried again after a rollback. Returns rows changed or found. */
    long batch(Session session, Leaf leaf, Slice slice);

    /**
     * Told after COMMIT.
     *
     * @return false to end the walk early
     */
    default boolean committed(Leaf leaf, Slice slice, long rows) {
        return true;
    }
}
