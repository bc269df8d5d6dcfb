package dev.sluice.run;

import dev.sluice.backfill.Cursor;
import dev.sluice.backfill.CursorStore;
import dev.sluice.backfill.Ranges;
import dev.sluice.db.Session;
import java.util.Optional;

/** Keeps the cursor of one step in the journal, and the ranges that the workers of a backfill share. */
final class JournalCursors implements CursorStore {

    private final Scope scope;
    private final String version;
    private final String step;
    private final SpeedControl speed;

    JournalCursors(Scope scope, String version, String step) {
        this.scope = scope;
        this.version = version;
        this.step = step;
        this.speed = new SpeedControl(scope);
    }

    SpeedControl speed() {
        return speed;
    }

    @Override
    public void fence(Session session) {
        scope.journal().fence(session);
    }

    @Override
    public Optional<Cursor> load(Session session) {
        speed.told(Speed.read(session));
        return session.one(
                        "SELECT cursor FROM sluice.backfill WHERE version = ? AND step = ?",
                        row -> row.text(1),
                        version,
                        step)
                .map(Cursor::parse);
    }

    @Override
    public void save(Session session, Cursor cursor) {
        speed.told(scope.journal().cursor(session, version, step, cursor.format(), cursor.rows()));
    }

    @Override
    public Optional<Ranges> ranges() {
        return Optional.of(new JournalRanges(scope.journal(), version, step, Whereabouts.of(scope.settings()), speed));
    }
}
