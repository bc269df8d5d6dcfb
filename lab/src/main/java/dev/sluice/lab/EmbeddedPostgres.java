package dev.sluice.lab;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A private PostgreSQL server that lives at most as long as this process. Its cluster is a copy of a cached template,
 * so it is up in a fraction of a second; its files are deleted when it is closed, or when this process dies in
 * whatever way. It listens on 127.0.0.1 only and asks for a random password, which the addresses given out contain.
 *
 * <p>Thread-safe. Errors of the operating system arrive as {@link SluiceException}.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final int ATTEMPTS = 10;
    /** The range lies below the one from which Linux and macOS take the ports of outgoing connections. */
    private static final int FIRST_PORT = 20_000;

    private static final int PORTS = 12_000;

    private final PrivateCluster cluster;
    private final int port;
    private ServerProcess process;

    private EmbeddedPostgres(PrivateCluster cluster, int port, ServerProcess process) {
        this.cluster = cluster;
        this.port = port;
        this.process = process;
    }

    /**
     * Starts a server and returns when it takes connections. The first start of a version on a machine takes some
     * seconds more, for unpacking.
     *
     * @param settings as in postgresql.conf; see {@link PostgresSettings}
     * @throws SluiceException if the version is not on the class path, or the server does not start; the message
     *     quotes its log
     */
    public static EmbeddedPostgres start(PostgresVersion version, Map<String, String> settings) {
        return start(version, settings, Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** The same with its files below that directory, for a file system that suits. */
    public static EmbeddedPostgres start(PostgresVersion version, Map<String, String> settings, Path parent) {
        return start(version, settings, parent, Map.of());
    }

    /**
     * The same with files of one's own in its data directory, which only the server may read: keys, {@code pg_hba.conf}.
     *
     * @param files text by name
     */
    public static EmbeddedPostgres start(
            PostgresVersion version, Map<String, String> settings, Path parent, Map<String, String> files) {
        try {
            return start(PrivateCluster.create(version, settings, parent, files));
        } catch (IOException e) {
            throw new SluiceException(ExitCode.ERROR, "Cannot prepare " + version + ": " + e, e);
        }
    }

    /** Whether this machine permits {@link #startWithSmallDisk}: Linux with user namespaces for everybody. */
    public static boolean canHaveSmallDisks() {
        return SmallDisk.isPossible();
    }

    /** A server that has {@link #smallDisk} for tablespaces, a real one that gets full. It must not be restarted. */
    public static EmbeddedPostgres startWithSmallDisk(
            PostgresVersion version, Map<String, String> settings, Path parent, int megabytes) {
        try {
            return start(
                    PrivateCluster.create(version, settings, parent, Map.of()).withDisk(megabytes));
        } catch (IOException e) {
            throw new SluiceException(ExitCode.ERROR, "Cannot prepare " + version + ": " + e, e);
        }
    }

    /** Where the server, and nobody else, sees its small disk. */
    public Path smallDisk() {
        return cluster.disk().orElseThrow().directory();
    }

    /** What the server has logged so far. */
    public String log() {
        try {
            return Files.readString(cluster.directory().resolve("log"));
        } catch (IOException e) {
            throw new SluiceException(ExitCode.ERROR, "Cannot read the server's log: " + e, e);
        }
    }

    /**
     * Starts a streaming replica of this server, which can be read from ("hot standby"). To be closed before this server.
     *
     * @param applicationName by which {@code pg_stat_replication} of this server shows it
     */
    public EmbeddedPostgres startReplica(String applicationName) {
        return startReplica(applicationName, port);
    }

    /** The same, following this server by way of another port, at which something passes on what it gets. */
    public EmbeddedPostgres startReplica(String applicationName, int viaPort) {
        try (Connection session = connect("postgres")) {
            return start(cluster.replica(session, viaPort, applicationName));
        } catch (IOException | SQLException e) {
            throw new SluiceException(ExitCode.ERROR, "Cannot start a replica: " + e.getMessage(), e);
        }
    }

    private static EmbeddedPostgres start(PrivateCluster cluster) throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            try {
                return new EmbeddedPostgres(cluster, port, cluster.start(port));
            } catch (ServerProcess.StartFailed e) {
                // Somebody may take the port between our look and the server's.
                if (!e.isPortTaken() || attempt == ATTEMPTS) {
                    cluster.delete();
                    throw new SluiceException(ExitCode.ERROR, "Cannot start a server: " + e.getMessage(), e);
                }
            }
        }
    }

    /** For the PostgreSQL JDBC driver, password included. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + encoded(database) + "?user=" + user() + "&password="
                + password();
    }

    /** For psql and everything else built on libpq: {@code postgres://…}, password included. */
    public String url(String database) {
        return "postgres://" + user() + ":" + password() + "@127.0.0.1:" + port + "/" + encoded(database);
    }

    public int port() {
        return port;
    }

    /** The superuser. */
    public String user() {
        return ClusterTemplate.SUPERUSER;
    }

    public String password() {
        return cluster.template().password();
    }

    /** A new session of the superuser. The database {@code postgres} always exists. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database));
    }

    /**
     * Stops the server as a crash of it would: sessions are cut off, nothing is checkpointed. {@link #restart} then
     * recovers from the write-ahead log.
     */
    public synchronized void stopImmediately() {
        try {
            process.stopImmediately();
        } catch (IOException e) {
            throw new SluiceException(ExitCode.ERROR, "Cannot stop PostgreSQL: " + e, e);
        }
    }

    /** Kills the server's main process, as the kernel does when memory runs out. {@link #restart} then recovers. */
    public synchronized void kill() {
        try {
            process.kill(cluster.directory());
        } catch (IOException e) {
            throw new SluiceException(ExitCode.ERROR, "Cannot kill PostgreSQL: " + e, e);
        }
    }

    /** Makes a replica a primary, with all that it has received, and returns when it takes writes. */
    public void promote() {
        try (Connection session = connect("postgres");
                Statement statement = session.createStatement();
                ResultSet promoted = statement.executeQuery("SELECT pg_promote(true, 60)")) {
            if (!promoted.next() || !promoted.getBoolean(1)) {
                throw new SluiceException(ExitCode.ERROR, "The replica was not promoted within 60 s.");
            }
        } catch (SQLException e) {
            throw new SluiceException(ExitCode.ERROR, "Cannot promote the replica: " + e.getMessage(), e);
        }
    }

    /** Stops the server in an orderly way, if it still runs, and starts it on the same files and port. */
    public synchronized void restart() {
        try {
            process.stop();
            process = cluster.start(port);
        } catch (IOException | ServerProcess.StartFailed e) {
            throw new SluiceException(ExitCode.ERROR, "Cannot restart PostgreSQL: " + e.getMessage(), e);
        }
    }

    /** Stops the server and deletes its files. Closing again does nothing. */
    @Override
    public synchronized void close() {
        stopImmediately();
        try {
            cluster.delete();
        } catch (IOException e) {
            throw new SluiceException(ExitCode.ERROR, "Cannot delete " + cluster.directory() + ": " + e, e);
        }
    }

    private static int freePort() throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = FIRST_PORT + ThreadLocalRandom.current().nextInt(PORTS);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static String encoded(String database) {
        return URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
