package dev.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ExitCode;
import dev.sluice.Settings;
import dev.sluice.SluiceException;
import dev.sluice.db.ConnectionSource;
import dev.sluice.db.Session;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.relay.Relay;
import dev.sluice.lab.relay.Rule;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The lease's own connection is lost while its runner works. */
@ExtendWith(PostgresExtension.class)
@Timeout(60)
class LeaseDbTest {

    private static final String LOCK = "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND"
            + " database = (SELECT oid FROM pg_database WHERE datname = current_database())";

    private final Cancellation cancellation = new Cancellation();

    @Test
    void it_is_renewed_on_another_connection_with_its_lock(TestDatabase database) throws Exception {
        try (Relay relay = Relay.to(database.server().port(), Rule.NONE);
                Session look = Session.open(database::connect, "test");
                Lease lease = acquire(through(relay, database), RunFixture.settings(), cancellation)) {
            long first = backend(look);

            relay.cutAll();

            RunFixture.await(
                    "the lock of another session",
                    () -> look.isTrue(LOCK + " AND pid <> " + first + ")")
                            && look.isTrue("SELECT heartbeat_at > acquired_at FROM sluice.lease"));
            assertThat(look.one("SELECT epoch FROM sluice.lease", row -> row.number(1)))
                    .hasValue(lease.epoch());
            assertThatThrownBy(() -> acquire(
                            database::connect,
                            RunFixture.settings().withWaitForRunner(Duration.ZERO),
                            new Cancellation()))
                    .isInstanceOfSatisfying(
                            SluiceException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.LOCK_NOT_ACQUIRED));
            cancellation.check();
        }
        try (Lease next = acquire(
                database::connect, RunFixture.settings().withWaitForRunner(Duration.ZERO), new Cancellation())) {
            assertThat(next.isPooled()).isFalse();
        }
    }

    @Test
    void whoever_was_replaced_while_it_was_gone_hears_of_it(TestDatabase database) throws Exception {
        try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Relay relay = Relay.to(database.server().port(), Rule.NONE);
                Lease lost = acquire(through(relay, database), RunFixture.settings(), cancellation)) {
            int silent = nobody.getLocalPort();
            nobody.close(); // from here on connections to it are refused
            relay.redirect(silent);
            relay.cutAll();
            try (Lease next = acquire(database::connect, RunFixture.settings(), new Cancellation())) {
                assertThat(next.epoch()).isGreaterThan(lost.epoch());
                relay.redirect(database.server().port());

                RunFixture.await("the end of the first", this::isCancelled);
            }
            assertThatThrownBy(cancellation::check)
                    .isInstanceOf(FencedException.class)
                    .hasMessageContaining("another runner has taken over");
        }
    }

    /** It comes again by itself; nobody who wants to end has to wait for it. */
    @Test
    void a_renewal_does_not_wait_for_a_server_that_takes_no_connections(TestDatabase database) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        ConnectionSource closing = () -> {
            if (asked.incrementAndGet() > 1) {
                throw new SQLException("FATAL: the database system is shutting down", "57P03");
            }
            return database.connect();
        };
        Settings patient = RunFixture.settings().withReconnectFor(Duration.ofHours(1));
        try (Session look = Session.open(database::connect, "test");
                Lease lease = acquire(closing, patient, cancellation)) {
            look.query("SELECT pg_terminate_backend(?::bigint::int)", row -> true, backend(look));
            RunFixture.await("two renewals", () -> asked.get() >= 3);
            assertThat(lease.epoch()).isPositive();
            cancellation.check();
        }
    }

    /** Once for the whole of it, and not once more for each connection. */
    @Test
    void nobody_waits_who_tries_again_himself_or_has_waited_already(TestDatabase database) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        ConnectionSource full = () -> {
            if (asked.incrementAndGet() > 1) {
                throw new SQLException("FATAL: sorry, too many clients already", "53300");
            }
            return database.connect();
        };
        Settings patient = RunFixture.settings().withReconnectFor(Duration.ofHours(1));
        PatientConnections connections = PatientConnections.of(full, patient, cancellation, event -> {});
        try (Worker worker = new Worker(connections, false, patient, cancellation)) {
            assertThatThrownBy(() -> worker.connections().open()).hasMessageContaining("too many clients");
            assertThatThrownBy(() -> connections.until(Instant.now()).open()).hasMessageContaining("too many clients");
            assertThat(asked).hasValue(3);
        }
    }

    private boolean isCancelled() {
        try {
            cancellation.check();
            return false;
        } catch (FencedException e) {
            return true;
        }
    }

    private static Lease acquire(ConnectionSource source, Settings settings, Cancellation cancellation) {
        return Lease.acquire(
                PatientConnections.of(source, settings, cancellation, event -> {}),
                settings,
                event -> {},
                cancellation);
    }

    private static ConnectionSource through(Relay relay, TestDatabase database) {
        String url = database.jdbcUrl().replace(":" + database.server().port() + "/", ":" + relay.port() + "/");
        return () -> DriverManager.getConnection(url);
    }

    private static long backend(Session look) {
        return look.one("SELECT backend FROM sluice.lease", row -> row.number(1))
                .orElseThrow();
    }
}
