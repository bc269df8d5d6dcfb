package dev.sluice.run;

import dev.sluice.backfill.Control;
import dev.sluice.backfill.Cursor;
import dev.sluice.backfill.CursorStore;
import dev.sluice.db.Session;
import java.util.Optional;

/**
 * Keeps the cursor of one step in the journal, and brings back what a person has set there: the share of the
 * time that may be spent in batches; 0 pauses. Outside of the maintenance window it is 0 too.
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
        maxDuty = Speed.read(session);
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
            maxDuty = Speed.read(scope.worker().session());
        }
        return scope.isOpen() ? maxDuty : 0;
    }

    @Override
    public String whyPaused() {
        return scope.isOpen()
                ? "paused by sluice pause or sluice speed 0; sluice resume goes on"
                : scope.outsideOfWindow().orElse("");
    }

    @Override
    public boolean stopRequested() {
        return scope.cancellation().isCancelled();
    }
}
