package dev.sluice.db;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection to PostgreSQL. Every failure is a {@link DatabaseException} with the statement in it. Outside {@link
 * #inTransaction} each statement is its own transaction. Used by one thread at a time, except for {@link #cancel()} and
 * {@link #close()}, which any thread may call.
 *
 * <p>Parameters are written {@code ?} and may be String, Integer, Long, Double, Boolean, {@link Instant}, {@link
 * Optional} of these (empty is NULL), and collections of strings ({@code text[]}) or longs ({@code bigint[]}). A
 * statement without parameters is sent as it is: {@code ?} and <code>{</code> mean nothing in it.
 */
public final class Session implements AutoCloseable {

    /** Class 01 of SQLSTATE; a NOTICE has 00000. */
    private static final String WARNING_CLASS = "01";

    private static final int MOST_WARNINGS = 100;

    private final Connection connection;
    private volatile @Nullable Statement running;
    private int backendPid;
    private final List<String> warnings = new ArrayList<>();

    /**
     * An administrator's limits for sessions that forgot to go home are not for us: our transactions are short, and while
     * a large table is walked there are sessions that wait; reading the catalog of thousands of tables takes its time.
     * Behind a pooler the server session is somebody else's as well, and stays as it is.
     */
    private static final String OPENING = """
            SELECT pg_backend_pid(), set_config('application_name', ?, false),
                CASE WHEN pg_backend_pid() = ? THEN
                    set_config('idle_in_transaction_session_timeout', '0', false) || set_config('idle_session_timeout', '0', false)
                    || set_config('statement_timeout', '0', false)
                    || CASE WHEN current_setting('transaction_timeout', true) IS NOT NULL
                        THEN set_config('transaction_timeout', '0', false) ELSE '' END END
            """;

    /** The process that the driver talks to; −1 when it does not tell. */
    private static int ownBackend(Connection connection) {
        try {
            return Pgjdbc.backendPid(connection).orElse(-1);
        } catch (LinkageError | SQLException anotherDriver) {
            return -1;
        }
    }

    private Session(Connection connection) {
        this.connection = requireNonNull(connection);
    }

    /**
     * @param role what this connection is for, one or two words; {@code pg_stat_activity} shows {@code sluice <role>}
     * @throws DatabaseException when no connection can be had, or it was refused
     */
    public static Session open(ConnectionSource source, String role) {
        Connection connection;
        try {
            connection = source.open();
        } catch (SQLException e) {
            throw DatabaseException.of(e, "");
        }
        Session session = new Session(connection);
        try {
            connection.setAutoCommit(true);
            session.backendPid = session.one(OPENING, row -> row.integer(1), "sluice " + role, ownBackend(connection))
                    .orElseThrow();
            if (session.isPooled()) {
                Pgjdbc.prepareNothing(connection);
            }
            return session;
        } catch (SQLException e) {
            session.close();
            throw DatabaseException.of(e, "");
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** All rows of a query. */
    public <T> List<T> query(String sql, RowReader<T> reader, Object... parameters) {
        return run(sql, parameters, (statement, isResult) -> isResult ? rows(statement, sql, reader) : List.of());
    }

    /**
     * The only row of a query, or empty.
     *
     * @throws IllegalStateException for more than one row
     */
    public <T> Optional<T> one(String sql, RowReader<T> reader, Object... parameters) {
        List<T> rows = query(sql, reader, parameters);
        if (rows.size() > 1) {
            throw new IllegalStateException(rows.size() + " rows where one was expected: " + sql);
        }
        return rows.stream().findFirst();
    }

    /** The boolean that a query returns in its only row; NULL and no row are false. */
    public boolean isTrue(String sql, Object... parameters) {
        return one(sql, row -> row.boolIfAny(1).orElse(false), parameters).orElse(false);
    }

    /**
     * Runs a statement of any kind.
     *
     * @return rows inserted, updated, deleted or returned; 0 for statements without rows
     */
    public long execute(String sql, Object... parameters) {
        return run(sql, parameters, (statement, isResult) -> {
            long rows = 0;
            boolean result = isResult;
            while (true) {
                if (result) {
                    rows += count(statement);
                } else {
                    long affected = statement.getLargeUpdateCount();
                    if (affected < 0) {
                        remember(statement.getWarnings());
                        return rows;
                    }
                    rows += affected;
                }
                result = statement.getMoreResults();
            }
        });
    }

    /**
     * The server's messages of level WARNING to {@link #execute}, with their hints: those of the last transaction, and since
     * this was asked last. No more than a hundred are kept: a trigger may warn at every row of a batch.
     */
    public List<String> takeWarnings() {
        List<String> taken = List.copyOf(warnings);
        warnings.clear();
        return taken;
    }

    private void remember(@Nullable SQLWarning first) {
        for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
            ServerError message = ServerError.of(warning);
            if (message.sqlState().startsWith(WARNING_CLASS) && warnings.size() < MOST_WARNINGS) {
                warnings.add(message.message()
                        + message.hint().map(hint -> "\n  " + hint).orElse(""));
            }
        }
    }

    private static long count(Statement statement) throws SQLException {
        long rows = 0;
        try (ResultSet result = statement.getResultSet()) {
            while (result.next()) {
                rows++;
            }
        }
        return rows;
    }

    /**
     * The only row of the statement that ends the transaction, which is committed in the same round trip to the server. For
     * the last statement of {@link #inTransaction}; when it fails, that rolls back as ever.
     */
    public <T> Optional<T> oneAndCommit(String sql, RowReader<T> reader, Object... parameters) {
        return one(sql + ";\nCOMMIT", reader, parameters);
    }

    /**
     * Runs work in one transaction: COMMIT when it returns, ROLLBACK when it throws (then the connection can be used
     * again, unless it is lost).
     *
     * @throws UnknownOutcomeException when the connection was lost while committing
     * @throws IllegalStateException inside another transaction
     */
    public <T> T inTransaction(Supplier<T> work) {
        begin();
        T value;
        try {
            value = work.get();
        } catch (RuntimeException | Error e) {
            rollback(e);
            throw e;
        }
        commit();
        return value;
    }

    public void inTransaction(Runnable work) {
        inTransaction(() -> {
            work.run();
            return true;
        });
    }

    public boolean isInTransaction() {
        try {
            return !connection.getAutoCommit();
        } catch (SQLException e) {
            throw DatabaseException.of(e, "");
        }
    }

    /** Asks the server to cancel the statement that runs, if one does; it fails with {@code 57014}. For other threads. */
    public void cancel() {
        Statement statement = running;
        if (statement != null) {
            try {
                statement.cancel();
            } catch (SQLException e) {
                throw DatabaseException.of(e, "cancel request");
            }
        }
    }

    /** The server process that answered when this was opened; known even after the connection is lost. */
    public int backendPid() {
        return backendPid;
    }

    /**
     * Whether a pooler stands between us and the server: it invents its own cancellation keys, so the process id of the
     * connection is not that of the backend. False when the driver does not tell.
     */
    public boolean isPooled() {
        try {
            return Pgjdbc.backendPid(connection).orElse(backendPid) != backendPid;
        } catch (LinkageError | SQLException anotherDriver) {
            return false;
        }
    }

    /** Whether the current role is a superuser; seldom a question to the server. */
    public boolean isSuperuser() {
        Optional<Boolean> told;
        try {
            told = Pgjdbc.superuser(connection);
        } catch (LinkageError | SQLException anotherDriver) {
            told = Optional.empty();
        }
        return told.orElseGet(() -> isTrue("SELECT current_setting('is_superuser')::boolean"));
    }

    /** {@code server_version_num}, for example 170005. */
    public int serverVersion() {
        return one("SELECT current_setting('server_version_num')", row -> Integer.parseInt(row.text(1)))
                .orElseThrow();
    }

    /** Whether a round trip to the server works. */
    public boolean isAlive() {
        try {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Closes the connection; an open transaction is rolled back. Never throws: what cannot be closed is gone already. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // the server notices by itself
        }
    }

    private void begin() {
        try {
            if (!connection.getAutoCommit()) {
                throw new IllegalStateException("already in a transaction");
            }
            connection.setAutoCommit(false);
            warnings.clear();
        } catch (SQLException e) {
            throw DatabaseException.of(e, "BEGIN");
        }
    }

    private void commit() {
        try {
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            DatabaseException failure = DatabaseException.of(e, "COMMIT");
            if (failure.isConnectionLost()) {
                throw new UnknownOutcomeException(e);
            }
            rollback(failure);
            throw failure;
        }
    }

    private void rollback(Throwable reason) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    private <T> T run(String sql, Object[] parameters, Outcome<T> outcome) {
        try (Statement statement = prepare(sql, parameters)) {
            running = statement;
            boolean isResult = statement instanceof PreparedStatement prepared && parameters.length > 0
                    ? prepared.execute()
                    : statement.execute(sql);
            return outcome.read(statement, isResult);
        } catch (SQLException e) {
            throw DatabaseException.of(e, sql);
        } finally {
            running = null;
        }
    }

    private Statement prepare(String sql, Object[] parameters) throws SQLException {
        if (parameters.length == 0) {
            Statement statement = connection.createStatement();
            statement.setEscapeProcessing(false);
            return statement;
        }
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < parameters.length; i++) {
                bind(statement, i + 1, parameters[i]);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private void bind(PreparedStatement statement, int index, Object value) throws SQLException {
        if (value instanceof Optional<?> optional) {
            if (optional.isPresent()) {
                bind(statement, index, optional.get());
            } else {
                statement.setNull(index, java.sql.Types.NULL);
            }
        } else if (value instanceof Instant instant) {
            statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
        } else if (value instanceof Collection<?> elements) {
            boolean numbers = !elements.isEmpty() && elements.iterator().next() instanceof Long;
            statement.setArray(index, connection.createArrayOf(numbers ? "bigint" : "text", elements.toArray()));
        } else {
            statement.setObject(index, value);
        }
    }

    private static <T> List<T> rows(Statement statement, String sql, RowReader<T> reader) throws SQLException {
        List<T> rows = new ArrayList<>();
        try (ResultSet result = statement.getResultSet()) {
            Row row = new Row(result, sql);
            while (result.next()) {
                rows.add(reader.read(row));
            }
        }
        return List.copyOf(rows);
    }

    private interface Outcome<T> {
        T read(Statement statement, boolean isResult) throws SQLException;
    }
}
