package dev.sluice.lab.rows;

import dev.sluice.db.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Ends a transaction that nothing is to stay of. */
final class RolledBack extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private RolledBack() {
        super("rolled back on purpose", null, false, false);
    }

    /** Runs work in a transaction that is always rolled back. */
    static <T> T run(Session session, Supplier<T> work) {
        List<T> result = new ArrayList<>(1);
        try {
            session.inTransaction(() -> {
                result.add(work.get());
                throw new RolledBack();
            });
        } catch (RolledBack done) {
            // as intended
        }
        return result.get(0);
    }
}
