package dev.sluice.backfill;

import dev.sluice.db.Session;
import java.util.Optional;
import java.util.function.Consumer;

/** Keeps the cursor in a table, as the journal does. */
final class TableCursors implements CursorStore {

    static final String DDL = "CREATE TABLE cursors (one int PRIMARY KEY DEFAULT 1, cursor text NOT NULL);";

    private Consumer<Cursor> beforeSave = cursor -> {};

    /** Runs that after every batch, inside its transaction, with what is going to be saved. */
    TableCursors beforeSave(Consumer<Cursor> action) {
        beforeSave = action;
        return this;
    }

    @Override
    public Optional<Cursor> load(Session session) {
        return session.one("SELECT cursor FROM public.cursors", row -> Cursor.parse(row.text(1)));
    }

    @Override
    public void save(Session session, Cursor cursor) {
        beforeSave.accept(cursor);
        session.execute(
                "INSERT INTO public.cursors (cursor) VALUES (?) ON CONFLICT (one) DO UPDATE SET cursor ="
                        + " excluded.cursor",
                cursor.format());
    }
}
