package dev.sluice.run;

import dev.sluice.backfill.Control;
import dev.sluice.backfill.Cursor;
import dev.sluice.backfill.CursorStore;
import dev.sluice.db.Session;
import java.util.Optional;

/**
 * Keeps the cursor of one step in the journal, and brings back what a person has set there: {@code max_duty}, the share
 * of the time that may be spent in batches; 0 pauses.
 */
final class JournalCursors implements CursorStore, Control {

    private final Scope scope;
    private final String version;
    private final String step;
    private volatile double maxDuty = 1;

    JournalCursors(Scope scope, String version, String step) {
        this.scope = scope;
        this.version = version;
        this.step = step;
    }

    @Override
    public Optional<Cursor> load(Session session) {
        return session.one(
                        "SELECT cursor FROM sluice.backfill WHERE version = ? AND step = ?",
                        row -> row.text(1),
                        version,
                        step)
                .map(Cursor::parse);
    }

    @Override
    public void save(Session session, Cursor cursor) {
        maxDuty = scope.journal().cursor(session, version, step, cursor.format(), cursor.rows());
    }

    @Override
    public double maxDuty() {
        if (maxDuty == 0) {
            // no batch runs that could bring news: ask on the connection that is idle meanwhile
            maxDuty = scope.worker()
                    .session()
                    .one(
                            "SELECT coalesce(max_duty, 1) FROM sluice.backfill WHERE version = ? AND step = ?",
                            row -> row.decimal(1),
                            version,
                            step)
                    .orElse(1.0);
        }
        return maxDuty;
    }

    @Override
    public boolean stopRequested() {
        return scope.cancellation().isCancelled();
    }
}
