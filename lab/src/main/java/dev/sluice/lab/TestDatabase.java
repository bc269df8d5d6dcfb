package dev.sluice.lab;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;

/**
 * An empty database of one test.
 *
 * @param server where it is; shared with other tests, so do not stop it
 */
public record TestDatabase(EmbeddedPostgres server, PostgresVersion version, String name) {
    public TestDatabase {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(name, "name");
    }

    /** For the PostgreSQL JDBC driver, password included. */
    public String jdbcUrl() {
        return server.jdbcUrl(name);
    }

    /** {@code postgres://…}, password included. */
    public String url() {
        return server.url(name);
    }

    /** A new session of the superuser, to be closed by the caller. */
    public Connection connect() throws SQLException {
        return server.connect(name);
    }

    /** Runs the script in a session of its own, all statements in one transaction if it has several. */
    public void execute(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
