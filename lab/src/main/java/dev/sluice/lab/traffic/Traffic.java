package dev.sluice.lab.traffic;

import static java.util.Objects.requireNonNull;

import dev.sluice.db.ConnectionSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A running application: an open loop. Request number <i>k</i> is due at <i>start + k / rate</i> whatever happened to the
 * requests before; a free connection takes the next due request, and its latency counts from when it was due. So a stall
 * is seen by every request that would have come in meanwhile (no coordinated omission).
 *
 * <p>Thread-safe. {@link #drain} is how a deploy stops an old version: nothing new is accepted, what is due is finished.
 */
public final class Traffic implements AutoCloseable {

    private final Application application;
    private final ConnectionSource connections;
    private final Load load;
    private final AtomicLong nextRequest = new AtomicLong();
    private final List<Thread> workers = new ArrayList<>();
    private volatile Recorder recorder;
    private volatile long start;
    private volatile long end = Long.MAX_VALUE;

    private Traffic(Application application, ConnectionSource connections, Load load, Recorder recorder) {
        this.application = requireNonNull(application);
        this.connections = requireNonNull(connections);
        this.load = requireNonNull(load);
        this.recorder = requireNonNull(recorder);
    }

    /** Connects and starts; returns when all connections are open. */
    public static Traffic start(Application application, ConnectionSource connections, Load load, Recorder recorder)
            throws SQLException {
        Traffic traffic = new Traffic(application, connections, load, recorder);
        List<Connection> open = new ArrayList<>();
        for (int i = 0; i < load.connections(); i++) {
            open.add(connections.open());
        }
        traffic.start = System.nanoTime();
        for (int i = 0; i < open.size(); i++) {
            Connection connection = open.get(i);
            Random random = new Random(load.seed() * 31 + i);
            Thread worker = new Thread(() -> traffic.work(connection, random), application.name() + "-" + i);
            worker.setDaemon(true);
            traffic.workers.add(worker);
            worker.start();
        }
        return traffic;
    }

    public Application application() {
        return application;
    }

    /** From now on counts into another recorder: the same application plays another part after a deploy. */
    public void recordInto(Recorder other) {
        recorder = requireNonNull(other);
    }

    /** Accepts no new request, finishes those that are due, disconnects, and returns. */
    public void drain() {
        end = Math.min(end, System.nanoTime() - start);
        boolean interrupted = false;
        for (Thread worker : workers) {
            while (worker.isAlive()) {
                try {
                    worker.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        drain();
    }

    private void work(Connection first, Random random) {
        Connection connection = first;
        try {
            while (true) {
                long due = (long) (nextRequest.getAndIncrement() * 1e9 / load.requestsPerSecond());
                if (!waitUntil(due)) {
                    return;
                }
                AppSession session = new AppSession(application.name(), connection, () -> recorder);
                serve(session, random);
                recorder.latency(System.nanoTime() - start - due);
                if (connection.isClosed()) {
                    connection = reconnect(session);
                }
            }
        } catch (SQLException e) {
            recorder.failed(new Failure(Instant.now(), application.name(), "connect", String.valueOf(e.getMessage())));
        } finally {
            closeQuietly(connection);
        }
    }

    /** False when the application stops before the request is due. */
    private boolean waitUntil(long due) {
        while (true) {
            if (due >= end) {
                return false;
            }
            long left = due - (System.nanoTime() - start);
            if (left <= 0) {
                return true;
            }
            // short naps, so that a drain does not wait for a rare request
            LockSupport.parkNanos(Math.min(left, 20_000_000));
        }
    }

    private void serve(AppSession session, Random random) {
        try {
            application.request(session, random);
        } catch (SQLException | WrongAnswerException counted) {
            // the session has counted it, with the statement and the message
            return;
        } catch (RuntimeException e) {
            session.fail("the simulated application failed: " + e);
        }
    }

    private Connection reconnect(AppSession session) throws SQLException {
        session.fail("connection lost");
        return connections.open();
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // the server is gone; that was counted when a statement failed
        }
    }
}
