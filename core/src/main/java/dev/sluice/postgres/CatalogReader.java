package dev.sluice.postgres;

import dev.sluice.catalog.Catalog;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads a {@link Catalog} from a live database: some twenty set-based queries in one short read-only transaction.
 *
 * <p>Takes ACCESS SHARE on views and what they read until it is done (PostgreSQL's own printing of views does), and waits for those
 * locks no longer than {@link Options#lockTimeout()}. Needs no privilege beyond CONNECT. Stateless, thread-safe.
 */
public final class CatalogReader {

    /** {@code cache lookup failed}, {@code undefined …}: something was dropped between being listed and being printed. */
    private static final Set<String> CHANGED_MEANWHILE = Set.of("XX000", "42P01", "42703", "42704", "42883");

    private static final int ATTEMPTS = 3;

    /**
     * Everything that changes how the server prints expressions and constants. A search for the best order of a dozen joins only
     * costs: each query begins with what it selects by, and most of the time in a new session goes into planning (measured: 20
     * of 27 ms, 9 with the joins as they are written).
     */
    private static final String SETTINGS = "SET LOCAL search_path = ''; SET LOCAL quote_all_identifiers = off;"
            + " SET LOCAL from_collapse_limit = 1; SET LOCAL join_collapse_limit = 1; " + TextForm.ofTransaction();

    private static final String SCHEMAS = """
            SELECT n.nspname, EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = n.oid)
            FROM pg_namespace n
            WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
              AND NOT EXISTS (SELECT FROM pg_depend e
                              WHERE e.classid = 'pg_namespace'::regclass AND e.objid = n.oid AND e.deptype = 'e')""";

    /**
     * What to read.
     *
     * @param excludedSchemas schemas to leave out besides the system's
     * @param lockTimeout how long to wait for a lock somebody holds exclusively
     * @param searchPath which one the catalog gets
     */
    public record Options(Set<String> excludedSchemas, Duration lockTimeout, SearchPath searchPath) {

        /** Everything but Sluice's own schemas, and the session's search path; waits for locks up to 5 s. */
        public static final Options DEFAULT =
                new Options(Set.of("sluice", "sluice_archive"), Duration.ofSeconds(5), SearchPath.OF_SESSION);

        public Options {
            excludedSchemas = Set.copyOf(excludedSchemas);
            Objects.requireNonNull(lockTimeout, "lockTimeout");
            Objects.requireNonNull(searchPath, "searchPath");
        }

        public Options with(SearchPath which) {
            return new Options(excludedSchemas, lockTimeout, which);
        }
    }

    /** Whose {@code search_path} the catalog gets. */
    public enum SearchPath {
        /** As it is set in the session. */
        OF_SESSION,
        /** As the role finds it when it connects, whatever the session has set since. */
        OF_ROLE
    }

    private CatalogReader() {}

    /** Reads with {@link Options#DEFAULT}. */
    public static Catalog read(Session session) {
        return read(session, Options.DEFAULT);
    }

    /**
     * Reads the whole catalog, outside a transaction in a REPEATABLE READ one of its own, inside one as that sees it. Settings of
     * the session are as before afterwards.
     *
     * @throws DatabaseException when a query fails: {@link DatabaseException#isLockTimeout()} when somebody holds a table
     *     exclusively for longer than the options allow
     */
    public static Catalog read(Session session, Options options) {
        return session.isInTransaction() ? readInside(session, options) : readRepeatedly(session, options);
    }

    private static Catalog readRepeatedly(Session session, Options options) {
        DatabaseException failure = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return session.inTransaction(() -> {
                    session.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
                    return readAll(session, options);
                });
            } catch (DatabaseException e) {
                // the server prints definitions from the latest catalog, not from our snapshot: DDL of others can get
                // in between
                if (!CHANGED_MEANWHILE.contains(e.sqlState())) {
                    throw e;
                }
                if (failure != null) {
                    e.addSuppressed(failure);
                }
                failure = e;
            }
        }
        throw Objects.requireNonNull(failure);
    }

    private static Catalog readInside(Session session, Options options) {
        session.execute("SAVEPOINT sluice_catalog_reader");
        try {
            return readAll(session, options);
        } finally {
            session.execute("ROLLBACK TO SAVEPOINT sluice_catalog_reader");
            session.execute("RELEASE SAVEPOINT sluice_catalog_reader");
        }
    }

    private static Catalog readAll(Session session, Options options) {
        if (options.searchPath() == SearchPath.OF_ROLE) {
            session.execute("SET LOCAL search_path TO DEFAULT");
        }
        List<String> searchPath = session.one("SELECT current_schemas(false)", row -> row.texts(1))
                .orElseThrow();
        session.execute(
                SETTINGS + "; SET LOCAL lock_timeout = " + options.lockTimeout().toMillis());
        Map<String, Boolean> schemas = new TreeMap<>();
        session.query(SCHEMAS, row -> schemas.put(row.text(1), row.bool(2)) == null);
        schemas.keySet().removeAll(options.excludedSchemas());
        Reading reading = new Reading(
                session,
                session.serverVersion(),
                schemas.keySet(),
                schemas.containsValue(true),
                TypeNames.read(session),
                new AclItems());
        return new CatalogAssembly(reading, searchPath).assemble();
    }
}
