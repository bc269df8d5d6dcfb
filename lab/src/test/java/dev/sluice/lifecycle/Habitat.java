package dev.sluice.lifecycle;

import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.relay.Relay;

/** Where the database of a life is. */
interface Habitat {

    /** Waits until it can be reached, when somebody has stopped its server. */
    TestDatabase database();

    /** What the runner connects to, for the JDBC driver; its traffic with the server that answers now goes through the relay. */
    default String url(Relay relay) {
        TestDatabase database = database();
        return database.jdbcUrl().replace(":" + database.server().port() + "/", ":" + relay.port() + "/");
    }

    /** Whether its server goes on without interruption; otherwise the applications connect again. */
    default boolean isSteady() {
        return true;
    }

    /** Whether what it has confirmed to the applications must be there in the end. */
    default boolean keepsItsWord() {
        return true;
    }

    /** On a server that nobody stops. */
    static Habitat on(TestDatabase database) {
        return () -> database;
    }
}
