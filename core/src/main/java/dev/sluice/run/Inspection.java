package dev.sluice.run;

import static java.util.Objects.requireNonNull;

import dev.sluice.db.ConnectionSource;
import dev.sluice.db.Session;
import dev.sluice.migration.MigrationGraph;
import dev.sluice.migration.VersionOrder;
import dev.sluice.plan.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Answers the questions of {@link dev.sluice.Migrator}, which documents them; changes nothing. */
public final class Inspection {

    private final ConnectionSource connections;
    private final MigrationGraph graph;

    public Inspection(ConnectionSource connections, MigrationGraph graph) {
        this.connections = requireNonNull(connections);
        this.graph = requireNonNull(graph);
    }

    public Status status() {
        try (Session session = Session.open(connections, "status")) {
            return StatusReader.read(session, graph);
        }
    }

    public List<HistoryEntry> history() {
        try (Session session = Session.open(connections, "status")) {
            return JournalSchema.exists(session) ? JournalReader.history(session) : List.of();
        }
    }

    public Optional<Plan> plan(String version) {
        VersionOrder order = new VersionOrder();
        try (Session session = Session.open(connections, "status")) {
            List<JournalRecord> records = JournalSchema.exists(session) ? JournalReader.migrations(session) : List.of();
            return records.stream()
                    .filter(record -> order.compare(record.version(), version) == 0)
                    .findFirst()
                    .map(JournalRecord::plan);
        }
    }

    public List<KeptThing> kept() {
        try (Session session = Session.open(connections, "status")) {
            return JournalSchema.exists(session) ? KeptThings.list(session) : List.of();
        }
    }

    public Activity activity() {
        try (Session session = Session.open(connections, "watch")) {
            return ActivityReader.read(session);
        }
    }

    public void watch(Duration every, Predicate<Activity> more) throws InterruptedException {
        try (Session session = Session.open(connections, "watch")) {
            while (more.test(ActivityReader.read(session))) {
                Thread.sleep(every.toMillis());
            }
        }
    }
}
