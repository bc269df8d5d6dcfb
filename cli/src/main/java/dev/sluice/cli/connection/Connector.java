package dev.sluice.cli.connection;

import dev.sluice.db.ConnectionSource;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.Driver;

/** Opens connections to one target and explains why it cannot. Thread-safe. */
public final class Connector implements ConnectionSource {
    /** {@code sqlclient_unable_to_establish_sqlconnection}. */
    private static final String UNABLE_TO_CONNECT = "08001";

    private final Target target;

    public Connector(Target target) {
        this.target = target;
    }

    public Target target() {
        return target;
    }

    /** @throws NoConnectionException with the server's SQLSTATE, saying what was tried and what to do */
    @Override
    public Connection open() throws NoConnectionException {
        try {
            // Not through DriverManager: it searches the class path for drivers, which costs start-up time.
            Connection connection = new Driver().connect(target.jdbcUrl(), target.driverProperties());
            if (connection == null) {
                throw new IllegalStateException("the PostgreSQL driver does not know " + target.jdbcUrl());
            }
            return connection;
        } catch (SQLException e) {
            throw explain(e);
        }
    }

    /** What a failure to connect to the target means. */
    NoConnectionException explain(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        String message = e.getMessage() == null ? "" : e.getMessage().strip();
        String text = switch (state) {
            case "28P01" -> refused(message);
            case "28000" -> asksForPassword(message) ? refused(message) : notLetIn(message);
            case "3D000" ->
                "There is no database '" + target.database() + "' on " + target.addresses()
                        + ".\nNext: correct the name" + " in the connection URL or PGDATABASE, or create it: createdb "
                        + target.database() + ".";
            case "53300" ->
                "The server at " + target.addresses() + " has no free connection: " + message
                        + "\nNext: close some, or raise max_connections. Sluice needs three.";
            case "57P03" ->
                "The server at " + target.addresses() + " is not ready: " + message
                        + "\nNext: run this again when it is.";
            case "08004" -> asksForPassword(message) ? refused(message) : other(message);
            case "08001" -> unreachable(e, message);
            default -> asksForPassword(message) ? refused(message) : other(message);
        };
        return new NoConnectionException(text, state.isEmpty() ? UNABLE_TO_CONNECT : state, e);
    }

    private static boolean asksForPassword(String message) {
        return message.contains("password is an empty string") || message.contains("no password was provided");
    }

    private String refused(String message) {
        String where = "The server at " + target.addresses() + " refused user '" + target.user() + "' for database '"
                + target.database() + "': ";
        if (target.password().isEmpty()) {
            return where + "it asks for a password, and none was given.\n"
                    + "Next: put it into PGPASSWORD, ~/.pgpass or the connection URL.";
        }
        String origin = target.password().get().origin();
        return where + (message.startsWith("FATAL: ") ? message.substring("FATAL: ".length()) : message)
                + ".\nThe password came from " + origin + ".\nNext: correct it there.";
    }

    /** For other reasons than a password. */
    private String notLetIn(String message) {
        String next = message.contains("certificate")
                ? "give the client's certificate and key: PGSSLCERT and PGSSLKEY."
                : message.contains("pg_hba.conf")
                        ? "have the administrator allow this address, user and database in pg_hba.conf, or change sslmode if it is"
                                + " about encryption."
                        : "correct the user in the connection URL or PGUSER.";
        return "The server at " + target.addresses() + " does not let user '" + target.user() + "' into database '"
                + target.database() + "': " + message + ".\nNext: " + next;
    }

    private String unreachable(SQLException e, String message) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String why = root instanceof UnknownHostException
                ? "the host name is not known"
                : root == e || root.getMessage() == null ? message : root.getMessage();
        return "No connection to " + target.addresses() + ": " + why + ".\n"
                + "Next: check host and port, and that PostgreSQL runs there and accepts TCP connections.";
    }

    private String other(String message) {
        return "No connection to " + target + ": " + message;
    }
}
