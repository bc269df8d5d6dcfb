package dev.sluice.lab.proof;

import static java.util.Objects.requireNonNull;

import dev.sluice.db.ConnectionSource;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.QualifiedName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * The locks that a statement holds which runs outside of a transaction, such as a concurrent index build. It commits several
 * times within itself, so it is made to stand still: by a writer on its tables, for whom it has to wait, as it would for an
 * application's.
 */
public final class ConcurrentLocks {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String LOCKS = """
            SELECT n.nspname, c.relname, l.mode, l.granted, l.locktype
            FROM pg_locks l
            LEFT JOIN pg_class c ON c.oid = l.relation AND l.locktype = 'relation' AND c.relkind IN ('r', 'p', 'm', 'v')
            LEFT JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname !~ '^pg_'
            WHERE l.pid <> pg_backend_pid()
              AND (l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) OR NOT l.granted)
              AND (NOT l.granted OR n.nspname IS NOT NULL)
              AND EXISTS (SELECT FROM pg_stat_activity a WHERE a.pid = l.pid AND a.datname = current_database()
                            AND a.backend_type = 'client backend')
            """;

    /** Nobody writes to a materialized view. */
    private static final String IS_TABLE =
            "SELECT EXISTS (SELECT FROM pg_catalog.pg_class WHERE oid = to_regclass(?) AND relkind IN ('r', 'p'))";

    private final Set<QualifiedName> tables;
    private final Session writer;
    private final Thread watcher;
    private final Map<QualifiedName, LockMode> strongest = new TreeMap<>();
    private final Set<String> waits = new TreeSet<>();
    private volatile boolean over;

    private ConcurrentLocks(Collection<QualifiedName> tables, Session writer) {
        this.tables = new TreeSet<>(tables);
        this.writer = requireNonNull(writer);
        this.watcher = new Thread(this::watch, "concurrent locks");
    }

    /** Begins to write to tables that a statement of the only other session is about to lock. */
    public static ConcurrentLocks watch(ConnectionSource connections, Collection<QualifiedName> tables) {
        Session writer = Session.open(connections, "writer");
        writer.execute("BEGIN");
        List<QualifiedName> written = tables.stream()
                .filter(table -> writer.isTrue(IS_TABLE, table.quoted()))
                .toList();
        if (!written.isEmpty()) {
            writer.execute("LOCK TABLE "
                    + written.stream().map(table -> "ONLY " + table.quoted()).collect(Collectors.joining(", "))
                    + " IN ROW EXCLUSIVE MODE");
        }
        ConcurrentLocks watch = new ConcurrentLocks(tables, writer);
        watch.watcher.start();
        return watch;
    }

    /** The strongest lock on each relation; to be asked when the statement is over. */
    public Map<QualifiedName, LockMode> strongest() {
        end();
        synchronized (strongest) {
            return Map.copyOf(strongest);
        }
    }

    /** What the statement waited for, in words; to be asked when it is over. */
    public List<String> waits() {
        end();
        synchronized (strongest) {
            return List.copyOf(waits);
        }
    }

    private void end() {
        over = true;
        try {
            watcher.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try (writer) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            boolean waiting = false;
            while (!waiting && !over && System.nanoTime() < deadline) {
                List<String> waitedFor = new ArrayList<>();
                writer.query(LOCKS, row -> {
                    if (row.textIfAny(2).isPresent() && row.textIfAny(1).isPresent()) {
                        seen(QualifiedName.of(row.text(1), row.text(2)), row.text(3));
                    }
                    return row.bool(4) || waitedFor.add(row.text(5));
                });
                waitedFor.forEach(this::waitsFor);
                waiting = !waitedFor.isEmpty();
                LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            }
            writer.execute("ROLLBACK");
        } catch (DatabaseException e) {
            return; // the database is gone, and the statement with it
        }
    }

    private void waitsFor(String lockType) {
        synchronized (strongest) {
            Set<QualifiedName> held = new TreeSet<>(tables);
            held.retainAll(strongest.keySet());
            String whom = held.isEmpty()
                    ? "its tables"
                    : held.stream().map(QualifiedName::toString).collect(Collectors.joining(", "));
            waits.add(
                    lockType.equals("relation")
                            ? "its lock, until transactions that write to " + whom + " had ended"
                            : "transactions that write to " + whom + " to end");
        }
    }

    private void seen(QualifiedName table, String pgLocksName) {
        RelationFacts.mode(pgLocksName).ifPresent(mode -> {
            synchronized (strongest) {
                strongest.merge(table, mode, (a, b) -> a.compareTo(b) >= 0 ? a : b);
            }
        });
    }
}
