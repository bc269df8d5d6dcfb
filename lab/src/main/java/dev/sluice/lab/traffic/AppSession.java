package dev.sluice.lab.traffic;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A pooled connection as an application uses it: autocommit, prepared statements that stay prepared over changes of the
 * schema. Counts every statement, every error and every wrong answer. For one thread.
 */
public final class AppSession {
    private final String application;
    private final Connection connection;
    private final Supplier<Recorder> recorder;
    private String lastSql = "";

    AppSession(String application, Connection connection, Supplier<Recorder> recorder) {
        this.application = application;
        this.connection = connection;
        this.recorder = recorder;
    }

    /** Runs a query (or a statement with RETURNING). */
    public List<Row> query(String sql, @Nullable Object... parameters) throws SQLException {
        return run(sql, parameters, statement -> {
            try (ResultSet result = statement.executeQuery()) {
                int width = result.getMetaData().getColumnCount();
                List<Row> rows = new ArrayList<>();
                while (result.next()) {
                    List<@Nullable Object> values = new ArrayList<>(width);
                    for (int i = 1; i <= width; i++) {
                        values.add(result.getObject(i));
                    }
                    rows.add(new Row(values));
                }
                return rows;
            }
        });
    }

    /** Runs an INSERT, UPDATE or DELETE; returns the number of rows. */
    public int update(String sql, @Nullable Object... parameters) throws SQLException {
        return run(sql, parameters, PreparedStatement::executeUpdate);
    }

    /** Runs {@code work} in one transaction; an exception rolls it back. */
    public void transaction(Work work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            work.run();
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** Statements of a transaction. */
    @FunctionalInterface
    public interface Work {
        void run() throws SQLException;
    }

    /** Counts the last statement as failed when its answer is not as it must be. */
    public void expect(boolean right, Supplier<String> complaint) {
        if (!right) {
            fail("wrong answer: " + complaint.get());
            throw new WrongAnswerException(complaint.get());
        }
    }

    void fail(String message) {
        recorder.get().failed(new Failure(Instant.now(), application, lastSql, message));
    }

    @FunctionalInterface
    private interface Execution<T> {
        T run(PreparedStatement statement) throws SQLException;
    }

    private <T> T run(String sql, @Nullable Object[] parameters, Execution<T> execution) throws SQLException {
        lastSql = sql;
        recorder.get().statement();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return execution.run(statement);
        } catch (SQLException e) {
            fail(e.getSQLState() + " " + e.getMessage());
            throw e;
        }
    }
}
