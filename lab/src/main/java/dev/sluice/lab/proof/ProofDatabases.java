package dev.sluice.lab.proof;

import static java.util.Objects.requireNonNull;

import dev.sluice.db.Session;
import dev.sluice.lab.EmbeddedPostgres;
import dev.sluice.lab.PostgresSettings;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.sql.Identifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Databases on one server, made from one another by copying files: tens of milliseconds, whatever it took to make the
 * original. Closing drops those that are left; the server is the caller's. Thread-safe.
 */
public final class ProofDatabases implements AutoCloseable {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long ENOUGH = 4L << 30;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EmbeddedPostgres server;
    private final PostgresVersion version;
    private final String prefix;
    private final Set<String> made = ConcurrentHashMap.newKeySet();
    private final AtomicLong numbers;
    private Optional<Session> admin = Optional.empty();

    /**
     * A server for proofs, to be closed by the caller. Its files are in memory where there is room: copying a database is
     * then five times as fast.
     */
    public static EmbeddedPostgres server(PostgresVersion version) {
        return EmbeddedPostgres.start(version, PostgresSettings.forTests(), roomiest());
    }

    private static Path roomiest() {
        Path disk = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            boolean roomy =
                    Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > ENOUGH;
            return roomy ? MEMORY : disk;
        } catch (IOException e) {
            return disk;
        }
    }

    /** @param prefix of the databases' names: nobody else on this server uses it */
    public ProofDatabases(EmbeddedPostgres server, PostgresVersion version, String prefix) {
        this(server, version, prefix, new AtomicLong());
    }

    private ProofDatabases(EmbeddedPostgres server, PostgresVersion version, String prefix, AtomicLong numbers) {
        this.server = requireNonNull(server);
        this.version = requireNonNull(version);
        this.prefix = requireNonNull(prefix);
        this.numbers = numbers;
    }

    /** Others of the same server and prefix, which are dropped by closing what is returned. */
    public ProofDatabases nested() {
        return new ProofDatabases(server, version, prefix, numbers);
    }

    public PostgresVersion version() {
        return version;
    }

    /** An empty database. */
    public TestDatabase create() {
        return create("template0");
    }

    /** A database with the same schema and rows; waits until the sessions that were closed on the original have ended. */
    public TestDatabase copy(TestDatabase original) {
        return create(original.name());
    }

    public synchronized void drop(TestDatabase database) {
        drop(database.name());
    }

    @Override
    public synchronized void close() {
        made.forEach(this::drop);
        admin.ifPresent(Session::close);
        admin = Optional.empty();
    }

    private void drop(String name) {
        admin().execute("DROP DATABASE IF EXISTS " + Identifier.quote(name) + " WITH (FORCE)");
        made.remove(name);
    }

    private synchronized TestDatabase create(String template) {
        TestDatabase database = new TestDatabase(server, version, prefix + numbers.incrementAndGet());
        awaitUnused(admin(), template);
        // Nothing waits for the disk here, so that copying files is the faster way; before 15 it was the only one.
        admin().execute("CREATE DATABASE " + Identifier.quote(database.name()) + " TEMPLATE "
                + Identifier.quote(template) + (version.major() >= 15 ? " STRATEGY file_copy" : ""));
        made.add(database.name());
        return database;
    }

    /** CREATE DATABASE would look for sessions ten times a second only. */
    private static void awaitUnused(Session session, String database) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (session.isTrue(
                        "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = ? AND backend_type = 'client backend')",
                        database)
                && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }

    private Session admin() {
        Session session = admin.orElseGet(() -> Session.open(() -> server.connect("postgres"), "proof"));
        admin = Optional.of(session);
        return session;
    }
}
