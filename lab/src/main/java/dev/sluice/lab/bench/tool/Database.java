package dev.sluice.lab.bench.tool;

import dev.sluice.lab.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;

/** One database on the server of a variant. */
public record Database(EmbeddedPostgres server, String name) {
    public Database {
        Objects.requireNonNull(server);
        Objects.requireNonNull(name);
    }

    public Connection connect() throws SQLException {
        return server.connect(name);
    }

    public String jdbcUrl() {
        return server.jdbcUrl(name);
    }

    public String url() {
        return server.url(name);
    }

    /** Runs a script in a session of its own. */
    public void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The number in the only row of a query. */
    public double number(String sql) throws SQLException {
        try (Connection connection = connect();
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            if (!result.next()) {
                throw new SQLException("no row: " + sql);
            }
            return result.getDouble(1);
        }
    }
}
