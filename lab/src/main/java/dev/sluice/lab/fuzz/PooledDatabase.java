package dev.sluice.lab.fuzz;

import dev.sluice.db.Session;
import dev.sluice.lab.EmbeddedPostgres;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One database that many migrations use one after the other: emptied in between rather than made anew, with connections
 * that are kept. Making a database takes 60 ms and a connection 8 ms; a whole life opens some twenty. Thread-safe.
 */
final class PooledDatabase implements AutoCloseable {

    /**
     * What a schema or a migration may have left, and the journal's rows. The journal itself stays, and the schemas that
     * every life has: making or dropping one throws all prepared plans of the database away.
     */
    private static final String EMPTY = """
            DO $$
            DECLARE statement text;
            BEGIN
              SET LOCAL client_min_messages = error;
              FOR statement IN
                WITH s (ours) AS MATERIALIZED (
                  SELECT ARRAY[to_regnamespace('public'), to_regnamespace('sluice_archive')]::oid[])
                SELECT 'DROP ' || kind || ' IF EXISTS ' || string_agg(name, ', ') || ' CASCADE' FROM (
                  SELECT 1, 'SCHEMA', quote_ident(nspname) FROM pg_namespace
                  WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'public', 'sluice', 'sluice_archive')
                  UNION ALL
                  -- the sequence of an identity column goes only with its table
                  SELECT CASE WHEN relkind = 'S' THEN 3 ELSE 2 END, CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
                              ELSE 'TABLE' END, oid::regclass::text
                  FROM pg_class
                  WHERE relkind IN ('r', 'p', 'v', 'm', 'S') AND (relnamespace = ANY ((SELECT ours FROM s)::oid[])
                    OR relnamespace = to_regnamespace('sluice') AND relname LIKE 'sluice\\_%')
                  UNION ALL
                  SELECT 4, 'ROUTINE', oid::regprocedure::text FROM pg_proc
                  WHERE pronamespace = ANY ((SELECT ours FROM s) || to_regnamespace('sluice')::oid)
                  UNION ALL
                  SELECT 5, 'TYPE', oid::regtype::text FROM pg_type t
                  WHERE typnamespace = ANY ((SELECT ours FROM s)::oid[])
                    AND (typtype IN ('e', 'd', 'r')
                      OR typtype = 'c' AND (SELECT relkind FROM pg_class c WHERE c.oid = t.typrelid) = 'c')
                  UNION ALL
                  SELECT 6, 'PUBLICATION', quote_ident(pubname) FROM pg_publication
                ) leftover (turn, kind, name)
                GROUP BY turn, kind ORDER BY turn
              LOOP
                EXECUTE statement;
              END LOOP;
              IF to_regclass('sluice.migration') IS NOT NULL THEN
                DELETE FROM sluice.migration;
                DELETE FROM sluice.event;
                UPDATE sluice.lease SET expires_at = '-infinity';
              END IF;
            END $$;
            """;

    /** Statements that come again, those that read the catalog above all, are parsed and planned once for all lives. */
    private static final String PREPARED = "&prepareThreshold=3&preferQueryMode=extendedCacheEverything"
            + "&options=-c%20plan_cache_mode=force_generic_plan";

    private final EmbeddedPostgres server;
    private final String name;
    private final Deque<Connection> idle = new ArrayDeque<>();

    private PooledDatabase(EmbeddedPostgres server, String name) {
        this.server = server;
        this.name = name;
    }

    static PooledDatabase create(EmbeddedPostgres server, String name) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return new PooledDatabase(server, name);
    }

    /** A session that looks new; closing it puts it back. */
    Connection open() throws SQLException {
        Connection kept;
        synchronized (idle) {
            kept = idle.poll();
        }
        return returning(kept != null ? kept : DriverManager.getConnection(server.jdbcUrl(name) + PREPARED));
    }

    Session session(String role) {
        return Session.open(this::open, role);
    }

    /** Runs a script as one string: in one transaction. */
    void execute(String script) {
        if (!script.isBlank()) {
            try (Session session = session("test")) {
                session.execute(script);
            }
        }
    }

    /** Drops everything but the journal, which is emptied. */
    void empty() {
        execute(EMPTY);
    }

    private Connection returning(Connection real) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        putBack(real);
                        return null;
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void putBack(Connection real) throws SQLException {
        if (real.isClosed()) {
            return;
        }
        try (Statement statement = real.createStatement()) {
            if (!real.getAutoCommit()) {
                real.rollback();
                real.setAutoCommit(true);
            }
            statement.execute("ROLLBACK; SELECT pg_advisory_unlock_all(); RESET SESSION AUTHORIZATION; RESET ALL");
        } catch (SQLException e) {
            real.close();
            return;
        }
        synchronized (idle) {
            idle.push(real);
        }
    }

    void drop() throws SQLException {
        close();
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE " + name + " WITH (FORCE)");
        }
    }

    @Override
    public void close() throws SQLException {
        synchronized (idle) {
            for (Connection connection : idle) {
                connection.close();
            }
            idle.clear();
        }
    }
}
