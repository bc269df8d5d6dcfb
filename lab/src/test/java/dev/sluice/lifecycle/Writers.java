package dev.sluice.lifecycle;

import dev.sluice.db.ConnectionSource;
import dev.sluice.db.DatabaseException;
import dev.sluice.lab.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * One application version: runs its statements over and over on a connection of its own, and keeps every failure. Where
 * servers stop, it connects again, and keeps a {@link Ledger}; that the server was down is no failure of a statement.
 */
final class Writers implements AutoCloseable {

    private static final AtomicLong NUMBERS = new AtomicLong(10_000_000);

    private static final int AT_FULL_SPEED = 200;

    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private final Queue<Long> confirmed = new ConcurrentLinkedQueue<>();
    private final AtomicLong done = new AtomicLong();
    private final ConnectionSource source;
    private final String version;
    private final List<String> statements;
    private final long rows;
    private final boolean connectsAgain;
    private final Thread thread;
    private volatile boolean stopped;

    private Writers(
            ConnectionSource source, String version, List<String> statements, long rows, boolean connectsAgain) {
        this.source = source;
        this.version = version;
        this.statements = List.copyOf(statements);
        this.rows = rows;
        this.connectsAgain = connectsAgain;
        this.thread = new Thread(this::write, version + " version");
    }

    static Writers start(TestDatabase database, String version, List<String> statements, long rows) {
        return new Writers(database::connect, version, statements, rows, false).begin();
    }

    /** With a ledger, which must be there. */
    static Writers startSturdy(ConnectionSource source, String version, List<String> statements, long rows) {
        return new Writers(source, version, statements, rows, true).begin();
    }

    private Writers begin() {
        thread.start();
        return this;
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    /** What was run, in that order. */
    List<String> log() {
        return List.copyOf(log);
    }

    /** The numbers, in the ledger, of what the server has confirmed. */
    List<Long> confirmed() {
        return List.copyOf(confirmed);
    }

    /** Waits until each of the statements has run some more times, in a state that does not change meanwhile. */
    void keepOn() {
        long enough = done.get() + 3L * statements.size();
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (done.get() < enough && failures.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
        if (done.get() < enough && failures.isEmpty()) {
            failures.add(version + ": the statements came to a halt");
        }
    }

    private void write() {
        boolean again = !statements.isEmpty();
        while (again && !stopped) {
            again = false;
            try (Connection connection = source.open();
                    Statement sql = connection.createStatement()) {
                writeOn(sql);
            } catch (SQLException e) {
                again = connectsAgain && isOutage(e);
                if (!again) {
                    failures.add(version + ": " + e.getMessage());
                }
                LockSupport.parkNanos(2_000_000);
            }
        }
    }

    private void writeOn(Statement sql) throws SQLException {
        while (!stopped && failures.size() < 5) {
            for (String statement : statements) {
                long n = NUMBERS.incrementAndGet();
                String text = statement
                        .replace(":n", Long.toString(n))
                        .replace(":id", Long.toString(rows == 0 ? 0 : n % rows + 1));
                run(sql, text, n);
                if (done.get() > AT_FULL_SPEED) {
                    // the tables must not outgrow what their case is about while a run takes its time
                    LockSupport.parkNanos(5_000_000);
                }
            }
        }
    }

    private void run(Statement sql, String text, long n) throws SQLException {
        try {
            sql.execute(connectsAgain ? Ledger.with(text, n) : text);
            log.add(text);
            confirmed.add(n);
            done.incrementAndGet();
        } catch (SQLException e) {
            if (connectsAgain && isOutage(e)) {
                throw e;
            }
            failures.add(version + ": " + text + " -> " + e.getMessage());
        }
    }

    private static boolean isOutage(SQLException e) {
        return DatabaseException.of(e, "").isConnectionLost();
    }

    /** Stops after the statement that runs, like a drained application. */
    @Override
    public void close() {
        stopped = true;
        try {
            thread.join(30_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            failures.add(version + ": a statement did not end within 30 s");
        }
    }
}
