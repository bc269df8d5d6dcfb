package dev.sluice.db;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What PostgreSQL says about an error or a warning, field by field (PostgreSQL documentation, "Error and Notice Message Fields").
 *
 * @param sqlState five characters; empty when the driver, not the server, failed without giving one
 * @param message the primary message, without severity and details
 * @param position 1-based character in the statement sent
 * @param where the call stack inside functions, and the like
 */
public record ServerError(
        String sqlState,
        String message,
        Optional<String> detail,
        Optional<String> hint,
        OptionalInt position,
        Optional<String> where,
        Optional<String> table,
        Optional<String> constraint) {

    private static final Set<String> PGJDBC =
            Set.of("org.postgresql.util.PSQLException", "org.postgresql.util.PSQLWarning");

    public ServerError {
        requireNonNull(sqlState);
        requireNonNull(message);
        requireNonNull(detail);
        requireNonNull(hint);
        requireNonNull(position);
        requireNonNull(where);
        requireNonNull(table);
        requireNonNull(constraint);
    }

    /**
     * Reads the fields from pgjdbc's exception or warning. Its message text will not do: its labels are translated. Another driver
     * (or pgjdbc in a class loader that this class does not see) yields SQLSTATE and message only.
     */
    static ServerError of(SQLException e) {
        try {
            if (isPgjdbc(e.getClass())) {
                return Pgjdbc.read(e);
            }
        } catch (LinkageError | ClassCastException notOurDriver) {
            return plain(e);
        }
        return plain(e);
    }

    static ServerError plain(SQLException e) {
        return new ServerError(
                e.getSQLState() == null ? "" : e.getSQLState(),
                e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static boolean isPgjdbc(Class<?> type) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            if (PGJDBC.contains(c.getName())) {
                return true;
            }
        }
        return false;
    }
}
