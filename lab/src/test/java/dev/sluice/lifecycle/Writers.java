package dev.sluice.lifecycle;

import dev.sluice.lab.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** One application version: runs its statements over and over on a connection of its own, and keeps every failure. */
final class Writers implements AutoCloseable {

    private static final AtomicLong NUMBERS = new AtomicLong(10_000_000);

    private static final int AT_FULL_SPEED = 200;

    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private final AtomicLong done = new AtomicLong();
    private final int statements;
    private final Thread thread;
    private volatile boolean stopped;

    private Writers(TestDatabase database, String version, List<String> statements, long rows) {
        this.statements = statements.size();
        this.thread = new Thread(() -> write(database, version, statements, rows), version + " version");
        thread.start();
    }

    static Writers start(TestDatabase database, String version, List<String> statements, long rows) {
        return new Writers(database, version, statements, rows);
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    /** What was run, in that order. */
    List<String> log() {
        return List.copyOf(log);
    }

    /** Waits until each of the statements has run some more times, in a state that does not change meanwhile. */
    void keepOn() {
        long enough = done.get() + 3L * statements;
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (done.get() < enough && failures.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
        if (done.get() < enough && failures.isEmpty()) {
            failures.add("the statements came to a halt");
        }
    }

    private void write(TestDatabase database, String version, List<String> statements, long rows) {
        if (statements.isEmpty()) {
            return;
        }
        try (Connection connection = database.connect();
                Statement sql = connection.createStatement()) {
            while (!stopped && failures.size() < 5) {
                for (String statement : statements) {
                    long n = NUMBERS.incrementAndGet();
                    String text = statement
                            .replace(":n", Long.toString(n))
                            .replace(":id", Long.toString(rows == 0 ? 0 : n % rows + 1));
                    run(sql, version, text);
                    if (done.get() > AT_FULL_SPEED) {
                        // the tables must not outgrow what their case is about while a run takes its time
                        LockSupport.parkNanos(5_000_000);
                    }
                }
            }
        } catch (SQLException e) {
            failures.add(version + ": " + e.getMessage());
        }
    }

    private void run(Statement sql, String version, String text) {
        try {
            sql.execute(text);
            log.add(text);
            done.incrementAndGet();
        } catch (SQLException e) {
            failures.add(version + ": " + text + " -> " + e.getMessage());
        }
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
            failures.add("a statement did not end within 30 s");
        }
    }
}
