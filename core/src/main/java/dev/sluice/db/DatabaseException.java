package dev.sluice.db;

import static java.util.Objects.requireNonNull;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import java.sql.SQLException;

/** The server (or the way to it) failed: keeps the statement and every field of the server's error. */
public class DatabaseException extends SluiceException {
    private static final long serialVersionUID = 1L;

    private final transient ServerError error;
    private final String statement;

    protected DatabaseException(ServerError error, String statement, SQLException cause) {
        super(exitCode(error.sqlState()), describe(error, statement), cause);
        this.error = requireNonNull(error);
        this.statement = requireNonNull(statement);
    }

    /** @param statement the SQL that failed; empty when none was running */
    public static DatabaseException of(SQLException e, String statement) {
        return new DatabaseException(ServerError.of(e), statement, e);
    }

    public ServerError error() {
        return error;
    }

    /** Five characters, or empty. */
    public String sqlState() {
        return error.sqlState();
    }

    /** The SQL that failed; empty when none was running. */
    public String statement() {
        return statement;
    }

    public boolean is(String sqlState) {
        return error.sqlState().equals(sqlState);
    }

    /** {@code lock_not_available}: {@code lock_timeout} or NOWAIT. */
    public boolean isLockTimeout() {
        return is("55P03");
    }

    /** {@code query_canceled}: statement_timeout, pg_cancel_backend or {@link Session#cancel()}. */
    public boolean isCancelled() {
        return is("57014");
    }

    /** Worth the same again: lock timeout, deadlock, serialization failure. */
    public boolean isConflict() {
        return isLockTimeout() || is("40P01") || is("40001");
    }

    /** The connection is gone, or the server is going down; whether the last COMMIT happened is not known here. */
    public boolean isConnectionLost() {
        return connectionLost(error.sqlState());
    }

    private static boolean connectionLost(String state) {
        return state.startsWith("08") || state.equals("57P01") || state.equals("57P02") || state.equals("57P03");
    }

    private static ExitCode exitCode(String state) {
        if (connectionLost(state) || state.startsWith("28") || state.equals("3D000") || state.equals("53300")) {
            return ExitCode.CONNECTION;
        }
        return state.equals("55P03") ? ExitCode.LOCK_NOT_ACQUIRED : ExitCode.ERROR;
    }

    private static String describe(ServerError error, String statement) {
        StringBuilder text = new StringBuilder(error.message());
        if (!error.sqlState().isEmpty()) {
            text.append(" (SQLSTATE ").append(error.sqlState()).append(')');
        }
        error.detail().ifPresent(detail -> text.append("\n  detail: ").append(detail));
        error.hint().ifPresent(hint -> text.append("\n  hint: ").append(hint));
        error.where().ifPresent(where -> text.append("\n  in: ").append(where.replace("\n", "\n      ")));
        if (!statement.isEmpty()) {
            text.append("\n  statement: ").append(statement.strip().replace("\n", "\n    "));
        }
        return text.toString();
    }
}
