package dev.sluice.lab.proof.shapes;

import dev.sluice.db.Session;
import dev.sluice.lab.TestDatabase;
import dev.sluice.postgres.TextForm;

/** Sessions in which values are read and written as text. */
final class Sessions {

    private Sessions() {}

    static Session open(TestDatabase database) {
        Session session = Session.open(database::connect, "application");
        session.execute(TextForm.ofSession() + "; SET statement_timeout = '30s'");
        return session;
    }
}
