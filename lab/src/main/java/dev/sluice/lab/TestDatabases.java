package dev.sluice.lab;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Makes databases for one test, and drops them when closed. Thread-safe. */
public final class TestDatabases implements AutoCloseable {
    private final TestServers servers;
    private final List<TestDatabase> created = new ArrayList<>();

    TestDatabases(TestServers servers) {
        this.servers = servers;
    }

    /** An empty database on the version that this run tests: system property {@code sluice.test.postgres}, else the newest. */
    public TestDatabase create() throws SQLException {
        return create(PostgresVersion.tested());
    }

    /** An empty database on that version. */
    public TestDatabase create(PostgresVersion version) throws SQLException {
        return copy(servers.server(version), version, "template1");
    }

    /** Another one with the same things in it; the server waits until nobody is connected to the first one. */
    public TestDatabase copy(TestDatabase database) throws SQLException {
        return copy(database.server(), database.version(), database.name());
    }

    private synchronized TestDatabase copy(EmbeddedPostgres server, PostgresVersion version, String template)
            throws SQLException {
        var database = new TestDatabase(server, version, servers.newName());
        // Copying files is the faster way where nothing waits for the disk; before 15 it was the only one.
        run(
                server,
                "CREATE DATABASE " + database.name() + " TEMPLATE " + template
                        + (version.major() >= 15 ? " STRATEGY = file_copy" : ""));
        created.add(database);
        return database;
    }

    /** The shared server of that version, for what concerns a whole server: roles, other databases. Do not stop it. */
    public EmbeddedPostgres server(PostgresVersion version) {
        return servers.server(version);
    }

    /** Drops one of them before the others, ending its sessions: for a test that makes many. */
    public synchronized void drop(TestDatabase database) throws SQLException {
        if (created.remove(database)) {
            run(database.server(), "DROP DATABASE IF EXISTS " + database.name() + " WITH (FORCE)");
        }
    }

    /** Ends the sessions that a test left open, and drops its databases. */
    @Override
    public synchronized void close() throws SQLException {
        for (TestDatabase database : created) {
            run(database.server(), "DROP DATABASE IF EXISTS " + database.name() + " WITH (FORCE)");
        }
        created.clear();
    }

    private static void run(EmbeddedPostgres server, String sql) throws SQLException {
        try (Connection connection = server.connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
