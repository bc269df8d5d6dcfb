package dev.sluice.run;

import static dev.sluice.run.RunFixture.USERS;
import static dev.sluice.run.RunFixture.addColumn;
import static dev.sluice.run.RunFixture.expandOnly;
import static dev.sluice.run.RunFixture.info;
import static dev.sluice.run.RunFixture.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.lab.EmbeddedPostgres;
import dev.sluice.lab.PostgresSettings;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.relay.Cut;
import dev.sluice.lab.relay.Relay;
import dev.sluice.lab.relay.Rule;
import dev.sluice.lab.relay.Sent;
import dev.sluice.plan.Assignment;
import dev.sluice.plan.Step;
import dev.sluice.sql.QualifiedName;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The server does not know any more what it has confirmed, and the runner does: a replica is promoted that lags, or the
 * server crashes with commits that did not wait for the disk. Nothing may be left out because the runner remembers it.
 */
class ForgetfulServerDbTest {

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_run_goes_on_at_the_new_primary_unless_that_lacks_a_finished_step(boolean lacks) throws Exception {
        EmbeddedPostgres primary = server(Map.of());
        Relay replication = with(Relay.to(primary.port(), Rule.NONE));
        EmbeddedPostgres replica = with(primary.startReplica("standby_a", replication.port()));
        RunFixture fixture = fixture(primary);
        fixture.with(expandOnly("1", addColumn("a", "a"), addColumn("b", "b"), addColumn("c", "c")));
        awaitReplay(fixture, replica);
        fixture.onEvent(event -> {
            if (event instanceof RunEvent.StepStarted started && started.number() == (lacks ? 2 : 3)) {
                awaitReplay(fixture, replica);
                replication.close();
            }
            if (event instanceof RunEvent.StepStarted started && started.number() == 3) {
                primary.stopImmediately();
                replica.promote();
            }
        });
        String url = "jdbc:postgresql://127.0.0.1:" + primary.port() + ",127.0.0.1:" + replica.port()
                + "/postgres?targetServerType=primary&hostRecheckSeconds=1&user=" + primary.user() + "&password="
                + primary.password();
        var migrator = fixture.migrator(() -> DriverManager.getConnection(url), RunFixture.settings());
        RunFixture promoted = with(RunFixture.of(database(replica)));

        if (lacks) {
            assertThatThrownBy(() -> migrator.up(UpOptions.all()))
                    .isInstanceOf(FencedException.class)
                    .hasMessageContaining("does not know all that was confirmed")
                    .hasMessageContaining("a replica was promoted")
                    .hasMessageContaining("the same command again");
            assertThat(columns(promoted)).isEqualTo("id email a");
            assertThat(promoted.state("1")).isEqualTo("expanding");
        }
        fixture.onEvent(event -> {});
        assertThat(migrator.up(UpOptions.all()).outcomes()).hasSize(1);
        assertThat(columns(promoted)).isEqualTo("id email a b c");
        assertThat(promoted.state("1")).isEqualTo("applied");
        assertThat(promoted.text("SELECT string_agg(step, ' ' ORDER BY id) FROM sluice.event WHERE kind = 'step done'"))
                .isEqualTo("a b c");
    }

    @Test
    void migrations_of_one_transaction_are_not_left_out_either() throws Exception {
        EmbeddedPostgres primary = server(Map.of());
        Relay replication = with(Relay.to(primary.port(), Rule.NONE));
        EmbeddedPostgres replica = with(primary.startReplica("standby_a", replication.port()));
        RunFixture fixture = fixture(primary);
        for (String version : List.of("1", "2", "3")) {
            fixture.with(expandOnly(version, plain("p", "CREATE TABLE t" + version + " ()")));
        }
        fixture.onEvent(event -> {
            if (event instanceof RunEvent.MigrationStarted started) {
                String version = started.plan().migration().version();
                if (version.equals("2")) {
                    awaitReplay(fixture, replica);
                    replication.close();
                } else if (version.equals("3")) {
                    primary.stopImmediately();
                    replica.promote();
                }
            }
        });
        String url = "jdbc:postgresql://127.0.0.1:" + primary.port() + ",127.0.0.1:" + replica.port()
                + "/postgres?targetServerType=primary&hostRecheckSeconds=1&user=" + primary.user() + "&password="
                + primary.password();
        var migrator = fixture.migrator(() -> DriverManager.getConnection(url), RunFixture.settings());
        assertThatThrownBy(() -> migrator.up(UpOptions.all()))
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("does not know all that was confirmed");
        RunFixture promoted = with(RunFixture.of(database(replica)));
        assertThat(promoted.hasRelation("t1")).isTrue();
        assertThat(promoted.hasRelation("t2")).isFalse();
        assertThat(promoted.hasRelation("t3")).isFalse();
        fixture.onEvent(event -> {});
        assertThat(migrator.up(UpOptions.all()).outcomes()).hasSize(2);
        assertThat(promoted.isTrue("SELECT count(*) = 3 FROM sluice.migration WHERE state = 'applied'"))
                .isTrue();
    }

