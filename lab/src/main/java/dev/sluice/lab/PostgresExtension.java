package dev.sluice.lab;

import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * JUnit extension: {@code @ExtendWith(PostgresExtension.class)}. A test method (or {@code @BeforeEach}) may then have
 * a parameter of type {@link TestDatabase}, an empty database of its own on the newest PostgreSQL (the same one for all
 * parameters of one test), or {@link TestDatabases}, to make several or to choose versions.
 *
 * <p>A server is started once for each JVM and version, when the first test needs it. Needs JUnit Jupiter on the class
 * path, which this module does not bring along.
 */
public final class PostgresExtension implements ParameterResolver {
    private static final Namespace OURS = Namespace.create(PostgresExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == TestDatabase.class || type == TestDatabases.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // The store closes what it holds: the databases after the test, the servers at the end of the run.
        TestServers servers = servers(context);
        var store = context.getStore(OURS);
        TestDatabases databases =
                store.computeIfAbsent(TestDatabases.class, key -> new TestDatabases(servers), TestDatabases.class);
        if (parameter.getParameter().getType() == TestDatabases.class) {
            return databases;
        }
        return store.computeIfAbsent(TestDatabase.class, key -> create(databases), TestDatabase.class);
    }

    /** For other extensions: the server of that version which all tests of this JVM share. Do not stop it. */
    public static EmbeddedPostgres server(ExtensionContext context, PostgresVersion version) {
        return servers(context).server(version);
    }

    private static TestServers servers(ExtensionContext context) {
        return context.getRoot()
                .getStore(OURS)
                .computeIfAbsent(TestServers.class, key -> new TestServers(), TestServers.class);
    }

    private static TestDatabase create(TestDatabases databases) {
        try {
            return databases.create();
        } catch (SQLException e) {
            throw new ParameterResolutionException("Cannot create a test's database", e);
        }
    }
}
