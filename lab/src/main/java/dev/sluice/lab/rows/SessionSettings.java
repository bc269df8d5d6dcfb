package dev.sluice.lab.rows;

import dev.sluice.db.Session;
import java.util.List;

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
}
