package dev.sluice.run;

import dev.sluice.db.ConnectionSource;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Real connections that note what is sent through them, and that can lose the answer to a COMMIT: it happens, and the
 * client never learns.
 */
final class CountingConnections implements ConnectionSource {

    private final ConnectionSource real;
    final List<String> sent = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger commitsUntilLost = new AtomicInteger(Integer.MAX_VALUE);

    CountingConnections(ConnectionSource real) {
        this.real = real;
    }

    /** The answer to the n-th COMMIT from now on, of any connection, is lost together with its connection. */
    void loseAnswerToCommit(int n) {
        commitsUntilLost.set(n);
    }

    @Override
    public Connection open() throws SQLException {
        Connection connection = real.open();
        return proxy(Connection.class, (self, method, arguments) -> {
            if (method.getName().equals("commit")) {
                sent.add("COMMIT");
                connection.commit();
                if (commitsUntilLost.decrementAndGet() == 0) {
                    connection.close();
                    throw new SQLException("An I/O error occurred while sending to the backend.", "08006");
                }
                return null;
            }
            if (method.getName().equals("setAutoCommit") && arguments[0].equals(false)) {
                sent.add("BEGIN");
            }
            Object result = call(connection, method, arguments);
            if (result instanceof PreparedStatement statement) {
                return statement(PreparedStatement.class, statement, String.valueOf(arguments[0]));
            }
            return result instanceof Statement statement ? statement(Statement.class, statement, "") : result;
        });
    }

    private <S extends Statement> S statement(Class<S> type, S statement, String prepared) {
        return proxy(type, (self, method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                sent.add(arguments == null ? prepared : String.valueOf(arguments[0]));
            }
            return call(statement, method, arguments);
        });
    }

    private static Object call(Object target, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
