package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.Catalog;
import dev.sluice.db.Session;
import dev.sluice.diff.CatalogDiff;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import dev.sluice.lab.relay.Cut;
import dev.sluice.lab.relay.Relay;
import dev.sluice.lab.relay.Rule;
import dev.sluice.lab.relay.Sent;
import dev.sluice.lab.relay.TransactionPool;
import dev.sluice.postgres.CatalogReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program in a process of its own, killed at a statement, or stopped (SIGSTOP) until its lease is over and another one
 * has done the work. A relay between it and its server says when. {@code sluice.crash.seed} replays (each failure says its
 * own).
 */
@ExtendWith(PostgresExtension.class)
@DisabledOnOs(OS.WINDOWS)
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class RunnerProcessDbTest {

    private static final String SCHEMA = """
            CREATE TABLE users (id bigint PRIMARY KEY, first_name text NOT NULL, last_name text NOT NULL, age int);
            INSERT INTO users SELECT i, 'F' || i, 'L' || i, i % 90 FROM generate_series(1, 3000) i;
            ANALYZE users;
            """;

    private static final String UP = """
            ALTER TABLE users ADD COLUMN full_name text;
            UPDATE users SET full_name = concat(first_name, ' ', last_name);
            ALTER TABLE users ALTER COLUMN full_name SET NOT NULL;
            CREATE INDEX users_age ON users (age);
            DELETE FROM users WHERE age = 17;
            ALTER TABLE users DROP COLUMN first_name;
            """;

    private final long seed = Long.getLong("sluice.crash.seed", new Random().nextInt(1_000_000));
    /** Of the seed and the repetition: one seed has as many places as there are repetitions. */
    private Random random = new Random(seed);

    @TempDir
    private Path directory;

    private TestDatabase database;
    private TestDatabase plain;

    @BeforeEach
    void prepare(TestDatabases databases, TestInfo test) throws SQLException {
        random = new Random(seed + test.getDisplayName().hashCode());
        database = databases.create();
        plain = databases.create();
        database.execute(SCHEMA);
        plain.execute(SCHEMA);
        new TestProject(directory, Map.of()).migration("20260131120000_full_name", UP);
    }

    @RepeatedTest(3)
    void aKilledProcessIsFollowedByAnother() throws Exception {
        killed();
    }

    @Tag("full")
    @RepeatedTest(60)
    void aKilledProcessIsFollowedByAnotherAtMorePlaces() throws Exception {
        killed();
    }

    private void killed() throws Exception {
        boolean down = random.nextInt(3) == 0;
        if (!down) {
            plain.execute(UP);
        }
        String command = down || random.nextBoolean() ? "up" : "contract";
        if (command.equals("contract")) {
            assertThat(sluice("up").code()).isZero();
        }
        long number = 1L + random.nextInt(command.equals("up") ? 160 : 60);
        boolean reached = killed(command, number);
        TestProject.Said next = down ? sluice("down", "--yes") : sluice(command);
        assertThat(next.code()).as("seed %d, %s", seed, next).isZero();
        if (!down && command.equals("up")) {
            assertThat(sluice("contract").code()).isZero();
        }
        assertThat(differences())
                .as("seed %d, %s, reached: %s", seed, command, reached)
                .isEmpty();
        assertThat(rows(database)).as("seed %d, %s", seed, command).isEqualTo(rows(plain));
    }

    /** @return whether the process had not ended before */
    private boolean killed(String command, long number) throws Exception {
        CompletableFuture<SluiceProcess> victim = new CompletableFuture<>();
        AtomicBoolean reached = new AtomicBoolean();
        boolean delivered = random.nextBoolean();
        Rule rule = new Rule() {
            @Override
            public Optional<Cut> on(Sent sent) {
                if (sent.number() < number) {
                    return Optional.empty();
                }
                kill(victim.join());
                reached.set(true);
                return delivered ? Optional.empty() : Optional.of(new Cut(Cut.Moment.BEFORE, Cut.Reach.CONNECTION));
            }
        };
        try (Relay relay = Relay.to(database.server().port(), rule);
                SluiceProcess process = SluiceProcess.start(directory, through(relay.port()), command)) {
            victim.complete(process);
            SluiceProcess.Ended ended = process.end();
            assertThat(ended.code()).as("seed %d: %s", seed, ended.err()).isEqualTo(reached.get() ? 137 : 0);
        }
        return reached.get();
    }

    /** Its lease is over without anybody's doing: behind a pooler there is only the row. */
    @Test
    void aStoppedProcessChangesNothingWhenAnotherHasDoneItsWork() throws Exception {
        stoppedBehindAPooler(false);
    }

    @Tag("full")
    @RepeatedTest(10)
    void aStoppedProcessChangesNothingWhereverItWasStopped() throws Exception {
        stoppedBehindAPooler(true);
    }

    /** @param really whether to wait until the lease is over; otherwise its end is moved */
    private void stoppedBehindAPooler(boolean really) throws Exception {
        // The relay stops a process between two messages, within a transaction that the server has begun for the first
        // one.
        // An index that is built concurrently would wait for it.
        String up = UP.replace("CREATE INDEX users_age ON users (age);", "");
        new TestProject(directory, Map.of()).migration("20260131120000_full_name", up);
        plain.execute(up);
        Stopping stopping = new Stopping(1 + random.nextInt(60));
        try (TransactionPool pool = TransactionPool.to(database.server().port());
                Relay relay = Relay.to(pool.port(), stopping);
                SluiceProcess stopped = SluiceProcess.start(directory, through(relay.port()), "up")) {
            stopping.process.complete(stopped);
            stopping.await();
            if (!really) {
                database.execute("UPDATE sluice.lease SET expires_at = clock_timestamp()");
            }
            TestProject.Said other = sluice("up", "--wait-for-runner", "60s");
            assertThat(other.code())
                    .as("seed %d, %s, at %s", seed, other, stopping.at)
                    .isZero();
            assertThat(sluice("contract").code()).isZero();
            Everything before = everything();

            stopping.resume();
            SluiceProcess.Ended ended = stopped.end();
            assertThat(ended.err())
                    .as("seed %d, stopped at %s", seed, stopping.at)
                    .contains("another runner has taken over this database");
            assertThat(ended.code()).isEqualTo(6);
            before.requireSame(everything(), "seed " + seed + ", stopped at " + stopping.at);
        }
        assertThat(differences()).isEmpty();
        assertThat(rows(database)).isEqualTo(rows(plain));
    }

    /** Without a pooler the lock of its live session keeps others out, until a person ends it. */
    @Test
    void aStoppedProcessKeepsOthersOutUntilItsSessionsAreEnded() throws Exception {
        plain.execute(UP);
        Stopping stopping = new Stopping(20);
        try (Relay relay = Relay.to(database.server().port(), stopping);
                SluiceProcess stopped = SluiceProcess.start(directory, through(relay.port()), "up")) {
            stopping.process.complete(stopped);
            stopping.await();
            database.execute("UPDATE sluice.lease SET heartbeat_at = heartbeat_at - interval '40 s', expires_at ="
                    + " clock_timestamp()");
            TestProject.Said waiting = sluice("up", "--wait-for-runner", "1s");
            assertThat(waiting.code()).isEqualTo(4);
            assertThat(waiting.err())
                    .contains("another runner is at work on this database: ")
                    .contains("process " + stopped.process().pid())
                    .containsPattern("last sign of life 4[0-9] s ago")
                    .contains("pg_terminate_backend");

            endSessions("sluice %");
            assertThat(sluice("up").code()).isZero();
            assertThat(sluice("contract").code()).isZero();
            Everything before = everything();
            stopping.resume();
            SluiceProcess.Ended ended = stopped.end();
            assertThat(ended.code()).as(ended.err()).isEqualTo(6);
            assertThat(ended.err()).contains("another runner has taken over this database");
            before.requireSame(everything(), stopping.at);
        }
        assertThat(differences()).isEmpty();
        assertThat(rows(database)).isEqualTo(rows(plain));
    }

    /** Stopped after it has checked its lease and before its COMMIT, it holds the lease's row. Nobody waits for ever. */
    @Test
    void aProcessThatIsStoppedBeforeItsCommitIsWaitedForNoLongerThanAsked() throws Exception {
        plain.execute(UP);
        Stopping stopping = new Stopping(Integer.MAX_VALUE);
        stopping.inside = true;
        try (Relay relay = Relay.to(database.server().port(), stopping);
                SluiceProcess stopped = SluiceProcess.start(directory, through(relay.port()), "up")) {
            stopping.process.complete(stopped);
            stopping.await();
            database.execute("UPDATE sluice.lease SET expires_at = clock_timestamp()");
            endSessions("sluice lease");
            TestProject.Said waiting = sluice("up", "--wait-for-runner", "2s");
            assertThat(waiting.code()).as(waiting.toString()).isEqualTo(4);
            assertThat(waiting.err()).contains("process " + stopped.process().pid());

            endSessions("sluice %");
            assertThat(sluice("up").code()).isZero();
            assertThat(sluice("contract").code()).isZero();
            Everything before = everything();
            stopping.resume();
            assertThat(stopped.end().code()).isNotZero();
            before.requireSame(everything(), stopping.at);
        }
        assertThat(differences()).isEmpty();
        assertThat(rows(database)).isEqualTo(rows(plain));
    }

    /** Stops the process at the first statement outside of a transaction from that number on, counted from its first step. */
    private static final class Stopping implements Rule {
        private final long number;
        private final CompletableFuture<SluiceProcess> process = new CompletableFuture<>();
        private final CountDownLatch stopped = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final Map<Long, Boolean> inTransaction = new java.util.concurrent.ConcurrentHashMap<>();
        private volatile boolean inside;
        private volatile String at = "";
        private boolean begun;
        private long seen;

        Stopping(long number) {
            this.number = number;
        }

        @Override
        public Optional<Cut> on(Sent sent) {
            if (isThePlace(sent)) {
                SluiceProcess victim = process.join();
                signal(victim, "STOP");
                stopped.countDown();
                awaitUninterruptibly(goOn);
            } else if (stopped.getCount() == 0) {
                awaitUninterruptibly(goOn); // a process that is stopped sends nothing
            }
            return Optional.empty();
        }

        private synchronized boolean isThePlace(Sent sent) {
            boolean before = inTransaction.getOrDefault(sent.connection(), false);
            String sql = sent.sql().strip();
            inTransaction.put(
                    sent.connection(),
                    sql.equals("BEGIN") || before && !sql.equals("COMMIT") && !sql.equals("ROLLBACK"));
            begun |= sql.startsWith("INSERT INTO sluice.migration");
            if (!begun || stopped.getCount() == 0 || !at.isEmpty()) {
                return false;
            }
            seen++;
            boolean here = inside ? sql.startsWith("INSERT INTO sluice.step") : !before && seen >= number;
            if (here) {
                at = "statement " + sent.number() + ": " + sql;
            }
            return here;
        }

        void await() throws InterruptedException {
            assertThat(stopped.await(100, TimeUnit.SECONDS))
                    .as("came to its place")
                    .isTrue();
        }

        void resume() {
            signal(process.join(), "CONT");
            goOn.countDown();
        }
    }

    private void endSessions(String name) throws SQLException {
        database.execute("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE application_name LIKE '"
                + name + "' AND datname = current_database()");
    }

    private static void kill(SluiceProcess process) {
        signal(process, "KILL");
    }

    private static void signal(SluiceProcess process, String name) {
        try {
            process.signal(name);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await(Duration.ofSeconds(150).toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String through(int port) {
        return database.url().replace(":" + database.server().port() + "/", ":" + port + "/");
    }

    private TestProject.Said sluice(String... arguments) {
        return TestProject.of(directory, database).sluice(arguments);
    }

    private List<?> differences() {
        return CatalogDiff.compare(catalog(plain), catalog(database), CatalogDiff.Options.WITHOUT_SLUICE);
    }

    private static Catalog catalog(TestDatabase of) {
        try (Session session = Session.open(of::connect, "test")) {
            return CatalogReader.read(session);
        }
    }

    private static String rows(TestDatabase of) {
        try (Session session = Session.open(of::connect, "test")) {
            boolean renamed = session.isTrue("SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid ="
                    + " 'users'::regclass AND attname = 'full_name')");
            return session.one(
                            "SELECT count(*) || ' ' || sum(hashtextextended(concat_ws('|', id, last_name, age, "
                                    + (renamed ? "full_name" : "first_name") + "), 0)::numeric) FROM users",
                            row -> row.text(1))
                    .orElseThrow();
        }
    }

    /** What must not change any more. */
    private record Everything(Catalog catalog, String rows, String journal) {
        void requireSame(Everything later, String where) {
            assertThat(CatalogDiff.compare(catalog, later.catalog, CatalogDiff.Options.STRICT))
                    .as(where)
                    .isEmpty();
            assertThat(later.rows).as(where).isEqualTo(rows);
            assertThat(later.journal).as(where).isEqualTo(journal);
        }
    }

    private Everything everything() {
        try (Session session = Session.open(database::connect, "test")) {
            return new Everything(
                    catalog(database),
                    rows(database),
                    session.one(
                                    "SELECT (SELECT count(*) FROM sluice.event) || ' ' || (SELECT string_agg(id || state, ','"
                                            + " ORDER BY id) FROM sluice.step) || ' ' || (SELECT string_agg(state, ',')"
                                            + " FROM sluice.migration)",
                                    row -> row.text(1))
                            .orElseThrow());
        }
    }
}
