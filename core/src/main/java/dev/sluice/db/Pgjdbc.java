package dev.sluice.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/**
 * The only class that knows pgjdbc, which is there at compile time and comes with the application at run time. Loaded
 * only when something of pgjdbc is in hand.
 */
final class Pgjdbc {

    private Pgjdbc() {}

    /** The process id that the connection's cancel key was issued for. */
    static OptionalInt backendPid(Connection connection) throws SQLException {
        return connection.isWrapperFor(PGConnection.class)
                ? OptionalInt.of(connection.unwrap(PGConnection.class).getBackendPID())
                : OptionalInt.empty();
    }

    /** What the server reports of itself whenever it changes, so without a question; empty when it or the driver does not. */
    static Optional<Boolean> superuser(Connection connection) throws SQLException {
        return connection.isWrapperFor(PGConnection.class)
                ? Optional.ofNullable(connection.unwrap(PGConnection.class).getParameterStatus("is_superuser"))
                        .map("on"::equals)
                : Optional.empty();
    }

    /** A statement that the driver prepares on one server session is unknown to the next one that a pooler hands out. */
    static void prepareNothing(Connection connection) throws SQLException {
        connection.unwrap(PGConnection.class).setPrepareThreshold(0);
    }

    static ServerError read(SQLException e) {
        ServerErrorMessage server = e instanceof PSQLWarning warning
                ? warning.getServerErrorMessage()
                : ((PSQLException) e).getServerErrorMessage();
        if (server == null) {
            return ServerError.plain(e);
        }
        return new ServerError(
                Optional.ofNullable(server.getSQLState()).orElse(""),
                Optional.ofNullable(server.getMessage()).orElse(String.valueOf(e.getMessage())),
                Optional.ofNullable(server.getDetail()),
                Optional.ofNullable(server.getHint()),
                server.getPosition() > 0 ? OptionalInt.of(server.getPosition()) : OptionalInt.empty(),
                Optional.ofNullable(server.getWhere()),
                Optional.ofNullable(server.getTable()),
                Optional.ofNullable(server.getConstraint()));
    }
}
