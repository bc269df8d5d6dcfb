package dev.sluice.lifecycle;

import dev.sluice.lab.EmbeddedPostgres;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** A server of one life's own, which is killed and started again. */
final class CrashingServer implements Habitat {

    /** Long enough for those who connect again to be turned away first. */
    private static final long DOWN_NANOS = 50_000_000;

    private final EmbeddedPostgres server;
    private final PostgresVersion version;
    private final String name;
    private volatile CompletableFuture<Void> up = CompletableFuture.completedFuture(null);

    /** With an empty database of that name. */
    CrashingServer(EmbeddedPostgres server, PostgresVersion version, String name) throws SQLException {
        this.server = server;
        this.version = version;
        this.name = name;
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
    }

    @Override
    public TestDatabase database() {
        up.join();
        return new TestDatabase(server, version, name);
    }

    @Override
    public boolean isSteady() {
        return false;
    }

    /**
     * Returns when the server is down; it comes back by itself.
     *
     * @param postmaster whether only the main process is killed; otherwise as {@code pg_ctl stop -m immediate}
     */
    void crash(boolean postmaster) {
        CompletableFuture<Void> down = new CompletableFuture<>();
        up = down.thenRunAsync(() -> {
            LockSupport.parkNanos(DOWN_NANOS);
            server.restart();
        });
        if (postmaster) {
            server.kill();
        } else {
            server.stopImmediately();
        }
        down.complete(null);
    }
}
