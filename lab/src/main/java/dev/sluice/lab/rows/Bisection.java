package dev.sluice.lab.rows;

import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Writes rows, all at once if PostgreSQL takes them, else by halves down to the single rows it rejects. Needs an open
 * transaction. Confined to one thread.
 */
final class Bisection {

    /** So many rejections without one row accepted, and the rest is not tried any more. */
    private static final int PATIENCE = 24;

    private final Session session;
    private Optional<DatabaseException> lastError = Optional.empty();
    private int rejected;
    private long written;

    Bisection(Session session) {
        this.session = session;
    }

    /**
     * @param write writes these rows with one statement
     * @return rows written
     */
    <T> long write(List<T> rows, ToLongFunction<List<T>> write) {
        if (rows.isEmpty() || (rejected >= PATIENCE && written == 0)) {
            return 0;
        }
        session.execute("SAVEPOINT sluice_rows");
        try {
            long count = write.applyAsLong(rows);
            session.execute("RELEASE SAVEPOINT sluice_rows");
            written += count;
            return count;
        } catch (DatabaseException e) {
            if (e.isConnectionLost() || e.isCancelled()) {
                throw e;
            }
            session.execute("ROLLBACK TO SAVEPOINT sluice_rows");
            session.execute("RELEASE SAVEPOINT sluice_rows");
            lastError = Optional.of(e);
        }
        if (rows.size() == 1) {
            rejected++;
            return 0;
        }
        int half = rows.size() / 2;
        return write(rows.subList(0, half), write) + write(rows.subList(half, rows.size()), write);
    }

    /** Rows written by all calls so far. */
    long written() {
        return written;
    }

    /** The last thing PostgreSQL said against a row. */
    Optional<DatabaseException> lastError() {
        return lastError;
    }
}
