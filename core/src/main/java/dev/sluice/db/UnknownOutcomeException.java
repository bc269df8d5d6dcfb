package dev.sluice.db;

import java.sql.SQLException;

/** The connection was lost during COMMIT: only the database can tell whether the transaction happened. Look, never guess. */
public final class UnknownOutcomeException extends DatabaseException {
    private static final long serialVersionUID = 1L;

    UnknownOutcomeException(SQLException cause) {
        super(ServerError.of(cause), "COMMIT", cause);
    }
}
