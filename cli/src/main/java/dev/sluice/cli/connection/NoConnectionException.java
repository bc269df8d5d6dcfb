package dev.sluice.cli.connection;

import java.sql.SQLException;

/** No connection could be had. The message is complete: what was tried, why it failed, what to do. */
public final class NoConnectionException extends SQLException {
    private static final long serialVersionUID = 1L;

    NoConnectionException(String message, String sqlState, SQLException cause) {
        super(message, sqlState, cause);
    }
}
