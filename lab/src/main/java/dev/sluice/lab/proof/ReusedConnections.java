package dev.sluice.lab.proof;

import static java.util.Objects.requireNonNull;

import dev.sluice.db.ConnectionSource;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Connections to one database that are kept when they are closed, for the next to ask: a new one costs more than most
 * steps. What comes back is reset as if it were new. Closing closes those at rest. Thread-safe.
 */
final class ReusedConnections implements ConnectionSource, AutoCloseable {

    /** Looks at transactions, on the connection that has them. */
    interface Watch {
        /** Right before BEGIN. */
        void begins(Connection connection) throws SQLException;

        /** Right before COMMIT. */
        void commits(Connection connection) throws SQLException;
    }

    private static final Watch NOBODY = new Watch() {
        @Override
        public void begins(Connection connection) {}

        @Override
        public void commits(Connection connection) {}
    };

    private final ConnectionSource source;
    private final Watch watch;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private boolean closed;

    /** Connections that nobody looks at. */
    ReusedConnections(ConnectionSource source) {
        this(source, NOBODY);
    }

    ReusedConnections(ConnectionSource source, Watch watch) {
        this.source = requireNonNull(source);
        this.watch = requireNonNull(watch);
    }

    @Override
    public Connection open() throws SQLException {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, new Handed(take()));
    }

    /** A connection in somebody's hands, until it is closed. */
    private final class Handed implements InvocationHandler {
        private final Connection connection;
        private final AtomicBoolean returned = new AtomicBoolean();
        private volatile boolean committed;

        Handed(Connection connection) {
            this.connection = requireNonNull(connection);
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            String name = method.getName();
            if (name.equals("close")) {
                if (!returned.getAndSet(true)) {
                    giveBack(connection);
                }
                return null;
            }
            if (returned.get()) {
                if (name.equals("isClosed")) {
                    return true;
                }
                throw new SQLException("This connection has been closed.", "08003");
            }
            if (name.equals("commit")) {
                commits();
            } else if (name.equals("setAutoCommit") && Boolean.FALSE.equals(arguments == null ? null : arguments[0])) {
                committed = false;
                watch.begins(connection);
            }
            Object result = call(connection, method, arguments);
            return result instanceof PreparedStatement statement && endsWithCommit(arguments)
                    ? watched(statement)
                    : result;
        }

        private void commits() throws SQLException {
            if (!committed) {
                watch.commits(connection);
                committed = true;
            }
        }

        /** A last statement is sent with its COMMIT, in one message. */
        private static boolean endsWithCommit(Object @Nullable [] arguments) {
            return arguments != null && arguments[0] instanceof String sql && sql.endsWith("COMMIT");
        }

        private PreparedStatement watched(PreparedStatement statement) {
            return (PreparedStatement) Proxy.newProxyInstance(
                    PreparedStatement.class.getClassLoader(),
                    new Class<?>[] {PreparedStatement.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().startsWith("execute")) {
                            commits();
                        }
                        return call(statement, method, arguments);
                    });
        }

        private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
                throws Throwable {
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }

    private Connection take() throws SQLException {
        synchronized (idle) {
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        return source.open();
    }

    private void giveBack(Connection connection) throws SQLException {
        if (connection.isClosed()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            statement.execute("DISCARD ALL");
        } catch (SQLException e) {
            connection.close();
            return;
        }
        synchronized (idle) {
            if (!closed) {
                idle.push(connection);
                return;
            }
        }
        connection.close();
    }

    @Override
    public void close() {
        synchronized (idle) {
            closed = true;
            for (Connection connection : idle) {
                try {
                    connection.close();
                } catch (SQLException e) {
                    continue; // the server notices by itself
                }
            }
            idle.clear();
        }
    }
}
