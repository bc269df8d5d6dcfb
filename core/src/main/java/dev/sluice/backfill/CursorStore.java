package dev.sluice.backfill;

import dev.sluice.db.Session;
import java.util.Optional;

/**
 * Where the cursor of one step is kept: the journal. Both methods are called inside an open transaction of the batch
 * session and must neither commit nor roll back.
 */
public interface CursorStore {

    /** Called as the first thing in a batch's transaction; throws when the batch would be in vain. */
    default void begin(Session session) {}

    /** For a transaction that changes something without moving the cursor; throws when another runner has taken over. */
    default void fence(Session session) {}

    Optional<Cursor> load(Session session);

    /**
     * Called as the last thing before the batch's COMMIT. Whatever it throws rolls the batch back; a {@link
     * dev.sluice.SluiceException} (another runner took over) ends the walk.
     */
    void save(Session session, Cursor cursor);

    /** What several workers may share of this step; empty: one worker does it all, by this cursor. */
    default Optional<Ranges> ranges() {
        return Optional.empty();
    }

    /** How far all workers have come by the last look, when there are several. */
    default Optional<Ranges.Tally> tally() {
        return Optional.empty();
    }
}
