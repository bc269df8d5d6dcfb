package dev.sluice.lab.rows;

import dev.sluice.db.Session;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** How sessions are set up in which values are read and written as text. */
final class SessionSettings {

    private static final List<String> SETTINGS = List.of(
            "SET LOCAL datestyle = 'ISO, MDY'",
            "SET LOCAL intervalstyle = 'postgres'",
            "SET LOCAL timezone = 'UTC'",
            "SET LOCAL extra_float_digits = 1",
            "SET LOCAL bytea_output = 'hex'",
            "SET LOCAL lc_monetary = 'C'",
            "SET LOCAL jit = off");

    private SessionSettings() {}

    /** For the transaction that is open. */
    static void apply(Session session) {
        session.execute(String.join("; ", SETTINGS));
    }

    /** Runs work in a transaction that is always rolled back. */
    static <T> T rolledBack(Session session, Supplier<T> work) {
        AtomicReference<T> result = new AtomicReference<>();
        try {
            session.inTransaction(() -> {
                apply(session);
                result.set(work.get());
                throw new RolledBack();
            });
        } catch (RolledBack done) {
            // as intended
        }
        return Optional.ofNullable(result.get()).orElseThrow();
    }

    private static final class RolledBack extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RolledBack() {
            super("rolled back on purpose", null, false, false);
        }
    }
}
