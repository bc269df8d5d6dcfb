package dev.sluice.backfill;

import dev.sluice.db.Session;
import java.util.Optional;

/**
 * Where the cursor of one step is kept: the journal. Both methods are called inside an open transaction of the batch
 * session and must neither commit nor roll back.
 */
public interface CursorStore {

    Optional<Cursor> load(Session session);

    /**
     * Called as the last thing before the batch's COMMIT. Whatever it throws rolls the batch back; a {@link
     * dev.sluice.SluiceException} (another runner took over) ends the walk.
     */
    void save(Session session, Cursor cursor);
}
