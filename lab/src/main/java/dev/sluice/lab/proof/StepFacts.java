package dev.sluice.lab.proof;

import dev.sluice.db.ConnectionSource;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.plan.TableLock;
import dev.sluice.run.RunEvent;
import dev.sluice.sql.QualifiedName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks right before each COMMIT of a run at the locks its transaction holds, the files it has replaced and the rows it has
 * read, and compares them with what the step announced. Locks up to ROW EXCLUSIVE are what every application takes and are
 * not wrong anywhere; every stronger one has to be announced for its table. A small table may be rewritten if the step says
 * so; a large one never, nor may it be read as a whole under a lock that writers wait for. Thread-safe.
 */
final class StepFacts implements ReusedConnections.Watch {
    /** From this size on a plan never works on all rows under a strong lock; below, it takes milliseconds. */
    private static final long LARGE = 10_000;

    private final ConnectionSource connections;
    private final boolean scans;
    private final List<Finding> wrong = new ArrayList<>();
    private Map<Long, RelationFacts> before = Map.of();
    /** Relations that were there before this run: nobody else can wait for the others. */
    private Set<Long> existing = Set.of();

    private List<Step> announced = List.of();
    private String when = "";
    private boolean running;
    private long checked;
    private Optional<ConcurrentLocks> concurrent = Optional.empty();

    /** @param connections of its own: nothing that is watched */
    StepFacts(ConnectionSource connections, PostgresVersion version) {
        this.connections = connections;
        this.scans = version.major() >= 15; // before, counters cannot be flushed at will
    }

    synchronized void on(RunEvent event) {
        if (event instanceof RunEvent.MigrationStarted started) {
            begin(started);
        } else if (event instanceof RunEvent.StepStarted started) {
            announced = List.of(started.step());
            when = "step " + started.stepId() + " (" + started.step().info().title() + ")";
            if (started.step() instanceof Step.BuildIndex || started.step() instanceof Step.DropIndex) {
                concurrent = started.step().info().locks().stream()
                        .findFirst()
                        .map(lock -> ConcurrentLocks.watch(connections, List.of(lock.table())));
            }
        } else if (event instanceof RunEvent.StepFinished) {
            checked++;
            // others, such as what an index function reads, are no business of the step's
            concurrent.ifPresent(watch -> watch.strongest().forEach((table, mode) -> {
                if (announced.stream()
                        .flatMap(StepFacts::locks)
                        .anyMatch(lock -> lock.table().equals(table))) {
                    compare(table, Set.of(table), mode);
                }
            }));
            concurrent = Optional.empty();
        } else if (event instanceof RunEvent.MigrationFinished) {
            running = false;
        }
    }

    private void begin(RunEvent.MigrationStarted started) {
        running = true;
        Plan plan = started.plan();
        // what runs in one transaction does not say which step it is at
        announced = started.phase() == Phase.EXPAND ? plan.expand() : plan.steps(started.phase());
        when = started.direction() == RunEvent.Direction.BACK
                ? "going back"
                : started.phase().name().toLowerCase(java.util.Locale.ROOT);
        try (Connection connection = connections.open()) {
            before = RelationFacts.read(connection);
            existing = Set.copyOf(before.keySet());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Counters of rows read go on from transaction to transaction until they are flushed. */
    @Override
    public synchronized void begins(Connection connection) throws SQLException {
        if (running && scans) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT pg_stat_force_next_flush()");
            }
        }
    }

    @Override
    public synchronized void commits(Connection connection) throws SQLException {
        if (!running) {
            return;
        }
        Map<Long, RelationFacts> now = RelationFacts.read(connection);
        now.forEach((oid, facts) -> {
            RelationFacts old = before.get(oid);
            if (old != null && existing.contains(oid) && facts.lock().isPresent()) {
                compare(old, facts);
            }
        });
        checked++;
        before = now;
    }

    private void compare(RelationFacts old, RelationFacts now) {
        LockMode mode = now.lock().orElseThrow();
        Set<QualifiedName> covering = new HashSet<>(Set.of(old.name()));
        now.ancestors().forEach(oid -> Optional.ofNullable(before.get(oid)).ifPresent(up -> covering.add(up.name())));
        if (old.table()) {
            compare(old.name(), covering, mode);
        }
        if (old.rows() >= 1 && old.file() != now.file() && (isLarge(old) || !saysThatItRewrites())) {
            wrong.add(new Finding(
                    Check.REWRITE,
                    when,
                    "table " + old.name(),
                    "rewrite",
                    "none",
                    "of " + (long) old.rows() + " rows"));
        }
        if (scans && isLarge(old) && now.read() >= old.rows() && mode.conflictsWith(LockMode.ROW_EXCLUSIVE)) {
            wrong.add(new Finding(
                    Check.SCAN,
                    when,
                    "table " + old.name(),
                    "scan",
                    "none under a lock that writers wait for",
                    now.read() + " rows read under " + mode.sql()));
        }
    }

    private static boolean isLarge(RelationFacts relation) {
        return relation.rows() >= LARGE;
    }

    /** What the author allows, nobody has looked into. */
    private boolean saysThatItRewrites() {
        return announced.stream()
                .anyMatch(step -> step.info().reason().contains("rewrit")
                        || step instanceof Step.Opaque opaque
                                && opaque.allowed().isPresent());
    }

    /** @param covering the table, and those whose locks are locks on it */
    private void compare(QualifiedName table, Set<QualifiedName> covering, LockMode mode) {
        Optional<LockMode> predicted = announced.stream()
                .flatMap(step -> locks(step).filter(lock -> covering.contains(lock.table())))
                .map(TableLock::mode)
                .max(LockMode::compareTo);
        if (mode.compareTo(LockMode.ROW_EXCLUSIVE) > 0
                && predicted.map(p -> mode.compareTo(p) > 0).orElse(true)) {
            wrong.add(new Finding(
                    Check.LOCK,
                    when,
                    "table " + table,
                    "lock",
                    predicted.map(LockMode::sql).orElse("none"),
                    mode.sql()));
        }
    }

    private static Stream<TableLock> locks(Step step) {
        return step.info().locks().stream();
    }

    synchronized long checked() {
        return checked;
    }

    synchronized List<Finding> wrong() {
        return List.copyOf(wrong);
    }
}
