package dev.sluice.lab.bench.scenario;

import dev.sluice.lab.bench.tool.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whoever holds a lock on {@code people} that DDL has to wait for. Closing it ends it. */
final class Blocker implements AutoCloseable {
    private final CountDownLatch stop = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    private volatile boolean failed;

    private Blocker() {}

    /** Whether a session broke off, so that nothing was held. */
    boolean isFailed() {
        return failed;
    }

    /** One transaction that has read and stays open for that long; returns when it holds its lock. */
    static Blocker reader(Database database, int seconds) throws SQLException, InterruptedException {
        Blocker blocker = new Blocker();
        blocker.session(database, 0, seconds * 1000L, 0);
        return blocker;
    }

    /** Two sessions with transactions of that length and pauses of a quarter to three quarters of it, the same every time. */
    static Blocker transactions(Database database, double seconds) throws SQLException, InterruptedException {
        Blocker blocker = new Blocker();
        long held = (long) (seconds * 1000);
        blocker.session(database, 0, held, held / 2);
        blocker.session(database, held / 2, held, held / 2);
        return blocker;
    }

    /** Makes an autovacuum of the table that would take minutes, and returns when it runs; the server looks for work every second. */
    static Blocker autovacuum(Database database) throws SQLException, InterruptedException {
        database.execute("""
            ALTER TABLE people SET (autovacuum_enabled = on, autovacuum_vacuum_threshold = 1,
              autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1);
            UPDATE people SET visits = visits + 1 WHERE id % 3 = 0;
            """);
        String vacuum = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'autovacuum worker'"
                + " AND datname = current_database() AND query LIKE 'autovacuum: VACUUM%people%'";
        for (int tries = 0; database.number(vacuum) == 0; tries++) {
            if (tries > 400) {
                throw new IllegalStateException("no autovacuum came");
            }
            Thread.sleep(100);
        }
        return new Blocker();
    }

    /** @param pause between two transactions, give or take a half; 0 for one transaction only */
    private void session(Database database, long delay, long held, long pause)
            throws SQLException, InterruptedException {
        Connection connection = database.connect();
        CountDownLatch holds = new CountDownLatch(1);
        Random random = new Random(delay);
        Thread thread = new Thread(
                () -> {
                    try (connection;
                            var statement = connection.createStatement()) {
                        connection.setAutoCommit(false);
                        boolean ended = stop.await(delay, TimeUnit.MILLISECONDS);
                        while (!ended) {
                            statement.execute("SELECT count(*) FROM (SELECT FROM people LIMIT 1) x");
                            holds.countDown();
                            ended = stop.await(held, TimeUnit.MILLISECONDS);
                            connection.commit();
                            ended = ended
                                    || pause == 0
                                    || stop.await(pause / 2 + random.nextLong(pause), TimeUnit.MILLISECONDS);
                        }
                    } catch (SQLException | InterruptedException e) {
                        failed = true;
                        holds.countDown();
                    }
                },
                "blocker");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
        if (delay == 0) {
            holds.await();
        }
    }

    @Override
    public void close() throws InterruptedException {
        stop.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