    /** No epoch is given out twice, not even by a server that has forgotten one. */
    @Test
    void an_epoch_that_was_lost_is_not_given_to_another_runner() throws Exception {
        RunFixture fixture = fixture(server(Map.of()));
        fixture.with(expandOnly("1", addColumn("a", "a")));
        fixture.migrator().up(UpOptions.all());
        long lost = Long.parseLong(fixture.text("SELECT epoch::text FROM sluice.lease"));
        fixture.execute("UPDATE sluice.lease SET epoch = epoch - 1");
        fixture.with(expandOnly("2", addColumn("b", "b")));
        fixture.migrator().up(UpOptions.all());
        assertThat(Long.parseLong(fixture.text("SELECT epoch::text FROM sluice.lease")))
                .isGreaterThan(lost);
    }

    @Test
    void steps_wait_for_the_disk_whatever_the_administrator_has_set() throws Exception {
        EmbeddedPostgres server = server(Map.of("synchronous_commit", "off", "wal_writer_delay", "10s"));
        RunFixture fixture = fixture(server);
        fixture.with(expandOnly("1", addColumn("a", "a"), addColumn("b", "b"), addColumn("c", "c")));
        fixture.onEvent(event -> {
            if (event instanceof RunEvent.StepStarted started && started.number() == 3) {
                server.stopImmediately();
                server.restart();
            }
        });
        fixture.migrator().up(UpOptions.all());
        assertThat(columns(with(RunFixture.of(database(server))))).isEqualTo("id email a b c");
    }

    /** Batches do not wait for the disk. The server crashes when the runner has seen, by looking, that none is left out. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void the_last_batches_of_an_update_are_not_left_out(int after) throws Exception {
        EmbeddedPostgres server = server(Map.of("wal_writer_delay", "10s"));
        RunFixture fixture = fixture(server);
        fixture.execute("ALTER TABLE users ADD COLUMN n int NOT NULL DEFAULT 0");
        Step.BatchedDml count = new Step.BatchedDml(
                info("count", List.of()),
                USERS,
                Step.BatchedDml.Kind.UPDATE,
                List.of(new Assignment("n", "n + 1")),
                "true",
                List.of("id"),
                List.of("n"),
                QualifiedName.of("public", "archive"));
        fixture.with(expandOnly("1", addColumn("a", "full_name"), count));
        AtomicInteger since = new AtomicInteger(-1);
        Rule crash = new Rule() {
            @Override
            public Optional<Cut> on(Sent sent) {
                if (sent.sql().contains("LIMIT 100000")) {
                    since.compareAndSet(-1, 0);
                } else if (since.get() >= 0 && since.incrementAndGet() == after) {
                    server.stopImmediately();
                    server.restart();
                }
                return Optional.empty();
            }
        };
        Relay relay = with(Relay.to(server.port(), crash));
        String url = server.jdbcUrl("postgres").replace(":" + server.port() + "/", ":" + relay.port() + "/");
        fixture.migrator(() -> DriverManager.getConnection(url), RunFixture.settings())
                .up(UpOptions.all());
        RunFixture left = with(RunFixture.of(database(server)));
        assertThat(since.get()).as("the crash happened").isGreaterThanOrEqualTo(after);
        assertThat(left.text("SELECT string_agg(DISTINCT n::text, ' ') FROM users"))
                .isEqualTo("1");
        assertThat(left.text("SELECT count(*)::text FROM archive")).isEqualTo("100");
    }

    private EmbeddedPostgres server(Map<String, String> settings) {
        Map<String, String> durable = PostgresSettings.with(
                PostgresSettings.forTests(), Map.of("synchronous_commit", "on", "shared_buffers", "8MB"));
        return with(EmbeddedPostgres.start(PostgresVersion.tested(), PostgresSettings.with(durable, settings)));
    }

    private RunFixture fixture(EmbeddedPostgres server) throws SQLException {
        return with(new RunFixture(database(server)));
    }

    private static TestDatabase database(EmbeddedPostgres server) {
        return new TestDatabase(server, PostgresVersion.tested(), "postgres");
    }

    private <T extends AutoCloseable> T with(T closeable) {
        open.add(closeable);
        return closeable;
    }

    private static void awaitReplay(RunFixture primary, EmbeddedPostgres replica) {
        String end = primary.text("SELECT pg_current_wal_flush_lsn()::text");
        try (var session = replica.connect("postgres");
                var statement = session.createStatement()) {
            RunFixture.await("the replica to have replayed " + end, () -> {
                try (var rows = statement.executeQuery("SELECT pg_last_wal_replay_lsn() >= '" + end + "'")) {
                    return rows.next() && rows.getBoolean(1);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String columns(RunFixture fixture) {
        return fixture.text("SELECT string_agg(attname, ' ' ORDER BY attnum) FROM pg_attribute WHERE attrelid ="
                + " 'users'::regclass AND attnum > 0 AND NOT attisdropped");
    }
}
