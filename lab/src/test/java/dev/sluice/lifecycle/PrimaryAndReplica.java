package dev.sluice.lifecycle;

import dev.sluice.db.Session;
import dev.sluice.lab.EmbeddedPostgres;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.relay.Relay;
import dev.sluice.lab.relay.Rule;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** A server that is lost, and its replica, which takes its place: with all that was confirmed, or without the end of it. */
final class PrimaryAndReplica implements Habitat, AutoCloseable {

    private static final String NAME = "life";

    private final EmbeddedPostgres primary;
    private final Relay replication;
    private final EmbeddedPostgres replica;
    private final PostgresVersion version;
    private final boolean synchronous;
    private volatile CompletableFuture<EmbeddedPostgres> leader;

    PrimaryAndReplica(PostgresVersion version, Map<String, String> settings, boolean synchronous) throws IOException {
        this.version = version;
        this.synchronous = synchronous;
        this.primary = EmbeddedPostgres.start(version, settings);
        this.leader = CompletableFuture.completedFuture(primary);
        this.replication = Relay.to(primary.port(), Rule.NONE);
        this.replica = primary.startReplica("standby_a", replication.port());
        try (Session session = Session.open(() -> primary.connect("postgres"), "test")) {
            if (synchronous) {
                session.execute("ALTER SYSTEM SET synchronous_standby_names = 'standby_a'");
                session.execute("SELECT pg_reload_conf()");
            }
            String wanted = synchronous ? "sync" : "async";
            while (!session.isTrue(
                    "SELECT EXISTS (SELECT FROM pg_stat_replication WHERE state = 'streaming' AND sync_state = ?)",
                    wanted)) {
                LockSupport.parkNanos(2_000_000);
            }
            session.execute("CREATE DATABASE " + NAME);
        }
    }

    @Override
    public TestDatabase database() {
        return new TestDatabase(leader.join(), version, NAME);
    }

    /** As the documentation tells users to write it, the old primary by way of the relay. */
    @Override
    public String url(Relay relay) {
        return "jdbc:postgresql://127.0.0.1:" + relay.port() + ",127.0.0.1:" + replica.port() + "/" + NAME
                + "?targetServerType=primary&hostRecheckSeconds=1&user=" + primary.user() + "&password="
                + primary.password();
    }

    @Override
    public boolean isSteady() {
        return false;
    }

    @Override
    public boolean keepsItsWord() {
        return synchronous;
    }

    /** From here on the replica gets nothing more. Not for a synchronous one: everybody would wait for it. */
    void separate() {
        replication.close();
    }

    /** The primary is no more; the replica takes over by itself. */
    void lose() {
        CompletableFuture<EmbeddedPostgres> down = new CompletableFuture<>();
        leader = down.thenApplyAsync(lost -> {
            replica.promote();
            return replica;
        });
        primary.stopImmediately();
        down.complete(primary);
    }

    @Override
    public void close() {
        replica.close();
        replication.close();
        primary.close();
    }
}
