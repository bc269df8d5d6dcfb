package dev.sluice.lab.proof;

import dev.sluice.db.ConnectionSource;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Step;
import dev.sluice.sql.QualifiedName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The lock that a concurrent index build (or drop) holds on its table. Such a statement commits several times within
 * itself, so it is made to stand still: by a writer on the table, for whom it has to wait, as it would for an application's.
 */
final class ConcurrentLocks {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final QualifiedName table;
    private final Session writer;
    private final Thread watcher;
    private volatile Optional<LockMode> strongest = Optional.empty();
    private volatile boolean over;

    private ConcurrentLocks(QualifiedName table, Session writer) {
        this.table = table;
        this.writer = writer;
        this.watcher = new Thread(this::watch, "concurrent locks");
    }

    /** Begins to write to the table that the step is about to lock; empty when it names none. */
    static Optional<ConcurrentLocks> watch(ConnectionSource connections, Step step) {
        return step.info().locks().stream().findFirst().map(lock -> {
            Session writer = Session.open(connections, "writer");
            writer.execute("BEGIN");
            writer.execute("LOCK TABLE " + lock.table().quoted() + " IN ROW EXCLUSIVE MODE");
            ConcurrentLocks watch = new ConcurrentLocks(lock.table(), writer);
            watch.watcher.start();
            return watch;
        });
    }

    /** To be asked when the step is over. */
    Map<QualifiedName, LockMode> strongest() {
        over = true;
        try {
            watcher.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return strongest.map(mode -> Map.of(table, mode)).orElse(Map.of());
    }

    private void watch() {
        try (writer) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            boolean waits = false;
            while (!waits && !over && System.nanoTime() < deadline) {
                List<Boolean> granted = writer.query(
                        "SELECT mode, NOT EXISTS (SELECT FROM pg_locks w WHERE w.pid = l.pid AND NOT w.granted)"
                                + " FROM pg_locks l WHERE relation = to_regclass(?) AND pid <> pg_backend_pid()"
                                + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
                        row -> {
                            RelationFacts.mode(row.text(1)).ifPresent(this::seen);
                            return row.bool(2);
                        },
                        table.quoted());
                waits = granted.contains(false);
                LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            }
            writer.execute("ROLLBACK");
        } catch (DatabaseException e) {
            return; // the database is gone, and the step with it
        }
    }

    private void seen(LockMode mode) {
        if (strongest.isEmpty() || strongest.get().compareTo(mode) < 0) {
            strongest = Optional.of(mode);
        }
    }
}
