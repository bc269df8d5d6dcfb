package dev.sluice.lab.shop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The values one row has had, and when each may have been visible. Writers of a row take turns (an application would do
 * the same with a row lock or a version column); readers do not wait, and ask afterwards whether what they saw was
 * possible while they looked. Thread-safe. Times are those of {@link System#nanoTime}.
 */
final class History<T> {

    /** @param value empty: the row does not exist */
    private record Version<T>(Optional<T> value, long from, long until) {}

    private final ReentrantLock turn = new ReentrantLock();
    private final List<Version<T>> versions = new ArrayList<>();

    /** A row that has this value since ever. */
    History(Optional<T> value) {
        versions.add(new Version<>(value, Long.MIN_VALUE, Long.MAX_VALUE));
    }

    /** A statement that writes the row. */
    @FunctionalInterface
    interface Write {
        void run() throws java.sql.SQLException;
    }

    void takeTurn() {
        turn.lock();
    }

    void endTurn() {
        turn.unlock();
    }

    /** Runs {@code write}, which gives the row {@code value}. The caller has the turn. */
    void write(Optional<T> value, Write write) throws java.sql.SQLException {
        if (!turn.isHeldByCurrentThread()) {
            throw new IllegalStateException("writers take turns");
        }
        begin(value);
        boolean done = false;
        try {
            write.run();
            done = true;
        } finally {
            end(done);
        }
    }

    synchronized Optional<T> latest() {
        return versions.get(versions.size() - 1).value();
    }

    /** Whether a reader that looked from one time to the other may have seen this value. */
    synchronized boolean allows(Optional<T> seen, long from, long to) {
        return versions.stream()
                .anyMatch(v -> v.from() <= to && v.until() >= from && v.value().equals(seen));
    }

    /** Whether the row had one value only during that time. */
    synchronized boolean isStable(long from, long to) {
        return versions.stream()
                        .filter(v -> v.from() <= to && v.until() >= from)
                        .count()
                == 1;
    }

    private synchronized void begin(Optional<T> value) {
        versions.add(new Version<>(value, System.nanoTime(), Long.MAX_VALUE));
    }

    private synchronized void end(boolean done) {
        int last = versions.size() - 1;
        if (!done) {
            versions.remove(last);
            return;
        }
        Version<T> before = versions.get(last - 1);
        versions.set(last - 1, new Version<>(before.value(), before.from(), System.nanoTime()));
    }

    @Override
    public synchronized String toString() {
        return versions.toString();
    }
}
