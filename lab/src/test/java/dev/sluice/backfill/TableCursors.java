package dev.sluice.backfill;

import dev.sluice.db.Session;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps the cursor in a table, as the journal does. */
final class TableCursors implements CursorStore {

    static final String DDL = "CREATE TABLE cursors (one int PRIMARY KEY DEFAULT 1, cursor text NOT NULL);";

    private final AtomicInteger saves = new AtomicInteger();
    private Runnable beforeSave = () -> {};

    /** Runs that after every batch, inside its transaction. */
    TableCursors beforeSave(Runnable action) {
        beforeSave = action;
        return this;
    }

    int saves() {
        return saves.get();
    }

    @Override
    public Optional<Cursor> load(Session session) {
        return session.one("SELECT cursor FROM public.cursors", row -> Cursor.parse(row.text(1)));
    }

    @Override
    public void save(Session session, Cursor cursor) {
        saves.incrementAndGet();
        beforeSave.run();
        session.execute(
                "INSERT INTO public.cursors (cursor) VALUES (?) ON CONFLICT (one) DO UPDATE SET cursor = excluded.cursor",
                cursor.format());
    }
}
