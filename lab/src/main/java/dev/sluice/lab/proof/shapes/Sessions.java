package dev.sluice.lab.proof.shapes;

import dev.sluice.db.Session;
import dev.sluice.lab.TestDatabase;

/** Sessions in which values are read and written as text. */
final class Sessions {

    private static final String SETTINGS = """
            SET datestyle = 'ISO, MDY';
            SET intervalstyle = 'postgres';
            SET timezone = 'UTC';
            SET extra_float_digits = 1;
            SET bytea_output = 'hex';
            SET lc_monetary = 'C';
            SET jit = off;
            SET statement_timeout = '30s'
            """;

    private Sessions() {}

    static Session open(TestDatabase database) {
        Session session = Session.open(database::connect, "application");
        session.execute(SETTINGS);
        return session;
    }
}
