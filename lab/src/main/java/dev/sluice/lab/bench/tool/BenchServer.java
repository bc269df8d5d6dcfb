package dev.sluice.lab.bench.tool;

import dev.sluice.lab.EmbeddedPostgres;
import dev.sluice.lab.PostgresSettings;
import dev.sluice.lab.PostgresVersion;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/**
 * A server of one variant, with a database {@value #MODEL} that the variant fills once; every run works on a fresh copy of it, so
 * that all methods meet the same pages.
 */
public final class BenchServer implements AutoCloseable {
    private static final String MODEL = "model";

    private final EmbeddedPostgres server;
    private int copies;
    private long postmaster;

    private BenchServer(EmbeddedPostgres server) {
        this.server = server;
    }

    /** As production servers are: commits wait for the disk, the tables of a variant fit into memory. */
    public static Map<String, String> production() {
        return Map.of(
                "shared_buffers", "1GB",
                "max_connections", "100",
                "max_wal_size", "4GB",
                "checkpoint_timeout", "15min",
                "autovacuum", "off",
                "timezone", "UTC");
    }

    /** Where nothing waits for the disk, so that it cannot hide what a client costs; counts statements. */
    public static Map<String, String> counting() {
        return PostgresSettings.with(
                PostgresSettings.forTests(),
                Map.of(
                        "shared_preload_libraries", "pg_stat_statements",
                        "pg_stat_statements.max", "50000",
                        "max_locks_per_transaction", "1024"));
    }

    public static BenchServer start(PostgresVersion version, Map<String, String> settings) {
        return new BenchServer(EmbeddedPostgres.start(version, settings));
    }

    /**
     * From now on connecting costs what it costs elsewhere: the lab's password is hashed in one iteration, which pgroll's driver
     * refuses besides.
     */
    public BenchServer withPasswordAsUsual() throws SQLException {
        if (admin().number("SELECT current_setting('server_version_num')::int") >= 160000) {
            admin().execute("SET scram_iterations = 4096; ALTER ROLE " + server.user() + " PASSWORD '"
                    + server.password() + "'");
        }
        return this;
    }

    /** The database that others are copied from. */
    public Database model(String setup) throws SQLException {
        admin().execute("CREATE DATABASE " + MODEL);
        Database model = new Database(server, MODEL);
        model.execute(setup);
        return model;
    }

    /** A copy of the model whose pages were read once, after a checkpoint. */
    public Database copy(String... tables) throws SQLException {
        Database admin = admin();
        String name = "run_" + ++copies;
        admin.execute("CREATE DATABASE " + name + " TEMPLATE " + MODEL
                + (admin.number("SELECT current_setting('server_version_num')::int") >= 150000
                        ? " STRATEGY = file_copy"
                        : ""));
        Database database = new Database(server, name);
        for (String table : tables) {
            database.number("SELECT count(*) FROM " + table + " x WHERE x IS NOT NULL");
        }
        admin.execute("CHECKPOINT");
        return database;
    }

    /** An empty database. */
    public Database empty() throws SQLException {
        String name = "run_" + ++copies;
        admin().execute("CREATE DATABASE " + name);
        return new Database(server, name);
    }

    public void drop(Database database) throws SQLException {
        admin().execute("DROP DATABASE " + database.name() + " WITH (FORCE)");
    }

    public Database admin() {
        return new Database(server, "postgres");
    }

    /** Processor time of all processes of the server since it started, in seconds; Linux only. */
    public double cpuSeconds() throws SQLException {
        if (postmaster == 0) {
            postmaster = (long) admin().number("SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)");
        }
        return ServerCpu.seconds(postmaster);
    }

    public String version() throws SQLException {
        try (Connection connection = server.connect("postgres")) {
            return connection.getMetaData().getDatabaseProductVersion();
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
